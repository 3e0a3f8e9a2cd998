//! Bench: users of every system, where nobody signs in and where everybody has to; none of them is refused.
use process::{Nadul, embedded_only};
use serde_json::Value;

fn measured(more: &[&str]) -> Vec<Value> {
    let few = ["bench", "all", "--users", "3", "--seconds", "1", "--warm-up", "0", "--count", "20", "--json"];
    let said = Nadul::new().run(&[&few, more].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    report["figures"].as_array().expect("figures").clone()
}

#[test]
fn users_of_every_system_are_served_signed_in_or_not() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    for more in [[].as_slice(), &["--signed-in"]] {
        let figures = measured(more);
        let of = |name: &str| figures.iter().filter(|figure| figure["name"] == name).collect::<Vec<_>>();
        assert!(of("failed").iter().all(|figure| figure["value"] == 0.0), "{more:?}: {figures:?}");
        let served = of("requests").iter().filter(|figure| !figure["under"].to_string().contains("ceiling")).count();
        assert!(served > 0 && of("requests").iter().all(|figure| figure["value"].as_f64() > Some(0.0)), "{figures:?}");
    }
}
