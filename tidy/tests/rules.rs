//! The rules of tidy, checked on this repository.
use std::path::Path;
use std::process::Command;
use tidy::{arrows, files, manifests, pages, root, texts, type_names};

fn read(path: &Path) -> String {
    std::fs::read_to_string(root().join(path)).expect("a file that was listed can be read")
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn arrows_point_one_way() {
    let cargo = std::env::var("CARGO").unwrap_or("cargo".into());
    let version = Command::new(&cargo).args(["-vV"]).output().expect("cargo runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    let told = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--all-features", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let metadata = serde_json::from_slice(&told.stdout).expect("cargo metadata is JSON");
    let packages = arrows::packages(&metadata, &root().to_string_lossy()).expect("every crate has a layer");
    assert!(packages.iter().filter(|package| package.layer != arrows::Layer::Outside).count() >= 6);
    none(arrows::wrong(&packages));
}

#[test]
fn every_file_says_what_it_is_and_is_named_for_it() {
    let sources = files::below(&root(), "", ".rs");
    assert!(sources.len() > 50);
    none(sources.iter().filter_map(|path| files::opening(path, &read(path)).or_else(|| files::naming(path))).collect());
}

#[test]
fn a_public_type_name_stands_once() {
    let sources: Vec<_> =
        files::below(&root(), "", ".rs").into_iter().map(|path| (path.clone(), read(&path))).collect();
    let twice = type_names::twice(&sources);
    assert!(sources.iter().map(|(_, text)| type_names::declared(text).len()).sum::<usize>() > 200);
    none(twice.iter().map(|(name, paths)| format!("{name} stands in {paths:?}")).collect());
}

#[test]
fn what_should_be_absent_is_absent() {
    let sources = files::below(&root(), "", ".rs");
    none(sources.iter().flat_map(|path| files::absence(path, &read(path))).collect());
}

/// The workspace names each crate from elsewhere once, with a reason; members take it from there.
#[test]
fn dependencies_are_named_once_with_a_reason() {
    let members: Vec<_> =
        files::below(&root(), "", "Cargo.toml").into_iter().filter(|path| path.iter().count() > 1).collect();
    assert!(members.len() > 15);
    none(members.iter().flat_map(|path| manifests::versions(&path.to_string_lossy(), &read(path))).collect());
    none(manifests::without_reason(&read(Path::new("Cargo.toml"))));
}

#[test]
fn links_lead_somewhere() {
    let pages = files::below(&root(), "", ".md");
    assert!(pages.len() > 5);
    none(pages.iter().flat_map(|path| pages::dead(&root(), path, &read(path))).collect());
}

/// Both languages of the README show the same commands.
#[test]
fn both_readmes_show_the_same_commands() {
    let commands = |page: &str| {
        let blocks = pages::blocks(&read(Path::new(page)));
        blocks.into_iter().filter(|block| block.info.starts_with("sh")).map(|block| block.text).collect::<Vec<_>>()
    };
    assert_eq!(commands("README.md"), commands("README.ko.md"));
}

/// Each block of a recipe stands, line by line, in the file it names.
#[test]
fn the_recipe_shows_the_real_source() {
    let bare = |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let (page, folder) = (read(Path::new("docs/a-sixth-system.md")), root().join("docs/laundry"));
    let shown = pages::blocks(&page);
    assert!(shown.len() > 10);
    none(
        shown
            .iter()
            .filter_map(|block| {
                let file = match block.info.split_once(' ') {
                    Some(("rust", file)) => folder.join("src").join(file),
                    Some((_, file)) => folder.join(file),
                    None => return Some(format!("line {} does not name its file", block.line)),
                };
                let source = std::fs::read_to_string(&file).unwrap_or_default();
                (!bare(&source).contains(&bare(&block.text)))
                    .then(|| format!("line {}: {} says something else", block.line, file.display()))
            })
            .collect(),
    );
}

/// Each language has the same texts in the same order, and each of them is told.
#[test]
fn what_people_are_told_stands_in_each_language_and_is_told() {
    let english: Vec<_> =
        files::below(&root(), "", "en.toml").into_iter().filter(|path| path.ends_with("texts/en.toml")).collect();
    assert!(english.len() >= 7, "{english:?}");
    none(english.iter().flat_map(|path| findings(path)).collect());
}

fn findings(path: &Path) -> Vec<String> {
    let (en, ko) = (read(path), read(&path.with_file_name("ko.toml")));
    let folder = path.parent().and_then(Path::parent).unwrap_or(path).to_string_lossy().into_owned();
    let sources: String = files::below(&root(), &folder, ".rs").iter().map(|source| read(source)).collect();
    let untold = texts::untold(&en, &sources).into_iter().map(|name| format!("{name} is told by nobody"));
    texts::differing(&en, &ko).into_iter().chain(untold).map(|what| format!("{}: {what}", path.display())).collect()
}
