//! The field of EXTRACT, which PostgreSQL prints without the quotes that it was written with.
//!
//! `extract('YEAR' from x)` keeps the capitals, and is printed `EXTRACT(YEAR FROM x)` (get_func_sql_syntax in ruleutils.c); read again
//! that is `year`. Written as a string it is read back as what it was. Manual: functions-datetime.

use std::borrow::Cow;

const OPEN: &str = "EXTRACT(";

/// Writes fields with capitals as strings: `EXTRACT('YEAR' FROM x)` for `EXTRACT(YEAR FROM x)`.
pub fn quoted(text: &str) -> Cow<'_, str> {
    if !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split(OPEN);
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        out.push_str(OPEN);
        let field = part.split_once(" FROM ").map(|(field, _)| field).unwrap_or_default();
        let word = !field.is_empty() && field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if word && field.bytes().any(|b| b.is_ascii_uppercase()) {
            out.push_str(&format!("'{field}'{}", &part[field.len()..]));
        } else {
            out.push_str(part);
        }
    }
    Cow::Owned(out)
}

/// Writes all fields as PostgreSQL reads what it prints, in small letters and without quotes.
pub fn folded(text: &str) -> Cow<'_, str> {
    const QUOTED: &str = "EXTRACT('";
    if !text.contains(QUOTED) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split(QUOTED);
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (field, rest) = part.split_once('\'').unwrap_or((part, ""));
        out.push_str(&format!("{OPEN}{}{rest}", field.to_ascii_lowercase()));
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_kept() {
        let text = "(EXTRACT(YEAR FROM now()) - EXTRACT(Month FROM EXTRACT(day FROM x)))";
        let wanted = "(EXTRACT('YEAR' FROM now()) - EXTRACT('Month' FROM EXTRACT(day FROM x)))";
        assert_eq!(quoted(text), wanted);
        assert_eq!(quoted(wanted), wanted);
        assert_eq!(folded(wanted), text.replace("YEAR", "year").replace("Month", "month"));
    }
}
