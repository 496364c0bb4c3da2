//! Precedence and defaults of connection settings.

use super::*;

/// An environment of these variables alone. HOME is always set, so that the files of whoever runs the tests stay out.
fn parse_with(text: &str, variables: &[(&str, &str)]) -> Result<Settings> {
    let lookup = |name: &str| {
        let found = variables.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string());
        found.or_else(|| matches!(name, "HOME" | "PGSYSCONFDIR").then(|| "/nonexistent".to_string()))
    };
    Settings::parse(text, &lookup)
}

fn display(text: &str, variables: &[(&str, &str)]) -> String {
    parse_with(text, variables).unwrap().display()
}

fn code(text: &str, variables: &[(&str, &str)]) -> &'static str {
    parse_with(text, variables).expect_err(text).diagnostics[0].code
}

#[test]
fn the_string_goes_before_the_environment() {
    let variables = [("PGHOST", "eh"), ("PGPORT", "6000"), ("PGUSER", "eu"), ("PGDATABASE", "ed")];
    assert_eq!(display("", &variables), "eu@eh:6000/ed");
    assert_eq!(display("postgres://u@h/d", &variables), "u@h:6000/d");
    assert_eq!(display("dbname=d", &variables), "eu@eh:6000/d");
    assert_eq!(display("port=''", &variables), "eu@eh:5432/ed", "an empty value hides the environment's");
}

