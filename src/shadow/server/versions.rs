//! What `postgres --version` said, kept as long as the program is the same: asking every installation takes longer than a plan
//! of a model that is known.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::places::{self, Env};

/// Programs, and what they said when they had this stamp.
pub(super) struct Versions {
    file: Option<PathBuf>,
    said: RefCell<BTreeMap<PathBuf, (String, String)>>,
}

impl Versions {
    /// Reads what is known; nothing where that cannot be read.
    pub fn read(env: &Env) -> Self {
        let file = places::cache_dir(env).map(|cache| cache.join("versions.json"));
        let said = file.as_ref().and_then(|f| std::fs::read(f).ok()).and_then(|text| serde_json::from_slice(&text).ok());
        Versions { file, said: RefCell::new(said.unwrap_or_default()) }
    }

    /// Nothing known, and nothing to be kept.
    pub fn none() -> Self {
        Versions { file: None, said: RefCell::default() }
    }

    /// What a program says, asked when it is not known.
    pub fn of(&self, program: &Path, ask: impl FnOnce() -> io::Result<String>) -> io::Result<String> {
        let stamp = std::fs::metadata(program).map(|m| format!("{} {} {} {}", m.ino(), m.len(), m.mtime(), m.mtime_nsec()))?;
        if let Some((when, said)) = self.said.borrow().get(program)
            && *when == stamp
        {
            return Ok(said.clone());
        }
        let said = ask()?;
        self.said.borrow_mut().insert(program.to_owned(), (stamp, said.clone()));
        self.keep();
        Ok(said)
    }

    /// What cannot be kept is asked again.
    fn keep(&self) {
        let Some(file) = &self.file else { return };
        let own = file.with_extension(std::process::id().to_string());
        let kept = file
            .parent()
            .map_or(Ok(()), places::make_open_dir)
            .and_then(|()| Ok(serde_json::to_vec(&*self.said.borrow())?))
            .and_then(|text| std::fs::write(&own, text))
            .and_then(|()| std::fs::rename(&own, file));
        if kept.is_err() {
            let _ = std::fs::remove_file(&own);
        }
    }
}
