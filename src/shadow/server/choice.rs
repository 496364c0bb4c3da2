//! Which PostgreSQL to use: the wanted major version, else the nearest newer one, else one that is fetched.

use crate::diagnostic::{Diagnostic, Result};

use super::binaries::{self, Installation, PG_BIN, Source};
use super::places::Env;
use super::releases::{self, Release};
use super::user::{self, Account};
use super::{Options, ways_out};

/// The oldest major version that serves: 13 and before have other catalogs and another initdb.
const OLDEST: u32 = 14;

/// What would be used, before anything is fetched or started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The binaries.
    pub binaries: Binaries,
    /// The major version that was asked for.
    pub wanted_major: Option<u32>,
}

/// Where the binaries come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binaries {
    /// They are on the machine.
    Found(Installation),
    /// They have to be fetched first.
    ToFetch(Release),
}

impl Choice {
    /// The major version that will run.
    pub fn major(&self) -> u32 {
        match &self.binaries {
            Binaries::Found(installation) => installation.major,
            Binaries::ToFetch(release) => release.major,
        }
    }

    /// One line for `trueup shadow`.
    pub fn describe(&self) -> String {
        let what = match &self.binaries {
            Binaries::Found(installation) => installation.describe(),
            Binaries::ToFetch(release) => release.describe(),
        };
        match self.wanted_major {
            Some(wanted) if wanted != self.major() => format!("{what} (wanted: {wanted})"),
            _ => what,
        }
    }
}

/// All that there is to choose from: what is installed, what was fetched, and what can be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// On the machine, the preferred way of finding it first.
    pub installed: Vec<Installation>,
    /// In the cache.
    pub fetched: Vec<Installation>,
    /// In the npm registry, without those in the cache.
    pub to_fetch: Vec<Release>,
}

/// Looks at all that could serve, the wanted major version or not.
///
/// # Errors
/// When `TRUEUP_PG_BIN` names nothing usable.
pub fn field() -> Result<Field> {
    let found = binaries::find(&Env::of_process(), user::server_account()?.as_ref())?;
    let (fetched, installed): (Vec<_>, Vec<_>) = found.into_iter().partition(|i| i.source == Source::Fetched);
    let releases = releases::platform().map(releases::of).unwrap_or_default();
    let to_fetch = releases.into_iter().filter(|r| fetched.iter().all(|i| i.major != r.major)).collect();
    Ok(Field { installed, fetched, to_fetch })
}

/// Says which PostgreSQL [`Server::start`](super::Server::start) would use, without fetching or starting anything.
pub fn choose(options: &Options) -> Result<Choice> {
    choose_in(options, &Env::of_process(), user::server_account()?.as_ref())
}

pub(super) fn choose_in(options: &Options, env: &Env, account: Option<&Account>) -> Result<Choice> {
    let found = binaries::find(env, account)?;
    let binaries = pick(options, &found, releases::platform())?;
    Ok(Choice { binaries, wanted_major: options.wanted_major })
}

/// The choice itself.
///
/// 1. What `TRUEUP_PG_BIN` names.
/// 2. The wanted major on the machine, else the nearest newer one; the newest installed where none is wanted in particular.
/// 3. The wanted major fetched, else the nearest newer one that can be fetched.
/// 4. What is left is all older than wanted: the newest, be it on the machine or to be fetched.
///
/// With `exact`, only the wanted major serves in each of them.
fn pick(options: &Options, found: &[Installation], platform: Option<&str>) -> Result<Binaries> {
    let fits = |major: u32| major >= OLDEST && (!options.exact || options.wanted_major.is_none_or(|w| w == major));
    let usable = |i: &&Installation| options.allow_installed || i.source == Source::Fetched;
    if let [only] = found
        && options.allow_installed
        && only.source == Source::Named
    {
        return if fits(only.major) { Ok(Binaries::Found(only.clone())) } else { Err(wrong_major(options, only).into()) };
    }
    let found: Vec<&Installation> = found.iter().filter(usable).filter(|i| fits(i.major)).collect();
    let least = options.wanted_major.unwrap_or(0);
    // Of one major: rather an installed one (it has the machine's extensions), the newest, the first found.
    let best = |major: u32| {
        let same = found.iter().enumerate().filter(|(_, i)| i.major == major);
        same.min_by_key(|(at, i)| (i.source == Source::Fetched, -i.version_num, *at)).map(|(_, i)| Binaries::Found((*i).clone()))
    };
    let newest = found.iter().map(|i| i.major).max();
    let near = match options.wanted_major {
        // What an earlier run has fetched for another database is not a reason to use it for this one.
        None => found.iter().filter(|i| i.source != Source::Fetched).map(|i| i.major).max().or(newest),
        Some(wanted) => found.iter().map(|i| i.major).filter(|m| *m >= wanted).min(),
    };
    if let Some(chosen) = near.and_then(best) {
        return Ok(chosen);
    }
    let releases: Vec<Release> = match platform {
        Some(platform) if options.allow_fetch => releases::of(platform).into_iter().filter(|r| fits(r.major)).collect(),
        _ => Vec::new(),
    };
    let least_fetched = if least == 0 { options.fetch_major } else { least };
    let nearest = releases.iter().filter(|r| r.major >= least_fetched).min_by_key(|r| r.major);
    if let Some(release) = nearest {
        return Ok(Binaries::ToFetch(release.clone()));
    }
    let last = releases.into_iter().max_by_key(|r| r.major).filter(|r| newest.is_none_or(|n| r.major > n));
    let older = last.map(Binaries::ToFetch).or_else(|| newest.and_then(best));
    older.ok_or_else(|| nothing(options, platform).into())
}

