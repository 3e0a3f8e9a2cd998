//! What is wrong with the settings is told before anything is made, and no password is.
use process::Nadul;

#[test]
fn what_is_wrong_with_the_settings_of_kafka_is_told() {
    let nadul = Nadul::new();
    let (at, user) = ("kafka.bootstrap=127.0.0.1:1", "kafka.username=mina");
    let (signs_in, password) = ("kafka.security=sasl_plaintext", "kafka.password=s3cret");
    for (set, said) in [
        (vec!["kafka.bootstrap=kafka"], "kafka.bootstrap: \"kafka\" is not like host:port"),
        (vec!["kafka.bootstrap=kafka://db:9092"], "kafka.bootstrap: \"kafka://db:9092\" is not like host:port"),
        (vec![at, "kafka.systems=taix"], "kafka.systems: there is no system taix; did you mean taxi?"),
        (vec![at, signs_in, user], "kafka.security is sasl_plaintext, and the username or the password is not set"),
        (vec![at, user, password], "kafka.security is plaintext, which signs nobody in"),
        (
            vec![at, signs_in, user, password, "kafka.password_file=x"],
            "kafka.password and kafka.password_file are both",
        ),
        (vec![at, signs_in, user, "kafka.password_file=/nowhere"], "kafka.password_file /nowhere can't be read"),
        (
            vec![at, "kafka.security=ssl", "kafka.root_certificate=/nowhere.pem"],
            "kafka.root_certificate /nowhere.pem can't",
        ),
        (vec![at, "kafka.security=tls"], "kafka.security"),
        (vec!["kafka.min_insync_replicas=2"], "kafka.min_insync_replicas must not be more than kafka.replication"),
    ] {
        let set: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
        let free = ["run", "taxi", "--data", "data", "--set", "http.gateway_port=0", "--set", "http.context_ports=off"];
        let output = nadul.run(&[&free, &set[..]].concat());
        assert!(output.code == Some(2) && output.err.contains(said), "{set:?}: {output:?}");
        assert!(!output.err.contains("s3cret") && !output.out.contains("s3cret"), "{output:?}");
        assert!(!nadul.path().join("data").exists(), "{set:?}: something was made");
    }
    let shown = nadul.run_with(&[("NADUL_KAFKA_PASSWORD", "s3cret")], &["settings", "kafka"]);
    assert!(shown.out.contains("***") && !shown.out.contains("s3cret"), "{shown:?}");
}
