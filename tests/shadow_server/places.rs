//! Which server the shadow takes, as `trueup shadow` says it.

use super::Own;
use crate::support::{Run, Started, server};

fn shadow(own: &Own, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = own.command(&[&["shadow"], arguments].concat());
    command.envs(variables.iter().copied());
    Started::from(command).end()
}

/// What is named, then what is installed, then what can be fetched; a URL when it is given.
#[test]
fn the_order_of_choice() {
    let own = Own::new("choice");
    let bin = server().installation().bin_dir.display().to_string();
    let major = server().major().to_string();
    let all = |arguments: &[&str], variables: &[(&str, &str)]| shadow(&own, arguments, variables).expect(0);
    let said =
        |arguments: &[&str], variables: &[(&str, &str)]| all(arguments, variables).lines().next().unwrap_or_default().to_string();

    let named = said(&[], &[("TRUEUP_PG_BIN", &bin)]);
    assert!(named.starts_with(&format!("PostgreSQL {major}.")) && named.contains("named by TRUEUP_PG_BIN"), "{named}");
    let hidden = [("TRUEUP_IGNORE_INSTALLED", "1")];
    let fetched = said(&["--postgres", &major], &hidden);
    assert!(fetched.starts_with(&format!("PostgreSQL {major}.")) && fetched.contains("npm"), "{fetched}");
    assert_eq!(said(&["--shadow", "fetched", "--postgres", &major], &[]), fetched);
    let near = said(&["--postgres", "13"], &hidden);
    assert!(near.starts_with("PostgreSQL 14.") && near.contains("wanted: 13"), "{near}");

    let order = all(&["--postgres", &major], &hidden);
    let words = ["\n  a URL ", "\n  installed  none\n", "\n  fetched    none\n", "\n  to fetch   PostgreSQL 14, ", "\n  live "];
    let places: Vec<_> = words.iter().map(|w| order.find(w)).collect();
    assert!(places.is_sorted() && places[0].is_some(), "{order}");

    let url = crate::support::url("postgres", "postgres");
    let there = said(&["--shadow", &url], &[]);
    assert!(there.contains("a scratch database for each run, as postgres (superuser)"), "{there}");
    assert_eq!(said(&["--shadow", "live", "--db", &url], &[]), there);

    // Where nothing may serve it says what would.
    let run = shadow(&own, &["--shadow", "installed"], &hidden);
    assert!(run.stderr.contains("TRUEUP_PG_BIN") && run.stderr.contains("--shadow URL"), "{}", run.shown());
    run.expect(1);
    shadow(&own, &["--shadow", "live"], &[]).expect(1);
    shadow(&own, &["--shadow", "somewhere"], &[]).expect(1);
    let run = shadow(&own, &[], &[("TRUEUP_PG_BIN", "/nowhere")]);
    assert!(run.stderr.contains("TRUEUP_PG_BIN names no usable PostgreSQL"), "{}", run.shown());
    run.expect(1);
    own.nothing_is_left("after asking");
    assert!(!own.cache().join("postgres").exists(), "asking fetches nothing");
}
