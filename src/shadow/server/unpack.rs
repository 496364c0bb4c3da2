//! Unpacking a fetched package: `package/native/**` of an npm archive, and the links that npm cannot hold.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;

/// Where the programs are in the archive.
const PREFIX: &str = "package/native";
/// The list of links: `[{"source": "native/lib/libpq.so.5.15", "target": "native/lib/libpq.so.5"}, ...]`.
const LINKS: &str = "pg-symlinks.json";

/// Why it could not be unpacked.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The file system refused something.
    Io(std::io::Error),
    /// The archive is not what it should be.
    Content(String),
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Trouble::Io(error)
    }
}

/// Unpacks into a directory, which is made. Modes are set whatever the umask, because others may have to run it.
pub(super) fn unpack(archive: impl Read, target: &Path) -> Result<(), Trouble> {
    make_dirs(target, Path::new(""))?;
    let mut archive = tar::Archive::new(GzDecoder::new(archive));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let Ok(inner) = path.strip_prefix(PREFIX) else { continue };
        if !entry.header().entry_type().is_file() || not_needed(inner) {
            continue;
        }
        if !is_plain(inner) {
            return Err(Trouble::Content(format!("the archive has a strange path: {}", path.display())));
        }
        make_dirs(target, inner.parent().unwrap_or(Path::new("")))?;
        let mode = if entry.header().mode()? & 0o111 == 0 { 0o644 } else { 0o755 };
        let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(target.join(inner))?;
        std::io::copy(&mut entry, &mut file)?;
        file.set_permissions(std::fs::Permissions::from_mode(mode))?;
    }
    make_links(target)
}

/// What a server does not need: what is for compiling against it, a quarter of all files.
fn not_needed(path: &Path) -> bool {
    path.starts_with("include")
        || path.starts_with("lib/postgresql/pgxs")
        || path.starts_with("lib/pkgconfig")
        || path.extension().is_some_and(|e| e == "a")
}

/// Whether a path stays below where it starts.
fn is_plain(path: &Path) -> bool {
    path.components().next().is_some() && path.components().all(|c| matches!(c, Component::Normal(_)))
}

fn make_dirs(target: &Path, inner: &Path) -> std::io::Result<()> {
    let mut dir = target.to_owned();
    let mut make = |step: Option<Component>| {
        if let Some(step) = step {
            dir.push(step);
        }
        if dir.is_dir() {
            return Ok(());
        }
        DirBuilder::new().mode(0o755).create(&dir)?;
        std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o755))
    };
    make(None)?;
    inner.components().try_for_each(|step| make(Some(step)))
}

fn make_links(target: &Path) -> Result<(), Trouble> {
    let list = match File::open(target.join(LINKS)) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e.into()),
    };
    let strange = |what: String| Trouble::Content(format!("{LINKS} in the archive is strange: {what}"));
    let list: Vec<Value> = serde_json::from_reader(list).map_err(|e| strange(e.to_string()))?;
    for link in list {
        let end = |key: &str| -> Option<PathBuf> {
            let path = Path::new(link.get(key)?.as_str()?).strip_prefix("native").ok()?;
            is_plain(path).then(|| path.to_owned())
        };
        let (Some(source), Some(name)) = (end("source"), end("target")) else { return Err(strange(link.to_string())) };
        let up: PathBuf = name.parent().into_iter().flat_map(Path::components).map(|_| Component::ParentDir).collect();
        make_dirs(target, name.parent().unwrap_or(Path::new("")))?;
        match std::os::unix::fs::symlink(up.join(source), target.join(name)) {
            Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(files: &[(&str, u32, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        for (path, mode, text) in files {
            let mut header = tar::Header::new_gnu();
            // Written past set_path, which refuses what a hostile archive would have.
            header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_size(text.len() as u64);
            header.set_mode(*mode);
            header.set_cksum();
            builder.append(&header, text.as_bytes()).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    fn temp(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("trueup-test-unpack-{}-{name}", std::process::id()))
    }

    #[test]
    fn programs_libraries_and_links() {
        let target = temp("good");
        let links = r#"[{"source":"native/lib/libpq.so.5.15","target":"native/lib/libpq.so"}]"#;
        let files = [
            ("package/native/bin/postgres", 0o755, "program"),
            ("package/native/lib/libpq.so.5.15", 0o600, "library"),
            ("package/native/lib/libpq.a", 0o644, "for compiling"),
            ("package/native/pg-symlinks.json", 0o644, links),
            ("package/package.json", 0o644, "{}"),
        ];
        unpack(&archive(&files)[..], &target).unwrap();
        let mode = |path: &str| target.join(path).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("bin/postgres"), mode("lib/libpq.so.5.15"), mode("lib")), (0o755, 0o644, 0o755));
        assert_eq!(std::fs::read_to_string(target.join("lib/libpq.so")).unwrap(), "library");
        assert!(!target.join("lib/libpq.a").exists() && !target.join("package.json").exists());
        std::fs::remove_dir_all(&target).unwrap();
    }

    #[test]
    fn nothing_is_written_outside() {
        let target = temp("bad");
        let trouble = unpack(&archive(&[("package/native/../../../evil", 0o644, "x")])[..], &target).unwrap_err();
        assert!(matches!(&trouble, Trouble::Content(why) if why.contains("strange path")), "{trouble:?}");
        let links = r#"[{"source":"native/a","target":"native/../../evil"}]"#;
        std::fs::remove_dir_all(&target).unwrap();
        let trouble = unpack(&archive(&[("package/native/pg-symlinks.json", 0o644, links)])[..], &target).unwrap_err();
        assert!(matches!(&trouble, Trouble::Content(why) if why.contains("strange")), "{trouble:?}");
        std::fs::remove_dir_all(&target).unwrap();
    }
}
