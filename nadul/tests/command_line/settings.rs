//! Settings: who wins, and what is said of each mistake.
use process::{CommandOutput, Nadul};
use serde_json::Value;

const FILE: &str = "[taxi]\npayment_timeout_ms = 700\n";

/// The value and source of taxi.payment_timeout_ms.
fn timeout(said: &CommandOutput) -> (String, String) {
    let all: Vec<Value> = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("JSON expected: {said:?}"));
    let one = all.iter().find(|s| s["name"] == "payment_timeout_ms").expect("the setting is shown");
    let text = |name: &str| one[name].as_str().unwrap_or_default().to_string();
    (text("value"), text("source"))
}

fn pair(value: &str, source: &str) -> (String, String) {
    (value.into(), source.into())
}

#[test]
fn each_source_wins_over_those_before_it() {
    let nadul = Nadul::new();
    let show = ["settings", "taxi", "--json"];
    assert_eq!(timeout(&nadul.run(&show)), pair("610", "default"));
    nadul.file("nadul.toml", FILE);
    assert_eq!(timeout(&nadul.run(&show)), pair("700", "nadul.toml:2"));
    let environment = [("NADUL_TAXI_PAYMENT_TIMEOUT_MS", "800")];
    let variable = "environment NADUL_TAXI_PAYMENT_TIMEOUT_MS";
    assert_eq!(timeout(&nadul.run_with(&environment, &show)), pair("800", variable));
    let set = [&show[..], &["--set", "taxi.payment_timeout_ms=900"]].concat();
    assert_eq!(timeout(&nadul.run_with(&environment, &set)), pair("900", "--set"));
}

#[test]
fn a_named_file_is_read_instead_of_the_usual_one_and_has_to_be_there() {
    let nadul = Nadul::new();
    nadul.file("nadul.toml", FILE).file("other.toml", "[taxi]\nhold_timeout_ms = 99\n");
    let said = nadul.run(&["settings", "taxi", "--json", "--config", "other.toml"]);
    assert_eq!(timeout(&said), pair("610", "default"));
    let said = nadul.run(&["settings", "--config", "gone.toml"]);
    assert_eq!(said.code, Some(2));
    assert_eq!(said.err, "nadul: gone.toml: can't be read: No such file or directory (os error 2)\n");
}

#[test]
fn the_table_names_value_unit_source_and_meaning() {
    let said = Nadul::new().run(&["settings", "taxi"]);
    let line = "payment_timeout_ms  610    milliseconds  default  How long the call that holds the money may take.";
    assert!(said.out.lines().any(|known| known == line), "{}", said.out);
    assert!(!said.out.contains("[runtime]"), "{}", said.out);
}

/// Each mistake, and all that is said of it.
#[test]
fn a_mistake_on_the_command_line_is_named_with_what_is_meant() {
    let nadul = Nadul::new();
    for (set, fault) in [
        (
            "taxi.payment_timeout=4",
            "there is no setting taxi.payment_timeout; did you mean taxi.payment_timeout_ms? (all there are: nadul settings taxi)",
        ),
        (
            "taxi.queue_max=4",
            "there is no setting taxi.queue_max; did you mean runtime.queue_max? (all there are: nadul settings taxi)",
        ),
        ("taxi.payment_timeout_ms=5", "taxi.payment_timeout_ms must be a whole number from 10 to 60000, not \"5\""),
        (
            "taxi.payment_timeout_ms=soon",
            "taxi.payment_timeout_ms must be a whole number from 10 to 60000, not \"soon\"",
        ),
        ("log.format=xml", "log.format must be one of text, json, not \"xml\""),
        ("runtime", "--set runtime: write it as group.name=value, such as runtime.drain_ms=5000"),
    ] {
        let said = nadul.run(&["settings", "--set", set]);
        assert_eq!(said.code, Some(2), "{set}");
        assert!(said.err.starts_with("nadul: --set") && said.err.trim_end().ends_with(fault), "{set}: {}", said.err);
    }
    let said = nadul.run(&["settings", "--set", "taix.payment_timeout_ms=50"]);
    assert!(said.err.contains("there is no group taix; did you mean taxi? (groups: runtime,"), "{}", said.err);
}

