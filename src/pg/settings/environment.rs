//! The same settings for another program: libpq's variables (manual, libpq-envars).

use super::tls::Roots;
use super::{Host, Settings};

impl Settings {
    /// The variables that lead a program on libpq to the same database, and `DATABASE_URL` for others. They hold the password.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let list = |part: &dyn Fn(&Host) -> String| self.hosts.iter().map(part).collect::<Vec<_>>().join(",");
        let (hosts, ports) = (list(&Host::name), list(&|h: &Host| h.port.to_string()));
        let path = |path: &std::path::Path| path.display().to_string();
        let mut out = vec![
            ("PGHOST", hosts.clone()),
            ("PGPORT", ports.clone()),
            ("PGUSER", self.user.clone()),
            ("PGDATABASE", self.dbname.clone()),
            ("PGSSLMODE", self.tls.mode.word().to_string()),
        ];
        match &self.tls.roots {
            Roots::System => out.push(("PGSSLROOTCERT", "system".into())),
            Roots::File(file) => out.push(("PGSSLROOTCERT", path(file))),
            Roots::Missing(_) => {}
        }
        if let Some((certificate, key)) = &self.tls.identity {
            out.push(("PGSSLCERT", path(certificate)));
            out.push(("PGSSLKEY", path(key)));
        }
        let password = self.hosts.first().and_then(|h| self.password(h)).map(|p| p.0.clone());
        let secret = password.as_deref().map(|p| format!(":{}", encoded(p))).unwrap_or_default();
        let (user, database) = (encoded(&self.user), encoded(&self.dbname));
        out.push((
            "DATABASE_URL",
            format!(
                "postgresql://{user}{secret}@/{database}?host={}&port={}&sslmode={}",
                encoded(&hosts),
                encoded(&ports),
                self.tls.mode.word()
            ),
        ));
        out.extend(password.map(|p| ("PGPASSWORD", p)));
        out
    }
}

/// Percent-encoded, but for what stands for itself everywhere in a URL (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_program_gets_there() {
        let settings =
            Settings::parse("postgres://ada:p%40ss@db.example.com:6432/shop?sslmode=require", &|_| None).expect("a URL");
        let environment = settings.environment();
        let get = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
        assert_eq!((get("PGHOST"), get("PGPORT"), get("PGPASSWORD")), (Some("db.example.com"), Some("6432"), Some("p@ss")));
        let back = Settings::parse(get("DATABASE_URL").expect("a URL"), &|_| None).expect("a URL");
        assert_eq!(back.environment(), environment);
    }
}
