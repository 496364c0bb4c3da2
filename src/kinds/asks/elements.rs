//! The parts of index and constraint definitions, as the server prints them (ruleutils.c): lists in parentheses, and what of an
//! element is its value.

use crate::sql::lex::{self, Token};

/// The lists in parentheses that stand at the top of a definition, in their order, each with its elements.
pub fn lists(text: &str) -> Vec<Vec<&str>> {
    let tokens = lex::tokens(text);
    let mut out = Vec::new();
    for (i, open) in tokens.iter().enumerate().filter(|(_, t)| t.depth == 0 && t.is_symbol(text, "(")) {
        let Some(close) = tokens[i + 1..].iter().find(|t| t.depth == 0 && t.is_symbol(text, ")")) else { continue };
        let commas = tokens[i + 1..]
            .iter()
            .take_while(|t| t.span.start < close.span.start)
            .filter(|t| t.depth == 1 && t.is_symbol(text, ","));
        let (mut list, mut start) = (Vec::new(), open.span.end);
        for comma in commas {
            list.push(text[start..comma.span.start].trim());
            start = comma.span.end;
        }
        list.push(text[start..close.span.start].trim());
        out.push(list);
    }
    out
}

/// What follows this word at the top of a definition.
pub fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let token = lex::tokens(text).into_iter().find(|t| t.depth == 0 && t.is_word(text, word))?;
    Some(text[token.span.end..].trim())
}

/// The value of an index's element, with its collation: not its operator class and order, nor an exclusion's operator.
pub fn value(element: &str) -> &str {
    let tokens = lex::tokens(element);
    let mut end = value_end(element, &tokens);
    if tokens.get(end).is_some_and(|t| t.is_word(element, "collate")) {
        end = name_end(element, &tokens, end + 1);
    }
    end.checked_sub(1).and_then(|last| tokens.get(last)).map_or(element, |last| &element[..last.span.end])
}

/// The number of tokens of an expression in parentheses, a call, or a name.
fn value_end(text: &str, tokens: &[Token]) -> usize {
    let opens = |at: usize| tokens.get(at).is_some_and(|t| t.is_symbol(text, "("));
    let start = if opens(0) { 0 } else { name_end(text, tokens, 0) };
    if !opens(start) {
        return start;
    }
    let close = tokens[start + 1..].iter().position(|t| t.depth == 0 && t.is_symbol(text, ")"));
    close.map_or(tokens.len(), |at| start + at + 2)
}

/// Where a name ends that may be qualified.
fn name_end(text: &str, tokens: &[Token], start: usize) -> usize {
    let mut end = start + 1;
    while tokens.get(end).is_some_and(|t| t.is_symbol(text, ".")) {
        end += 2;
    }
    end.min(tokens.len())
}

/// Value and operator of an exclusion's element.
pub fn compared(element: &str) -> Option<(&str, &str)> {
    let with = lex::tokens(element).into_iter().rfind(|t| t.depth == 0 && t.is_word(element, "with"))?;
    Some((value(element), element[with.span.end..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_come_apart() {
        let index =
            "USING btree (tenant_id, lower((a || ',')) COLLATE \"C\" text_pattern_ops DESC, ((b + 1))) INCLUDE (c) WHERE (d > 0)";
        let lists = lists(index);
        assert_eq!(lists[0], ["tenant_id", "lower((a || ',')) COLLATE \"C\" text_pattern_ops DESC", "((b + 1))"]);
        assert_eq!(lists[1], ["c"]);
        let values: Vec<&str> = lists[0].iter().map(|e| value(e)).collect();
        assert_eq!(values, ["tenant_id", "lower((a || ',')) COLLATE \"C\"", "((b + 1))"]);
        assert_eq!(after(index, "where"), Some("(d > 0)"));
        assert_eq!(compared("during WITH OPERATOR(public.&&)"), Some(("during", "OPERATOR(public.&&)")));
        assert_eq!(compared("a gist_text_ops DESC WITH ="), Some(("a", "=")));
        assert_eq!(value("\"A b\".f(x) public.ops"), "\"A b\".f(x)");
    }
}