fn wanted_words(options: &Options) -> String {
    match (options.wanted_major, options.exact) {
        (Some(wanted), true) => format!("PostgreSQL {wanted}"),
        _ => "PostgreSQL".to_owned(),
    }
}

fn wrong_major(options: &Options, named: &Installation) -> Diagnostic {
    let needed = match options.wanted_major {
        Some(wanted) if options.exact => format!("PostgreSQL {wanted}"),
        _ => format!("PostgreSQL {OLDEST} or newer"),
    };
    Diagnostic::error("shadow-pg-bin", format!("{PG_BIN} names PostgreSQL {}, but {needed} is needed", named.major))
        .note(named.describe())
        .help(format!("point {PG_BIN} at {needed}, or unset it"))
}

fn nothing(options: &Options, platform: Option<&str>) -> Diagnostic {
    let diagnostic = binaries::none_found(&wanted_words(options));
    match platform {
        _ if !options.allow_fetch => diagnostic.note("fetching one is switched off"),
        None => {
            let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
            diagnostic.note(format!("there is none to fetch for this platform ({os}, {arch})"))
        }
        Some(platform) => {
            let majors: Vec<String> = releases::of(platform).iter().map(|r| r.major.to_string()).collect();
            diagnostic.note(format!("those that can be fetched for {platform}: {}", majors.join(", ")))
        }
    }
}

/// The message when fetching failed.
pub(super) fn fetch_failed(code: &'static str, release: &Release, why: impl Into<String>) -> Diagnostic {
    ways_out(Diagnostic::error(code, format!("PostgreSQL {} could not be fetched", release.postgres_version())).note(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(version_num: i32, source: Source) -> Installation {
        let major = u32::try_from(version_num / 10_000).unwrap();
        let version = format!("{major}.{}", version_num % 10_000);
        Installation { major, version_num, bin_dir: format!("/{version}/{source:?}").into(), version, source }
    }

    fn options(wanted_major: Option<u32>, exact: bool, allow_fetch: bool) -> Options {
        Options { wanted_major, exact, allow_installed: true, allow_fetch, fetch_major: 15 }
    }

    fn picked(options: &Options, found: &[Installation], platform: Option<&str>) -> String {
        match pick(options, found, platform) {
            Ok(Binaries::Found(i)) => format!("{} {:?}", i.version_num, i.source),
            Ok(Binaries::ToFetch(r)) => format!("fetch {}", r.major),
            Err(failure) => failure.diagnostics[0].code.to_owned(),
        }
    }

    #[test]
    fn the_wanted_major_then_the_nearest_newer_then_a_fetched_one() {
        use Source::{Fetched, Path, UsualPlace};
        let here =
            [installed(150_001, Path), installed(150_009, UsualPlace), installed(150_018, Fetched), installed(170_001, Path)];
        let linux = Some("linux-x64");
        assert_eq!(picked(&options(Some(15), false, true), &here, linux), "150009 UsualPlace");
        assert_eq!(picked(&options(Some(14), false, true), &here, linux), "150009 UsualPlace");
        assert_eq!(picked(&options(Some(16), false, true), &here, linux), "170001 Path");
        assert_eq!(picked(&options(None, false, true), &here, linux), "170001 Path");
        assert_eq!(picked(&options(Some(16), true, true), &here, linux), "fetch 16");
        assert_eq!(picked(&options(Some(18), false, true), &here, linux), "fetch 18");
        // Nothing newer is to be had: the newest there is.
        assert_eq!(picked(&options(Some(18), false, false), &here, linux), "170001 Path");
        assert_eq!(picked(&options(Some(19), false, true), &here, linux), "fetch 18");
        assert_eq!(picked(&options(Some(19), false, true), &here, None), "170001 Path");
        assert_eq!(picked(&options(Some(18), true, false), &here, linux), "shadow-no-postgres");
    }

    #[test]
    fn with_nothing_installed_one_is_fetched_if_that_is_allowed_and_possible() {
        let linux = Some("linux-x64");
        assert_eq!(picked(&options(None, false, true), &[], linux), "fetch 15");
        assert_eq!(picked(&options(Some(17), true, true), &[], linux), "fetch 17");
        assert_eq!(picked(&options(Some(12), false, true), &[], linux), "fetch 14");
        assert_eq!(picked(&options(Some(12), true, true), &[], linux), "shadow-no-postgres");
        assert_eq!(picked(&options(Some(99), false, true), &[], linux), "fetch 18");
        assert_eq!(picked(&options(Some(14), false, true), &[], Some("darwin-arm64")), "fetch 15");
        assert_eq!(picked(&options(None, false, true), &[], None), "shadow-no-postgres");
        let old = [installed(130_020, Source::Path)];
        assert_eq!(picked(&options(Some(13), false, true), &old, linux), "fetch 14");
        assert_eq!(picked(&options(None, false, false), &[], linux), "shadow-no-postgres");
    }

    #[test]
    fn a_named_one_is_taken_or_refused() {
        let named = [installed(140_001, Source::Named)];
        assert_eq!(picked(&options(Some(15), false, true), &named, None), "140001 Named");
        assert_eq!(picked(&options(Some(15), true, true), &named, None), "shadow-pg-bin");
        let old = [installed(130_020, Source::Named)];
        assert_eq!(picked(&options(Some(13), false, true), &old, None), "shadow-pg-bin");
    }
}
