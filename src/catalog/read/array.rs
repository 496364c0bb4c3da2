//! The text form of a one-dimensional array (manual, section 8.15.6).

/// The items of an array in its text form.
pub(super) fn items(text: &str) -> Vec<String> {
    let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    let mut items = Vec::new();
    let mut item = String::new();
    let mut quoted = false;
    let mut any = false;
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => item.extend(chars.next()),
            '"' => {
                quoted = !quoted;
                any = true;
            }
            ',' if !quoted => {
                items.push(std::mem::take(&mut item));
                any = false;
            }
            c => {
                item.push(c);
                any = true;
            }
        }
    }
    if any || !item.is_empty() {
        items.push(item);
    }
    items
}

#[cfg(test)]
mod tests {
    #[test]
    fn items_in_quotes() {
        assert_eq!(super::items(r#"{a=r/b,"\"x,y\"=r/b"}"#), ["a=r/b", "\"x,y\"=r/b"]);
        assert!(super::items("{}").is_empty());
    }
}
