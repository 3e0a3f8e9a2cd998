//! Which contexts there are, on which ports, and what each of them owns or shows.
use process::Nadul;
use serde_json::{Value, json};

fn json_of(arguments: &[&str]) -> Value {
    let said = Nadul::new().run(arguments);
    assert_eq!(said.code, Some(0), "{said:?}");
    serde_json::from_str(&said.out).expect("JSON")
}

#[test]
fn each_context_has_the_port_of_the_page() {
    let systems = json_of(&["systems", "--json"]);
    let stay = systems.as_array().into_iter().flatten().find(|system| system["name"] == "stay").expect("stay");
    assert_eq!(stay["topic"], "airbnb");
    let mut ports = stay["contexts"].as_array().expect("contexts").clone();
    ports.sort_by_key(|context| context["port"].as_u64());
    let names = ["payment", "room", "reservation", "message", "viewpage", "rentcar"];
    let expected: Vec<Value> =
        names.iter().zip(8081..).map(|(name, port)| json!({ "name": name, "port": port })).collect();
    assert_eq!(ports, expected);
}

#[test]
fn each_context_owns_what_the_page_says() {
    let board = json_of(&["board", "stay", "--format", "json"]);
    let owns = |context: &str| {
        let column = board["columns"].as_array().into_iter().flatten().find(|column| column["context"] == context);
        column.expect("a column a context")["collections"].clone()
    };
    for (context, collections) in [
        ("payment", json!(["payments"])),
        ("room", json!(["rooms", "reviews"])),
        ("reservation", json!(["reservations"])),
        ("message", json!(["messages"])),
        ("viewpage", json!(["roomviews"])),
        ("rentcar", json!(["rentcars"])),
    ] {
        assert_eq!(owns(context), collections, "{context}");
    }
}
