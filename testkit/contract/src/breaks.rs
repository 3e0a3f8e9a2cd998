//! Breaks that were decided on: a page that lists each with its reason, under the version that takes the promise back.
use crate::{Difference, sentences};
use semver::Version;
use std::collections::BTreeMap;

/// What stands on the page: `## 2.0.0`, then `- taxi: POST /catches: the answer lost field `price` — why it did`. An `…` before the
/// reason stands for any text, so that one decision is one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaks(BTreeMap<String, Vec<(String, String)>>);

/// Between what is promised and why it is not any more.
const BECAUSE: &str = " — ";
const WORDS_OF_A_REASON: usize = 4;

impl Breaks {
    pub fn read(page: &str) -> Result<Breaks, String> {
        let mut all = Breaks::default();
        let mut version = None;
        for line in page.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                version = Some(heading.trim().to_string());
            } else if let (Some(version), Some(line)) = (&version, line.strip_prefix("- ")) {
                let (what, why) = line.split_once(BECAUSE).unwrap_or((line, ""));
                if why.split_whitespace().count() < WORDS_OF_A_REASON {
                    return Err(format!("no reason is given for: {what}"));
                }
                all.0.entry(version.clone()).or_default().push((what.trim().to_string(), why.to_string()));
            }
        }
        Ok(all)
    }

    fn lists(&self, version: &str, what: &str) -> bool {
        self.0.get(version).is_some_and(|all| all.iter().any(|(listed, _)| covers(listed, what)))
    }
}

const ANY_TEXT: char = '…';

fn covers(listed: &str, what: &str) -> bool {
    let Some((start, rest)) = listed.split_once(ANY_TEXT) else { return listed == what };
    let Some(mut left) = what.strip_prefix(start) else { return false };
    let (between, end) = rest.rsplit_once(ANY_TEXT).unwrap_or(("", rest));
    for part in between.split(ANY_TEXT) {
        let Some((_, behind)) = left.split_once(part) else { return false };
        left = behind;
    }
    left.ends_with(end)
}

/// What a break is weighed against: the version that is served now and, if there is one, the last that was released.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    pub system: &'a str,
    pub now: &'a str,
    /// `## [1.2.0] - …` in the changelog.
    pub changelog: &'a str,
}

impl Release<'_> {
    /// Why these differences can't be accepted as they are; the lines that are wanted, ready to be given a reason.
    pub fn refuses(&self, differences: &[Difference], breaks: &Breaks) -> Result<(), String> {
        let listed = |sentence: &&str| breaks.lists(self.now, &format!("{}: {sentence}", self.system));
        let missing: Vec<&str> = sentences(differences, true).into_iter().filter(|one| !listed(one)).collect();
        if !missing.is_empty() {
            let lines: Vec<String> =
                missing.iter().map(|sentence| format!("- {}: {sentence}{BECAUSE}", self.system)).collect();
            return Err(format!("## {}\n\n{}", self.now, lines.join("\n")));
        }
        match self.last() {
            Some(last) if !sentences(differences, true).is_empty() && !takes_back(&last, self.now) => Err(format!(
                "{} was released: its promises are kept until {}",
                last,
                if last.major == 0 { format!("0.{}.0", last.minor + 1) } else { format!("{}.0.0", last.major + 1) }
            )),
            _ => Ok(()),
        }
    }

    fn last(&self) -> Option<Version> {
        let headings = self.changelog.lines().filter_map(|line| line.strip_prefix("## [")?.split(']').next());
        headings.filter_map(|version| Version::parse(version).ok()).max()
    }
}

/// Whether this version is one in which a promise of the other may end: another major one, or before 1.0 another minor one.
fn takes_back(last: &Version, now: &str) -> bool {
    let Ok(now) = Version::parse(now) else { return false };
    now.major > last.major || (last.major == 0 && now.major == 0 && now.minor > last.minor)
}
