//! Connection strings: `host=localhost dbname=shop` and `postgresql://localhost/shop`.
//!
//! Manual: libpq-connect, "Connection Strings". Errors never repeat the text that was given: a slip in a connection
//! string often sits in the password.

use crate::diagnostic::{Diagnostic, Result};

/// The name and value pairs of a connection string, in the order written.
pub(super) type Pairs = Vec<(String, String)>;

/// Whether libpq would take this for a connection string: a URL, or something with `=` in it.
pub(super) fn is_connection_string(text: &str) -> bool {
    strip_scheme(text).is_some() || text.contains('=')
}

/// Reads either form. An empty text has no pairs.
pub(super) fn parse(text: &str) -> Result<Pairs> {
    match strip_scheme(text) {
        Some(rest) => parse_url(rest),
        None if text.contains("://") => Err(malformed("the URL's scheme is not `postgresql://`").into()),
        None => parse_words(text),
    }
}

fn strip_scheme(text: &str) -> Option<&str> {
    text.strip_prefix("postgresql://").or_else(|| text.strip_prefix("postgres://"))
}

fn malformed(what: impl Into<String>) -> Diagnostic {
    Diagnostic::error("connection-string", format!("the connection string cannot be read: {}", what.into()))
}

/// `name = 'value with spaces' name=value`; a backslash takes the next letter as it is.
fn parse_words(text: &str) -> Result<Pairs> {
    let mut pairs = Pairs::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            return Err(missing_equals(&pairs).into());
        };
        if name.is_empty() {
            return Err(malformed("there is no name before a `=`").into());
        }
        let (value, left) =
            word(after.trim_start()).ok_or_else(|| malformed(format!("the quoted value of `{name}` does not end")))?;
        set(&mut pairs, name, value);
        rest = left.trim_start();
    }
    Ok(pairs)
}

/// What is said later overrides the same thing said before.
fn set(pairs: &mut Pairs, name: &str, value: String) {
    pairs.retain(|(earlier, _)| earlier != name);
    pairs.push((name.to_string(), value));
}

fn missing_equals(before: &Pairs) -> Diagnostic {
    match before.last() {
        Some((name, _)) => malformed(format!("something without `=` follows the value of `{name}`"))
            .help(format!("put a value with spaces in single quotes: {name}='two words'")),
        None => malformed("it is neither `name=value ...` nor a URL")
            .help("write postgresql://user@host:5432/database, or host=... dbname=... user=..."),
    }
}

/// One value and what follows it; none if its quote is not closed.
fn word(text: &str) -> Option<(String, &str)> {
    let quoted = text.starts_with('\'');
    let mut value = String::new();
    let mut letters = text.char_indices().skip(usize::from(quoted));
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' => value.extend(letters.next().map(|(_, c)| c)),
            '\'' if quoted => return Some((value, &text[at + 1..])),
            c if !quoted && c.is_ascii_whitespace() => return Some((value, &text[at..])),
            c => value.push(c),
        }
    }
    (!quoted).then_some((value, ""))
}

/// `[user[:password]@][host[:port],...][/database][?name=value&...]`, the scheme being cut off already.
fn parse_url(text: &str) -> Result<Pairs> {
    let mut pairs = Pairs::new();
    let mut push = |name: &str, raw: &str| -> Result<()> {
        if !raw.is_empty() {
            pairs.push((name.to_string(), decode(raw).map_err(|what| escape_error(name, what))?));
        }
        Ok(())
    };

    // As in libpq, the first `@` before any `/` ends the credentials.
    let mut rest = text;
    let credentials_end = rest.find(['@', '/']).filter(|at| rest[*at..].starts_with('@'));
    if let Some(end) = credentials_end {
        let (user, password) = rest[..end].split_once(':').unwrap_or((&rest[..end], ""));
        push("user", user)?;
        push("password", password)?;
        rest = &rest[end + 1..];
    }

    let (hosts, ports, after) = parse_hosts(rest, credentials_end.is_some())?;
    push("host", &hosts)?;
    push("port", &ports)?;

    let (path, query) = after.split_once('?').unwrap_or((after, ""));
    push("dbname", path.strip_prefix('/').unwrap_or(path))?;

    for item in query.split('&').filter(|item| !item.is_empty()) {
        let (name, value) =
            item.split_once('=').ok_or_else(|| malformed("a parameter after the `?` has no `=`").help(ESCAPE_HELP))?;
        let name = decode(name).map_err(|what| escape_error("a parameter's name", what))?;
        if value.contains('=') {
            return Err(malformed(format!("there is a second `=` in the value of `{name}`"))
                .help("write it as %3D: options=-c%20search_path%3Dapp")
                .into());
        }
        let value = decode(value).map_err(|what| escape_error(&name, what))?;
        // JDBC's way to ask for TLS, which libpq understands too.
        let (name, value) = match (name.as_str(), value.as_str()) {
            ("ssl", "true") => ("sslmode".to_string(), "require".to_string()),
            _ => (name, value),
        };
        set(&mut pairs, &name, value);
    }
    Ok(pairs)
}

const ESCAPE_HELP: &str =
    "within user and password write `@` as %40, `:` as %3A, `/` as %2F, `?` as %3F, `#` as %23 and `%` as %25";

fn escape_error(name: &str, what: &str) -> Diagnostic {
    malformed(format!("{name}: {what}")).help(ESCAPE_HELP)
}