#[test]
fn a_service_stands_between_the_two() {
    let path = std::env::temp_dir().join(format!("trueup-service-{}", std::process::id()));
    std::fs::write(&path, "[prod]\nhost=sh\nuser=su\n").unwrap();
    let file = path.to_str().unwrap();
    let variables = [("PGSERVICEFILE", file), ("PGHOST", "eh"), ("PGDATABASE", "ed")];
    assert_eq!(display("service=prod user=u", &variables), "u@sh:5432/ed");
    let named = [("PGSERVICE", "prod"), ("PGSERVICEFILE", file)];
    assert_eq!(display("dbname=d", &named), "su@sh:5432/d");
    let error = parse_with("service=prd", &variables).unwrap_err();
    assert_eq!(error.diagnostics[0].help, ["did you mean `prod`?"]);
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn defaults_are_libpqs() {
    let settings = parse_with("port=1", &[]).unwrap();
    let user = os::user(&|_| None).unwrap();
    assert_eq!(settings.display(), format!("{user}@localhost:1/{user}"));
    assert_eq!(settings.sslmode(), SslMode::Prefer);
    assert_eq!(settings.application_name, "trueup");
    assert_eq!(settings.connect_timeout, Some(Duration::from_secs(10)));
    assert!(settings.user_is_default && settings.dbname_is_default);
    assert_eq!(display("user=u port=1", &[]), "u@localhost:1/u", "the database is the user's");
}

#[test]
fn timeouts_and_names_can_be_set() {
    assert_eq!(parse_with("connect_timeout=0", &[]).unwrap().connect_timeout, None);
    let variables = [("PGCONNECT_TIMEOUT", "3"), ("PGAPPNAME", "ci")];
    let settings = parse_with("", &variables).unwrap();
    assert_eq!(settings.connect_timeout, Some(Duration::from_secs(3)));
    assert_eq!(settings.application_name, "ci");
    assert_eq!(parse_with("fallback_application_name=f", &[]).unwrap().application_name, "f");
}

#[test]
fn hosts_addresses_and_ports_belong_together() {
    assert_eq!(display("user=u host=a,b port=1,2", &[]), "u@a:1,b:2/u");
    assert_eq!(display("user=u host=a,b port=7", &[]), "u@a:7,b:7/u");
    assert_eq!(display("postgres://u@a,b:7/d", &[]), "u@a:5432,b:7/d");
    assert_eq!(display("postgres://u@[::1]/d", &[]), "u@[::1]:5432/d");
    assert_eq!(display("postgres://u@%2Fsrv%2Fpg:7/d", &[]), "u@/srv/pg:7/d");
    assert_eq!(display("user=u hostaddr=::1", &[]), "u@[::1]:5432/u");
    let settings = parse_with("user=u host=db.example hostaddr=10.0.0.1", &[]).unwrap();
    assert_eq!(settings.display(), "u@db.example:5432/u");
    assert_eq!(settings.hosts()[0].endpoint, Endpoint::Address("10.0.0.1".parse().unwrap(), Some("db.example".into())));
    for text in ["host=a,b port=1,2,3", "host=a,b hostaddr=::1", "hostaddr=db", "port=70000", "port=0", "port=x"] {
        assert_eq!(code(text, &[]), "invalid-parameter", "{text}");
    }
}

#[test]
fn an_unknown_parameter_is_named_with_its_nearest() {
    let error = parse_with("postgres://h/d?sslmod=require", &[]).unwrap_err();
    assert_eq!(error.diagnostics[0].code, "unknown-parameter");
    assert!(error.diagnostics[0].message.contains("`sslmod`"));
    assert_eq!(error.diagnostics[0].help, ["did you mean `sslmode`?"]);
    let error = parse_with("postgres://h/d?hun%20ter=x", &[]).unwrap_err().to_string();
    assert!(!error.contains("hun"), "{error}");
}

#[test]
fn other_parameters_of_libpq_and_of_object_mappers_are_accepted() {
    parse_with(
        "postgres://h/d?keepalives=1&keepalives_idle=30&gssencmode=prefer&sslcompression=0&krbsrvname=x&pgbouncer=true\
         &schema=app&connection_limit=1&client_encoding=auto",
        &[("PGGSSENCMODE", "disable")],
    )
    .unwrap();
    assert_eq!(code("require_auth=scram-sha-256", &[]), "unsupported-parameter");
    assert_eq!(code("", &[("PGGSSENCMODE", "require")]), "unsupported-parameter");
}

#[test]
fn a_wrong_word_is_an_error_with_the_nearest() {
    let error = parse_with("", &[("PGSSLMODE", "verify_full")]).unwrap_err();
    assert_eq!(error.diagnostics[0].message, "`sslmode=verify_full` (from PGSSLMODE) is not valid");
    assert_eq!(error.diagnostics[0].help[1], "did you mean `sslmode=verify-full`?");
}

#[test]
fn tls_settings_follow_libpq() {
    let mode = |text: &str| parse_with(text, &[]).unwrap().sslmode();
    assert_eq!(mode("sslrootcert=system"), SslMode::VerifyFull);
    assert_eq!(mode("requiressl=1"), SslMode::Require);
    assert_eq!(mode("requiressl=1 sslmode=disable"), SslMode::Disable);
    assert_eq!(mode("postgres://h/d?ssl=true"), SslMode::Require);
    assert_eq!(code("sslrootcert=system sslmode=require", &[]), "invalid-parameter");
    assert_eq!(code("sslnegotiation=direct", &[]), "invalid-parameter");
    assert_eq!(code("ssl_max_protocol_version=TLSv1.1", &[]), "invalid-parameter");
    let settings = parse_with("sslmode=require sslrootcert=/nonexistent/ca.crt", &[]).unwrap();
    assert_eq!(settings.warnings()[0].code, "root-certificate-missing");
}

#[test]
fn the_password_is_found_and_never_shown() {
    use std::os::unix::fs::PermissionsExt;
    let path = std::env::temp_dir().join(format!("trueup-passfile-{}", std::process::id()));
    std::fs::write(&path, "h:5432:d:u:from file\nh:5432:*:other:others\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let variables = [("PGPASSFILE", path.to_str().unwrap())];
    let password = |settings: &Settings| settings.password(&settings.hosts[0]).map(|s| s.0.clone());

    let settings = parse_with("host=h dbname=d user=u", &variables).unwrap();
    assert_eq!(password(&settings).as_deref(), Some("from file"));
    assert_eq!(password(&settings.with_dbname("scratch")).as_deref(), Some("from file"));
    assert_eq!(password(&settings.with_user("other")).as_deref(), Some("others"));
    assert_eq!(password(&settings.with_user("third")), None);
    std::fs::remove_file(&path).unwrap();

    let settings = parse_with("postgres://u:hunter2@h/d", &[("PGPASSWORD", "env")]).unwrap();
    assert_eq!(password(&settings).as_deref(), Some("hunter2"));
    assert!(!format!("{settings:?} {}", settings.display()).contains("hunter2"));
}
