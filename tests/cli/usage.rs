//! Help, and wrong usage, which is an error (1) and never looks like drift (2).

use super::shows;
use crate::support::trueup;

#[test]
fn help() {
    shows!("help", 0, trueup(&["--help"]));
    for command in ["init", "pull", "check", "plan", "apply", "drift", "diff", "snapshot", "graph", "shadow"] {
        shows!(format!("help_{command}"), 0, trueup(&[command, "--help"]));
    }
}

#[test]
fn no_command() {
    let run = trueup(&[]);
    assert_eq!(run.code, 1, "{}", run.shown());
}

#[test]
fn mistyped_flag() {
    shows!("mistyped_flag", 1, trueup(&["plan", "schema/vital", "--detailed-exit-code"]));
}

#[test]
fn mistyped_command() {
    shows!("mistyped_command", 1, trueup(&["pln"]));
}

/// The word that other tools have for a part of the whole.
#[test]
fn target() {
    shows!("target", 1, trueup(&["plan", "schema/vital", "--target", "agents"]));
}

#[test]
fn unknown_hazard() {
    let arguments = ["apply", "schema/vital", "--db", "snapshots/vital-remote.yaml", "--allow", "data_los"];
    shows!("unknown_hazard", 1, trueup(&arguments));
}

#[test]
fn unknown_report() {
    let arguments = ["drift", "schema/vital", "--db", "snapshots/vital-remote.yaml", "--report", "yaml"];
    shows!("unknown_report", 1, trueup(&arguments));
}

#[test]
fn nothing_selected() {
    let arguments = ["plan", "schema/vital", "--db", "snapshots/vital-remote.yaml", "--only", "column:agents.nmae"];
    shows!("nothing_selected", 1, trueup(&arguments));
}

#[test]
fn a_file_cannot_be_applied_to() {
    let arguments = ["apply", "schema/vital", "--db", "snapshots/vital-remote.yaml"];
    shows!("a_file_cannot_be_applied_to", 1, trueup(&arguments));
}

#[test]
fn completions_and_manual() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(trueup(&["completions", shell]).expect(0).contains("trueup"));
    }
    assert!(trueup(&["man"]).expect(0).contains(".TH"));
}