/// The hosts and the ports, each list joined by commas, and what follows them.
fn parse_hosts(text: &str, has_credentials: bool) -> Result<(String, String, &str)> {
    let (mut hosts, mut ports) = (String::new(), String::new());
    let mut rest = text;
    loop {
        let (host, after) = if let Some(inner) = rest.strip_prefix('[') {
            let (address, after) = inner.split_once(']').ok_or_else(|| malformed("an IPv6 address lacks its closing `]`"))?;
            if address.is_empty() {
                return Err(malformed("there is no address between `[` and `]`").into());
            }
            if !after.is_empty() && !after.starts_with([':', '/', '?', ',']) {
                return Err(malformed("something stands between an IPv6 address and what may follow it").into());
            }
            (address, after)
        } else {
            let end = rest.find([':', '/', '?', ',']).unwrap_or(rest.len());
            rest.split_at(end)
        };
        // libpq would look such a host up; but it is a part of the password, and would be in the message.
        if host.contains('@') {
            return Err(malformed("there is more than one `@` before the host").help(ESCAPE_HELP).into());
        }
        hosts.push_str(host);
        rest = after;
        if let Some(after) = rest.strip_prefix(':') {
            let end = after.find(['/', '?', ',']).unwrap_or(after.len());
            let port = &after[..end];
            if !port.bytes().all(|b| b.is_ascii_digit()) {
                let mut diagnostic = malformed("what follows the host's `:` is not a port number");
                if !has_credentials || port.contains('@') {
                    diagnostic = diagnostic.help(ESCAPE_HELP);
                }
                return Err(diagnostic.into());
            }
            ports.push_str(port);
            rest = &after[end..];
        }
        match rest.strip_prefix(',') {
            Some(after) => {
                hosts.push(',');
                ports.push(',');
                rest = after;
            }
            None => break,
        }
    }
    Ok((hosts, ports, rest))
}

/// Percent-decoding. A plus sign stays a plus sign, as in libpq.
fn decode(text: &str) -> std::result::Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let digit = |i: usize| after.get(i).and_then(|b| char::from(*b).to_digit(16));
        let (Some(high), Some(low)) = (digit(0), digit(1)) else {
            return Err("a `%` is not followed by two hexadecimal digits");
        };
        match u8::try_from(high * 16 + low) {
            Ok(0) | Err(_) => return Err("%00 is not allowed"),
            Ok(byte) => bytes.push(byte),
        }
        rest = &after[2..];
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 after decoding")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        parse(text).unwrap()
    }

    fn one_line(text: &str) -> String {
        pairs(text).iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn urls_are_taken_apart_as_libpq_does() {
        for (url, expected) in [
            ("postgresql://", ""),
            ("postgresql://localhost", "host=localhost"),
            ("postgresql://localhost:5433", "host=localhost port=5433"),
            ("postgresql://localhost/mydb", "host=localhost dbname=mydb"),
            ("postgresql://user@localhost", "user=user host=localhost"),
            ("postgresql://user:secret@localhost", "user=user password=secret host=localhost"),
            ("postgres://u:p%40s%2Fs@h/d", "user=u password=p@s/s host=h dbname=d"),
            ("postgres://u:a:b?c@h", "user=u password=a:b?c host=h"),
            ("postgres://u@h?sslmode=require", "user=u host=h sslmode=require"),
            ("postgres://u@h/?sslmode=require", "user=u host=h sslmode=require"),
            ("postgres://h1:123,h2:456/d", "host=h1,h2 port=123,456 dbname=d"),
            ("postgres://h1,h2/d", "host=h1,h2 port=, dbname=d"),
            ("postgres://h1,h2:456/d", "host=h1,h2 port=,456 dbname=d"),
            ("postgres://[2001:db8::1234]/d", "host=2001:db8::1234 dbname=d"),
            ("postgres://[::1]:7,h/d", "host=::1,h port=7, dbname=d"),
            ("postgres:///d?host=/tmp", "dbname=d host=/tmp"),
            ("postgres://%2Fvar%2Frun/d", "host=/var/run dbname=d"),
            ("postgres://h/d?host=other", "dbname=d host=other"),
            ("postgres://h/d?ssl=true", "host=h dbname=d sslmode=require"),
            ("postgres://h/d?options=-c%20a%3Db+c", "host=h dbname=d options=-c a=b+c"),
            ("postgres://h:/d", "host=h dbname=d"),
        ] {
            assert_eq!(one_line(url), expected, "{url}");
        }
    }

    #[test]
    fn words_are_taken_apart_as_libpq_does() {
        for (text, expected) in [
            ("", ""),
            ("  host = localhost port=5433  ", "host=localhost port=5433"),
            ("user='o''neil", "?"),
            (r"password='it\'s \\ here' dbname=d", r"password=it's \ here dbname=d"),
            (r"password=a\ b", "password=a b"),
            ("password='' host=h", "password= host=h"),
            ("dbname=a=b", "dbname=a=b"),
            ("host=\nh", "host=h"),
            ("port=1 host=a port=2", "host=a port=2"),
        ] {
            match expected {
                "?" => assert!(parse(text).is_err(), "{text}"),
                expected => assert_eq!(one_line(text), expected, "{text}"),
            }
        }
    }

    #[test]
    fn slips_are_errors_that_do_not_repeat_the_password() {
        for text in [
            "postgres://u:hunter@2@host/db",
            "postgres://u:hunter/2@host/db",
            "postgres://u:hunter%zz@host/db",
            "postgres://u:p@[::1/hunter",
            "postgres://u@[]/hunter",
            "postgres://u@[::1]hunter",
            "postgres://h/d?hunter",
            "postgres://h/d?options=a=hunter",
            "host=h password=top hunter",
            "password='hunter",
            "=hunter",
            "hunter",
            "mysql://u:hunter@h/d",
        ] {
            let message = parse(text).expect_err(text).to_string();
            assert!(!message.contains("hunter"), "{text}: {message}");
        }
    }
}
