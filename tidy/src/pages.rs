//! Pages for people: their code blocks and their links, so that what they promise can be tried.
use std::path::{Path, PathBuf};

/// One fenced block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What stands behind the fence: `sh tour`, `rust wash.rs`.
    pub info: String,
    pub text: String,
    /// Of its first line, from 1.
    pub line: usize,
}

/// The fenced blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = vec![];
    let mut inside = false;
    for (at, line) in page.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(info) => {
                inside = true;
                found.push(Block { info: info.trim().into(), text: String::new(), line: at + 2 });
            }
            None if inside => {
                let block = found.last_mut().expect("an open block");
                block.text.push_str(line);
                block.text.push('\n');
            }
            None => {}
        }
    }
    found
}

/// Links of a page to files of this repository: `[text](path#heading)`, code aside.
pub fn links(page: &str) -> Vec<String> {
    let mut found = vec![];
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = !inside;
        }
        if inside {
            continue;
        }
        let line = &line.split('`').step_by(2).collect::<String>(); // what stands as code is no link
        for part in line.split("](").skip(1).chain(line.split("src=\"").skip(1)).chain(line.split("href=\"").skip(1)) {
            let link = part.split([')', '"', ' ']).next().unwrap_or_default();
            if !link.is_empty() && !link.contains("://") && !link.starts_with("mailto:") {
                found.push(link.to_string());
            }
        }
    }
    found
}

/// A heading as GitHub names it in a link.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn anchors(page: &str) -> Vec<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| anchor(line.trim_start_matches('#'))).collect()
}

/// Links of the page at `path` that lead nowhere.
pub fn dead(root: &Path, path: &Path, page: &str) -> Vec<String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let dead = |link: &String| {
        let (file, heading) = link.split_once('#').unwrap_or((link, ""));
        let target: PathBuf = if file.is_empty() { path.into() } else { folder.join(file) };
        let there = root.join(&target);
        if !there.exists() {
            return true;
        }
        !heading.is_empty()
            && std::fs::read_to_string(there).is_ok_and(|page| !anchors(&page).contains(&heading.to_string()))
    };
    links(page).into_iter().filter(dead).map(|link| format!("{}: {link} leads nowhere", path.display())).collect()
}

/// Whether an answer is the one a page shows: white space aside, `…` standing for anything.
pub fn as_shown(shown: &str, answer: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (shown, answer) = (bare(shown), bare(answer));
    let mut parts = shown.split('…');
    let Some(mut rest) = parts.next().and_then(|first| answer.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_with_what_they_are() {
        let page = "a\n```sh tour\ncurl x\n```\n\n```json\n{}\n```\n";
        let found = blocks(page);
        assert_eq!(found[0], Block { info: "sh tour".into(), text: "curl x\n".into(), line: 3 });
        assert_eq!((found.len(), found[1].info.as_str()), (2, "json"));
    }

    #[test]
    fn a_dead_link_is_found() {
        let page = "[here](Cargo.toml) [gone](nowhere.md) [out](https://example.org) [up](#a-heading) [no](#no)\n# A heading\n";
        let dead = dead(&crate::root(), Path::new("page.md"), page);
        assert_eq!(dead.len(), 3, "{dead:?}"); // page.md itself is not on disk, so both its headings lead nowhere
        assert!(dead[0].contains("nowhere.md"));
    }

    #[test]
    fn headings_are_named_as_github_does() {
        assert_eq!(anchor(" Hold, commit, take or void"), "hold-commit-take-or-void");
        assert_eq!(anchor("5분 둘러보기"), "5분-둘러보기");
    }

    #[test]
    fn what_stands_as_code_is_no_link() {
        assert_eq!(links("[`a`](b.md), `[!-~](?:[ -~])` and [c](d.md)"), ["b.md", "d.md"]);
    }

    #[test]
    fn an_answer_is_compared_with_what_a_page_shows() {
        assert!(as_shown("{ \"id\": 1 }", "{\"id\":1}"));
        assert!(as_shown("{ \"id\": 1, … \"b\": … }", "{\"id\":1,\"a\":2,\"b\":3}"));
        assert!(!as_shown("{ \"id\": 1 }", "{\"id\":2}"));
        assert!(!as_shown("{ \"id\": 1 }", "{\"id\":1}x"));
        assert!(!as_shown("a…b", "ac"));
        assert!(as_shown("…", "anything"));
        assert!(!as_shown("", "x"));
    }
}
