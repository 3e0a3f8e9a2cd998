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
    let mut all = systems.as_array().into_iter().flatten();
    let bookstore = all.find(|system| system["name"] == "bookstore").expect("bookstore");
    assert_eq!(bookstore["topic"], "bookstore");
    let mut ports = bookstore["contexts"].as_array().expect("contexts").clone();
    ports.sort_by_key(|context| context["port"].as_u64());
    let expected =
        [("order", 8081), ("delivery", 8082), ("store", 8083), ("pay", 8084), ("message", 8085), ("orderview", 8090)];
    assert_eq!(ports, expected.map(|(name, port)| json!({ "name": name, "port": port })));
}

#[test]
fn each_context_owns_what_the_page_says() {
    let board = json_of(&["board", "bookstore", "--format", "json"]);
    let owns = |context: &str| {
        let column = board["columns"].as_array().into_iter().flatten().find(|column| column["context"] == context);
        column.expect("a column a context")["collections"].clone()
    };
    for (context, collections) in [
        ("order", json!(["orders"])),
        ("delivery", json!(["deliveries"])),
        ("store", json!(["books", "storeOrders", "topBooks"])),
        ("pay", json!(["payments"])),
        ("message", json!(["messages"])),
        ("orderview", json!(["orderStatuses"])),
    ] {
        assert_eq!(owns(context), collections, "{context}");
    }
}
