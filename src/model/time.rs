//! Lengths of time as people write them.

use std::time::Duration;

/// `90`, `60s`, `5m`, `2h`, `30d`.
///
/// # Errors
/// When it is no time.
pub fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.parse().map_err(|_| "a time is a number with s, m, h or d after it: `60s`".to_string())?;
    let factor = match &text[digits.len()..] {
        "" | "s" => 1,
        "m" | "min" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        other => return Err(format!("`{other}` is no unit of time: there are s, m, h and d")),
    };
    Ok(Duration::from_secs(number.saturating_mul(factor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        let seconds = |text| duration(text).map(|d| d.as_secs());
        assert_eq!((seconds("90"), seconds("5m"), seconds("30d")), (Ok(90), Ok(300), Ok(2_592_000)));
        assert!(duration("soon").is_err() && duration("3 weeks").is_err());
    }
}