#[test]
fn a_mistake_in_the_environment_is_named_with_its_variable() {
    let nadul = Nadul::new();
    let said = nadul.run_with(&[("NADUL_TAXI_PAYMENT_TIMEOT_MS", "80")], &["settings"]);
    let fault = "environment NADUL_TAXI_PAYMENT_TIMEOT_MS: there is no such setting; did you mean NADUL_TAXI_PAYMENT_TIMEOUT_MS?";
    assert_eq!(said.err, format!("nadul: {fault}\n"));
    let said = nadul.run_with(&[("NADUL_TAXI_HOLD_TIMEOUT_MS", "0")], &["settings"]);
    let fault = "environment NADUL_TAXI_HOLD_TIMEOUT_MS: taxi.hold_timeout_ms must be a whole number from 10 to 60000, not \"0\"";
    assert_eq!(said.err, format!("nadul: {fault}\n"));
}

#[test]
fn a_value_controls_no_terminal_whether_it_is_refused_or_shown() {
    let nadul = Nadul::new();
    let said = nadul.run(&["settings", "--set", "log.level=\u{9b}2J\u{202e}"]);
    assert!(said.err.ends_with("not \"\\u{9b}2J\\u{202e}\"\n"), "{said:?}");
    let said = nadul.run(&["settings", "stay", "--set", "stay.city_name=Seoul\u{9b}2J\n\u{202e}x"]);
    assert!(said.code == Some(0) && said.out.contains("Seoul\\u{9b}2J\\n\\u{202e}x"), "{said:?}");
}

#[test]
fn what_a_cluster_says_of_its_services_is_no_setting() {
    let said = Nadul::new().run_with(
        &[
            ("NADUL_SERVICE_HOST", "10.0.0.1"),
            ("NADUL_PORT", "tcp://10.0.0.1:8088"),
            ("NADUL_TAXI_SERVICE_HOST", "10.0.0.1"),
            ("NADUL_TAXI_SERVICE_PORT_HTTP", "8088"),
            ("NADUL_TAXI_PORT_8088_TCP_ADDR", "10.0.0.1"),
            ("NADUL_HTTP_GATEWAY_PORT", "tcp://10.0.0.1:8088"),
        ],
        &["settings"],
    );
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
}

const WRONG: &str = "[taxi]
payment_timeout_ms = \"fast\"

[runtme]
[runtime]
queue_max = 0
drainms = 4
[log]
level = 3
";

const FAULTS: &str = "nadul: 5 settings can't be used:
  nadul.toml:2: taxi.payment_timeout_ms must be a whole number from 10 to 60000, not \"fast\"
  nadul.toml:4: there is no group runtme; did you mean runtime? (groups: GROUPS)
  nadul.toml:6: runtime.queue_max must be a whole number from 1 to 1000000, not \"0\"
  nadul.toml:7: there is no setting runtime.drainms; did you mean runtime.drain_ms? (all there are: nadul settings runtime)
  nadul.toml:9: log.level must be one of \"error\", \"warn\", \"info\", \"debug\", \"trace\", in quotes, not 3
";

#[test]
fn every_mistake_in_a_file_is_told_at_once_with_its_line() {
    let nadul = Nadul::new();
    let said = nadul.file("nadul.toml", WRONG).run(&["settings"]);
    let groups = said.err.split("(groups: ").nth(1).and_then(|rest| rest.split(')').next()).unwrap_or_default();
    assert_eq!(said.err, FAULTS.replace("GROUPS", groups));
    assert!(groups.contains("runtime") && groups.contains("taxi"), "{groups}");
}

#[test]
fn a_file_that_is_no_toml_and_a_value_outside_any_group_are_named_with_their_line() {
    let nadul = Nadul::new();
    let said = nadul.file("nadul.toml", "[taxi]\npayment_timeout_ms =\n").run(&["settings"]);
    assert!(said.err.starts_with("nadul: nadul.toml:2: "), "{}", said.err);
    let said = nadul.file("nadul.toml", "\nport = 3\n").run(&["settings"]);
    let fault = "nadul.toml:2: port stands outside any group; write it below the name of its group, such as [runtime]";
    assert_eq!(said.err, format!("nadul: {fault}\n"));
}
