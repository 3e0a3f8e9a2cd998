//! The documents of one system as they are checked in, and whether what is server now may take their place.
use contract::{Breaks, Difference, Release, sentences};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub struct Promise {
    system: &'static str,
    folder: PathBuf,
    /// What is server now, as it would be checked in.
    server: BTreeMap<String, String>,
    version: String,
    found: BTreeSet<Difference>,
}

type Compare = fn(&Value, &Value) -> Vec<Difference>;

const ACCEPT: &str = "NADUL_ACCEPT=1 cargo test -p nadul --test it contracts";

fn here() -> PathBuf {
    tidy::root().join("nadul/tests/contracts")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

impl Promise {
    pub fn load(system: &'static str) -> Promise {
        let folder = here().join(system);
        Promise { system, folder, server: BTreeMap::new(), version: String::new(), found: BTreeSet::new() }
    }

    pub fn compare(&mut self, name: &str, server: &str, compare: Compare) {
        let now: Value = serde_json::from_str(server).expect("a document is JSON");
        self.version = now["info"]["version"].as_str().expect("a document has a version").to_string();
        let kept = read(&self.folder.join(name));
        if kept.is_empty() {
            self.found.insert(Difference { breaks: false, sentence: format!("the document {name} is new") });
        } else {
            let before = serde_json::from_str(&kept).expect("a snapshot is JSON");
            self.found.extend(compare(&before, &now));
        }
        self.server.insert(name.into(), serde_json::to_string_pretty(&now).expect("it was JSON") + "\n");
    }

    /// Documents there were and are not any more.
    fn lost(&mut self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|file| file.path());
        let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let lost: Vec<PathBuf> = files.filter(|path| !self.server.contains_key(&name(path))).collect();
        let said = lost.iter().map(|path| format!("the document {} is gone", name(path)));
        self.found.extend(said.map(|sentence| Difference { breaks: true, sentence }));
        lost
    }

    pub fn holds(mut self) {
        let lost = self.lost();
        if self.found.is_empty() {
            return;
        }
        let found: Vec<Difference> = self.found.iter().cloned().collect();
        let decided = self.decided(&found);
        let wanted = crate::accept::is_wanted();
        match decided {
            Ok(()) if wanted => self.write(&lost),
            decided => panic!("{}", told(self.system, &found, decided)),
        }
    }

    fn decided(&self, found: &[Difference]) -> Result<(), String> {
        let breaks = Breaks::read(&read(&here().join("breaks.md")))?;
        let changelog = read(&tidy::root().join("CHANGELOG.md"));
        Release { system: self.system, now: &self.version, changelog: &changelog }.refuses(found, &breaks)
    }

    fn write(&self, lost: &[PathBuf]) {
        std::fs::create_dir_all(&self.folder).expect("a folder for the snapshots");
        for (name, now) in &self.server {
            std::fs::write(self.folder.join(name), now).expect("a snapshot can be written");
        }
        lost.iter().for_each(|path| std::fs::remove_file(path).expect("a snapshot can be taken away"));
    }
}

/// What differs, and what to do about it.
fn told(system: &str, found: &[Difference], decided: Result<(), String>) -> String {
    let for_people = |sentence: &str| sentence.ends_with("for people changed");
    let listed = |breaking: bool| sentences(found, breaking).into_iter().filter(|one| !for_people(one));
    let list = |breaking: bool| listed(breaking).map(|one| format!("  {one}\n")).collect::<String>();
    let (breaking, harmless) = (list(true), list(false));
    let mut text = format!("\n{system} serves another contract than it promised.\n");
    if !breaking.is_empty() {
        text += &format!("\nThis breaks its users:\n{breaking}");
    }
    if !harmless.is_empty() {
        text += &format!("\nThis breaks nobody:\n{harmless}");
    }
    let words = sentences(found, false).iter().filter(|one| for_people(one)).count();
    if words > 0 {
        text += &format!("\nWords for people changed at {words} places.\n");
    }
    match decided {
        Ok(()) => text + &format!("\nTo accept it: {ACCEPT}\n"),
        Err(wanted) => {
            text + &format!(
                "\nA promise that is taken back is listed in nadul/tests/contracts/breaks.md, with its reason:\n\n{wanted}\n\nThen: {ACCEPT}\n"
            )
        }
    }
}
