//! The record that applies keep in the database: history, drift with what was agreed, rollback, and what is left of all that when
//! an apply is killed.

mod agreed;
mod before;
mod crash;
mod history;
mod rollback;

use std::path::PathBuf;

use crate::support::{Database, Run, folder, trueup_in};

/// Who applies, as CI tells it.
const CI: &[(&str, &str)] =
    &[("GITHUB_ACTIONS", ""), ("GITLAB_CI", "true"), ("GITLAB_USER_LOGIN", "ada"), ("CI_JOB_URL", "https://ci.example.com/7")];

/// A model in a folder of its own, with the database that it is applied to.
pub struct Project {
    pub database: Database,
    pub folder: PathBuf,
    url: String,
}

impl Project {
    pub fn new(name: &str, database: Database) -> Self {
        let url = database.url();
        Project { database, folder: folder(&format!("record-{name}"), &[("schema/a.yaml", b"tables: {}\n")]), url }
    }

    /// Another text for the model.
    pub fn model(&self, text: &str) {
        std::fs::write(self.folder.join("schema/a.yaml"), text).expect("a model");
    }

    /// The project file.
    pub fn settings(&self, text: &str) {
        std::fs::write(self.folder.join("trueup.yaml"), text).expect("a project file");
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        trueup_in(&self.folder, &[arguments, &["--db", &self.url]].concat(), CI)
    }

    /// Applies a model, whatever it destroys.
    #[track_caller]
    pub fn apply(&self, text: &str) -> String {
        self.model(text);
        self.run(&["apply", "--auto-approve", "--allow", "all"]).expect(0)
    }

    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let run = self.run(&[arguments, &["--report", "json"]].concat());
        serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}\n{}", run.shown()))
    }
}

/// A table with rows in it, as it is before and after.
pub const BEFORE: &str = "tables:
  agents:
    columns:
      id: integer not null
      name: text
    primary_key: [id]
  gone:
    columns:
      id: integer
";
pub const AFTER: &str = "tables:
  agents:
    comment: AI agents
    columns:
      id: integer not null
      title: {definition: text, renamed_from: name}
      status: text not null default 'a'
    primary_key: [id]
    indexes:
      agents_status: (status)
";
