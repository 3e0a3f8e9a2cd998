//! Cargo.toml files: each crate from elsewhere is named once, in the workspace, with its reason.

/// Lines below `[dependencies]`, `[dev-dependencies]` or `[workspace.dependencies]`.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    manifest.lines().filter(move |line| {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]");
            return false;
        }
        inside && !line.trim().is_empty() && !line.starts_with('#')
    })
}

/// What a member's manifest says of versions although the workspace says it.
pub fn versions(path: &str, manifest: &str) -> Vec<String> {
    let of_its_own = |line: &&str| !line.contains("workspace = true") && !line.contains("path = ");
    let found = dependencies(manifest).filter(of_its_own);
    found.map(|line| format!("{path}: `{line}` does not take its version from the workspace")).collect()
}

/// Crates from elsewhere that the workspace names without a reason behind `#`.
pub fn without_reason(workspace: &str) -> Vec<String> {
    let bare = |line: &&str| !line.contains("path = ") && line.split_once("# ").is_none_or(|(_, why)| why.len() < 4);
    dependencies(workspace).filter(bare).map(|line| format!("Cargo.toml: `{line}` gives no reason")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_its_own_is_found() {
        let manifest = "[package]\nname = \"a\"\n[dependencies]\nkernel.workspace = true\nserde = \"1\" # data\n";
        assert_eq!(
            versions("a/Cargo.toml", manifest),
            ["a/Cargo.toml: `serde = \"1\" # data` does not take its version from the workspace"]
        );
        assert!(versions("a/Cargo.toml", &manifest.replace("\"1\"", "{ workspace = true }")).is_empty());
        assert_eq!(versions("a/Cargo.toml", &manifest.replace("[dep", "[dev-dep")).len(), 1);
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let workspace = "[workspace.dependencies]\nkernel = { path = \"kernel\" }\nserde = \"1\" # data\nlru = \"1\"\n";
        assert_eq!(without_reason(workspace), ["Cargo.toml: `lru = \"1\"` gives no reason"]);
    }
}
