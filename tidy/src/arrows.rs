//! Which crate may name which: `kernel ← systems ← nadul`, `kernel ← runtime ← adapters ← nadul`.
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A crate's layer, by its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    Kernel,
    Macros,
    Runtime,
    Adapter,
    /// The signatures under every token.
    Signatures,
    /// Who somebody is, for every edge.
    Identity,
    /// Certificates from files, for every adapter that speaks TLS.
    Certificates,
    /// Draws a system from its value.
    Board,
    /// payment, fulfilment and message: one implementation for every system.
    Generic,
    System,
    Testkit,
    Binary,
    /// Measures the binary from outside.
    Bench,
    /// Checks of the repository itself.
    Tidy,
    /// Crates from elsewhere.
    Outside,
}

impl Layer {
    /// By the folder of the crate's manifest, seen from the repository's root.
    pub fn of_folder(folder: &str) -> Option<Layer> {
        Some(match folder {
            "adapters/identity" => Layer::Identity,
            "adapters/signatures" => Layer::Signatures,
            "adapters/certificates" => Layer::Certificates,
            "kernel" => Layer::Kernel,
            "kernel/macros" => Layer::Macros,
            "runtime" => Layer::Runtime,
            "systems/payment" | "systems/fulfilment" | "systems/message" => Layer::Generic,
            "testkit" | "testkit/contract" | "testkit/kafka" | "testkit/postgres" | "testkit/process" => Layer::Testkit,
            "board" => Layer::Board,
            "nadul" => Layer::Binary,
            "bench" => Layer::Bench,
            "tidy" => Layer::Tidy,
            _ if folder.starts_with("adapters/") => Layer::Adapter,
            _ if folder.starts_with("systems/") || folder.starts_with("docs/") => Layer::System,
            _ => return None,
        })
    }

    /// What it may name of this workspace, tests aside.
    fn may_name(self, other: Layer) -> bool {
        let allowed: &[Layer] = match self {
            Layer::Kernel => &[Layer::Macros],
            Layer::Macros | Layer::Certificates | Layer::Signatures | Layer::Tidy | Layer::Bench | Layer::Outside => {
                &[]
            }
            Layer::Runtime | Layer::Board | Layer::Generic => &[Layer::Kernel],
            Layer::Identity => &[Layer::Kernel, Layer::Runtime, Layer::Signatures],
            Layer::Adapter => {
                &[Layer::Kernel, Layer::Board, Layer::Runtime, Layer::Certificates, Layer::Identity, Layer::Signatures]
            }
            Layer::System => &[Layer::Kernel, Layer::Generic],
            Layer::Testkit => &[Layer::Kernel, Layer::Runtime, Layer::Identity, Layer::Adapter, Layer::Testkit],
            Layer::Binary => &[
                Layer::Kernel,
                Layer::Board,
                Layer::Runtime,
                Layer::Identity,
                Layer::Adapter,
                Layer::System,
                Layer::Bench,
            ],
        };
        allowed.contains(&other)
    }

    /// No disk, no network, no async runtime: not in it and not in anything it stands on.
    fn pure(self) -> bool {
        matches!(self, Layer::Kernel | Layer::Macros | Layer::Board | Layer::Runtime | Layer::Generic | Layer::System)
    }

    /// A system is its rules: it names the kernel and the generic contexts, and nothing from elsewhere.
    fn only_ours(self) -> bool {
        matches!(self, Layer::Generic | Layer::System)
    }
}

/// Crates that open files or sockets, or run async code. A name ending in `*` stands for all that begin so.
const WITH_IO: &[&str] = &[
    "actix*",
    "async-std",
    "axum*",
    "curl*",
    "deadpool*",
    "diesel*",
    "fs2",
    "fs4",
    "futures*",
    "hyper*",
    "libsqlite3-sys",
    "memmap*",
    "mio",
    "postgres*",
    "rdkafka*",
    "redis*",
    "reqwest*",
    "rusqlite*",
    "rustls*",
    "smol*",
    "socket2",
    "sqlx*",
    "tempfile",
    "tokio*",
    "tonic*",
    "tower*",
    "ureq*",
];

fn has_io(name: &str) -> bool {
    WITH_IO.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    })
}

/// A crate, and those it names outside its tests.
#[derive(Clone, Debug)]
pub struct Package {
    pub name: String,
    pub layer: Layer,
    pub names: BTreeSet<String>,
}

/// Every arrow that points the wrong way, as a sentence.
pub fn wrong(packages: &[Package]) -> Vec<String> {
    let by_name: BTreeMap<&str, &Package> = packages.iter().map(|package| (package.name.as_str(), package)).collect();
    let mut found = vec![];
    for package in packages.iter().filter(|package| package.layer != Layer::Outside) {
        for named in package.names.iter().filter_map(|name| by_name.get(name.as_str())) {
            let wrong = match named.layer {
                Layer::Outside => package.layer.only_ours(),
                ours => !package.layer.may_name(ours),
            };
            if wrong {
                found.push(format!("{} ({:?}) names {} ({:?})", package.name, package.layer, named.name, named.layer));
            }
        }
        if package.layer.pure() {
            let reached = reached(package, &by_name);
            let with_io = reached.iter().filter(|(name, _)| has_io(name));
            found.extend(with_io.map(|(name, by)| format!("{} reaches {name}, through {by}", package.name)));
        }
    }
    found
}

