//! The reference pages in docs/ are what the binary says, written down. Written anew with `NADUL_ACCEPT=1`, on purpose only.
use process::Nadul;

fn nadul(arguments: &[&str]) -> String {
    let output = Nadul::new().command(arguments).output().expect("the binary starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

fn json(arguments: &[&str]) -> Vec<serde_json::Value> {
    serde_json::from_str(&nadul(arguments)).expect("--json answers a list")
}

fn is_as_written(page: &str, now: &str) {
    let path = tidy::root().join("docs").join(page);
    if crate::accept::is_wanted() {
        std::fs::write(&path, now).expect("a page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == now, "docs/{page} says something else than the binary; write it anew with NADUL_ACCEPT=1");
}

#[test]
fn every_setting_is_on_its_page() {
    let mut page = String::from(
        "# Settings\n\nWhat `nadul settings` says, as it is without a file, an environment or flags. Units stand last in the names.\n",
    );
    let mut group = String::new();
    for setting in json(&["settings", "--json"]) {
        let text = |name: &str| setting[name].as_str().unwrap_or_default().replace('|', "\\|");
        if group != text("group") {
            group = text("group");
            page += &format!("\n## {group}\n\n| setting | default | allowed | meaning |\n|---|---|---|---|\n");
        }
        let default =
            Some(text("default")).filter(|text| !text.is_empty()).map_or("–".into(), |text| format!("`{text}`"));
        page += &format!("| `{}` | {default} | {} | {} |\n", text("name"), text("allowed"), text("meaning"));
    }
    is_as_written("settings.md", &page);
}

#[test]
fn every_board_is_on_its_page() {
    let mut page = String::from(
        "# Boards\n\nWhat `nadul board` draws of each system, from the system's own value: orange events, blue commands of customers, green views; a solid line is asked and answered, a dotted one published and heard.\n",
    );
    for system in json(&["systems", "--json"]) {
        let name = system["name"].as_str().expect("a system has a name");
        let about = system["about"].as_str().unwrap_or_default();
        page +=
            &format!("\n## {name}\n\n{about}\n\n```mermaid\n{}```\n", nadul(&["board", name, "--format", "mermaid"]));
    }
    is_as_written("boards.md", &page);
}
