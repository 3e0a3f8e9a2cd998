//! What is wrong with the settings of a process of several is told, before anything is made.
use process::Nadul;

/// Brokers that only fruit's events go to.
const AT_FRUIT: [&str; 4] = ["--set", "kafka.bootstrap=127.0.0.1:1", "--set", "kafka.systems=fruit"];

#[test]
fn what_a_process_of_several_lacks_is_named_with_what_to_do() {
    let nadul = Nadul::new();
    assert_eq!(nadul.run(&["keys", "keys"]).code, Some(0));
    let keys = ["--set", "cluster.private_key=keys/nadul.pem", "--set", "cluster.public_keys=keys/public"];
    let with_keys = |words: &[&'static str]| [words, &keys[..]].concat();
    for (arguments, said) in [
        (vec!["serve"], "<SYSTEM/CONTEXT>"),
        (vec!["serve", "taxi/cach"], "taxi has no context cach; did you mean catch?"),
        (vec!["serve", "taxi/catch", "fruit/order"], "taxi and fruit are two systems: give each a process of its own"),
        (vec!["serve", "taxi/catch"], "make a pair with nadul keys FOLDER"),
        (
            vec!["serve", "taxi/catch", "--set", "cluster.private_key=no.pem", "--set", "cluster.public_keys=no"],
            "no.pem",
        ),
        (with_keys(&["serve", "taxi/catch", "--set", "cluster.look_ms=0"]), "cluster.look_ms"),
        (with_keys(&["serve", "taxi/catch", "--set", "cluster.feed=redis"]), "cluster.feed"),
        (
            vec!["serve", "taxi/catch", "--set", "cluster.feed=kafka"],
            "cluster.feed is kafka, and kafka.bootstrap is not set",
        ),
        (
            with_keys(&["serve", "taxi/catch", "--set", "cluster.feed=kafka", "--set", "access.mode=local"]),
            "a topic does not tell whose a request is",
        ),
        (
            [&["serve", "taxi/catch", "--set", "cluster.feed=kafka"], &AT_FRUIT[..]].concat(),
            "cluster.feed is kafka, and kafka.systems leaves taxi out",
        ),
        (
            [&["run", "taxi", "--set", "cluster.feed=kafka"], &AT_FRUIT[..]].concat(),
            "the contexts of one process hear each other in place",
        ),
        (
            vec!["serve", "taxi/catch", "--set", "cluster.address=0.0.0.0"],
            "set cluster.url to the address of this machine",
        ),
        (
            vec!["serve", "taxi/catch", "--set", "cluster.url=10.0.0.7"],
            "cluster.url: \"10.0.0.7\" is no address of a process",
        ),
        (vec!["gateway", "taxi", "--set", "cluster.seeds=http://a:1, b:2"], "cluster.seeds: \"b:2\" is no address"),
        (vec!["status", "taxi", "--set", "cluster.seeds=https://a:1"], "write it as http://HOST:PORT"),
        (
            with_keys(&["serve", "taxi/catch", "--set", "memory.contexts=taxi/mypage,taxi/catch"]),
            "memory.contexts: taxi/catch publishes events, which would be lost with its process",
        ),
        (
            with_keys(&["serve", "taxi/message", "--set", "memory.contexts=taxi/mesage"]),
            "memory.contexts: taxi has no context mesage; did you mean message?",
        ),
        (vec!["run", "taxi", "--set", "memory.contexts=taxi/mypage"], "memory.contexts: nadul run keeps every context"),
        (
            vec!["status", "taxi", "--set", "cluster.seeds=http://a:1", "--set", "cluster.root_certificate=root.pem"],
            "cluster.seeds: \"http://a:1\" is no address of a process that is asked under TLS",
        ),
        (vec!["gateway", "taxi"], "cluster.seeds is not set"),
        (vec!["status", "taxi"], "cluster.seeds is not set"),
    ] {
        let output = nadul.run(&arguments);
        assert!(output.code == Some(2) && output.err.contains(said), "{arguments:?}: {output:?}");
    }
    let nobody = nadul.run(&with_keys(&["status", "taxi", "--set", "cluster.seeds=http://127.0.0.1:1"]));
    assert!(nobody.code == Some(1) && nobody.err.contains("no process has answered"), "{nobody:?}");
    assert!(nobody.out.contains("taxi/catch"), "{nobody:?}");
}

/// Nothing is opened by a process that nobody would believe.
#[test]
fn a_process_whose_key_or_certificate_is_for_others_does_not_start() {
    let nadul = Nadul::new();
    let keys = |arguments: &[&str]| assert_eq!(nadul.run(&[&["keys"], arguments].concat()).code, Some(0));
    keys(&["keys", "--name", "catch.2026-11", "--tls", "stay"]);
    std::fs::write(nadul.path().join("keys/empty.pem"), "").expect("a file");
    let serve = |context: &str, set: &[&str]| {
        let set = [&["private_key=keys/catch.2026-11.pem", "public_keys=keys/public"], set].concat();
        let set: Vec<String> = set.iter().flat_map(|set| ["--set".to_string(), format!("cluster.{set}")]).collect();
        let path = format!("taxi/{context}");
        let arguments = ["serve", &path].into_iter().chain(set.iter().map(String::as_str));
        nadul.run(&arguments.collect::<Vec<_>>())
    };
    let tls = |root| [root, "certificate=keys/certificate.pem", "certificate_key=keys/certificate-key.pem"];
    let whole = tls("root_certificate=keys/root-certificate.pem");
    for (output, said) in [
        (serve("pickup", &[]), "does not speak for pickup: a key speaks for the contexts in its file's name"),
        (serve("catch", &whole[..2]), "cluster.root_certificate is set and cluster.certificate_key is not"),
        (serve("catch", &whole[1..]), "cluster.certificate is set and cluster.root_certificate is not"),
        (serve("catch", &whole), "keys/certificate.pem: it is no certificate for the name catch.taxi.nadul"),
        (serve("catch", &tls("root_certificate=keys/empty.pem")), "keys/"),
        (serve("catch", &[whole[0], whole[1], "certificate_key=keys/catch.2026-11.pem"]), "keys/certificate.pem"),
    ] {
        assert!(output.code == Some(2) && output.err.contains(said), "{said}: {output:?}");
    }
    assert!(!nadul.path().join("nadul").exists(), "a data folder was made");
}

#[test]
fn a_pair_of_keys_is_never_replaced() {
    let nadul = Nadul::new();
    assert_eq!(nadul.run(&["keys", "keys"]).code, Some(0));
    let key = std::fs::read(nadul.path().join("keys/nadul.pem")).expect("a key");
    let again = nadul.run(&["keys", "keys"]);
    assert!(again.code == Some(2) && again.err.contains("keys/nadul.pem"), "{again:?}");
    assert_eq!(std::fs::read(nadul.path().join("keys/nadul.pem")).expect("a key"), key);
}

/// The files of `docs/cluster` are settings that are taken.
#[test]
fn the_example_files_can_be_read() {
    let nadul = Nadul::new();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/cluster");
    for name in ["system.toml", "gateway.toml", "mixed.toml"] {
        let file = folder.join(name);
        let output = nadul.run(&["settings", "cluster", "--config", &file.to_string_lossy()]);
        assert!(output.code == Some(0) && output.out.contains(name), "{output:?}");
    }
}