/// Everything a crate stands on, each with the crate that names it.
fn reached<'a>(package: &'a Package, by_name: &BTreeMap<&str, &'a Package>) -> BTreeMap<&'a str, &'a str> {
    let (mut found, mut next) = (BTreeMap::new(), vec![package]);
    while let Some(package) = next.pop() {
        for name in &package.names {
            if found.insert(name.as_str(), package.name.as_str()).is_none() {
                next.extend(by_name.get(name.as_str()));
            }
        }
    }
    found
}

/// From the JSON of `cargo metadata`, and where the repository stands. A crate in a folder without a layer is an error.
pub fn packages(metadata: &Value, root: &str) -> Result<Vec<Package>, String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let mut names = BTreeMap::new();
    let mut layers = BTreeMap::new();
    for package in list(&metadata["packages"]) {
        let (id, manifest) = (text(&package["id"]), text(&package["manifest_path"]));
        let folder =
            manifest.strip_suffix("/Cargo.toml").and_then(|f| f.strip_prefix(root)).map(|f| f.trim_start_matches('/'));
        let layer = match folder.filter(|_| package["source"].is_null()) {
            Some(folder) => Layer::of_folder(folder).ok_or(format!("{folder} has no layer"))?,
            None => Layer::Outside,
        };
        layers.insert(id.clone(), layer);
        names.insert(id, text(&package["name"]));
    }
    let beyond_tests = |dep: &Value| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
    let nodes = list(&metadata["resolve"]["nodes"]);
    Ok(nodes
        .iter()
        .map(|node| {
            let id = text(&node["id"]);
            let named =
                list(&node["deps"]).into_iter().filter(beyond_tests).map(|dep| names[&text(&dep["pkg"])].clone());
            Package { name: names[&id].clone(), layer: layers[&id], names: named.collect() }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, layer: Layer, names: &[&str]) -> Package {
        Package { name: name.into(), layer, names: names.iter().map(|name| name.to_string()).collect() }
    }

    fn sound() -> Vec<Package> {
        vec![
            package("kernel", Layer::Kernel, &["serde"]),
            package("runtime", Layer::Runtime, &["kernel", "lru"]),
            package("board", Layer::Board, &["kernel", "serde"]),
            package("payment", Layer::Generic, &["kernel"]),
            package("taxi", Layer::System, &["kernel", "payment"]),
            package("sqlite", Layer::Adapter, &["kernel", "runtime", "rusqlite"]),
            package("http", Layer::Adapter, &["kernel", "board", "runtime", "axum"]),
            package("nadul", Layer::Binary, &["kernel", "runtime", "sqlite", "http", "taxi"]),
            package("serde", Layer::Outside, &[]),
            package("lru", Layer::Outside, &[]),
            package("rusqlite", Layer::Outside, &[]),
            package("axum", Layer::Outside, &["tokio"]),
            package("tokio", Layer::Outside, &[]),
        ]
    }

    fn planted(name: &str, arrow: &str) -> Vec<String> {
        let mut packages = sound();
        packages.iter_mut().filter(|p| p.name == name).for_each(|p| {
            p.names.insert(arrow.into());
        });
        wrong(&packages)
    }

    #[test]
    fn sound_crates_have_no_wrong_arrow() {
        assert_eq!(wrong(&sound()), Vec::<String>::new());
    }

    #[test]
    fn a_planted_arrow_is_found() {
        for (from, to) in [
            ("kernel", "runtime"),
            ("kernel", "taxi"),
            ("kernel", "board"),
            ("board", "runtime"),
            ("runtime", "board"),
            ("runtime", "sqlite"),
            ("runtime", "taxi"),
            ("taxi", "runtime"),
            ("taxi", "sqlite"),
            ("payment", "taxi"),
            ("sqlite", "http"),
            ("http", "taxi"),
            ("sqlite", "nadul"),
        ] {
            assert!(planted(from, to).iter().any(|found| found.starts_with(from)), "{from} → {to} went unseen");
        }
    }

    #[test]
    fn a_system_names_nothing_from_elsewhere() {
        assert_eq!(planted("taxi", "serde"), ["taxi (System) names serde (Outside)"]);
    }

    #[test]
    fn io_is_found_behind_another_crate() {
        assert_eq!(planted("serde", "tokio")[0], "kernel reaches tokio, through serde");
        assert_eq!(planted("lru", "tokio"), ["runtime reaches tokio, through lru"]);
    }

    #[test]
    fn a_crate_in_an_unknown_folder_has_no_layer() {
        assert_eq!(Layer::of_folder("helpers"), None);
    }
}
