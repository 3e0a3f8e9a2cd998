//! What describes the system: the index, both documents, the board, the page that browses.
use crate::test_server::taxi_alone;
use http_edge::settings::HttpSettings;
use kernel::Settings;
use serde_json::Value;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn the_api_is_described_as_it_is() {
    let server = taxi_alone().await;
    let document = server.gateway.get("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths: BTreeSet<&str> = document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    let expected = ["/catchReqLists", "/catches", "/messages", "/myPages", "/payments", "/pickUps"];
    assert_eq!(
        paths,
        expected
            .iter()
            .flat_map(|path| [path.to_string(), format!("{path}/{{id}}")])
            .map(|path| &*path.leak())
            .collect()
    );
    let post = &document["paths"]["/catches"]["post"];
    let statuses: Vec<&String> = post["responses"].as_object().expect("some").keys().collect();
    assert_eq!(statuses, ["201", "400", "402", "404", "408", "409", "413", "415", "422", "503"]);
    let form = &post["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(form["properties"]["price"]["anyOf"][0]["minimum"], 1);
    references(&document, &document);
    let own = server.own("pickup").get("/openapi.json").await.json();
    assert!(own["paths"].get("/catches").is_none() && own["paths"].get("/pickUps").is_some());
    assert_eq!(server.gateway.get("/taxi/openapi.json").await.json()["servers"][0]["url"], "/taxi");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_tells_the_ports_that_are_open() {
    let server = taxi_alone().await;
    let index = server.gateway.get("/").await.json();
    let response = index["systems"][0]["contexts"].as_array().expect("contexts");
    let response: Vec<(&str, u64)> =
        response.iter().filter_map(|context| Some((context["name"].as_str()?, context["port"].as_u64()?))).collect();
    let open = server.serving.contexts.iter().map(|(name, at)| (*name, u64::from(at.port())));
    assert_eq!(response, open.collect::<Vec<_>>());
    assert_eq!(response.len(), 5);
}

/// Every reference leads somewhere.
fn references(root: &Value, at: &Value) {
    if let Some(path) = at["$ref"].as_str() {
        let pointer = path.strip_prefix('#').expect("in this document");
        assert!(root.pointer(pointer).is_some(), "{path}");
    }
    let inside =
        at.as_object().into_iter().flat_map(|fields| fields.values()).chain(at.as_array().into_iter().flatten());
    inside.for_each(|value| references(root, value));
}

#[test]
fn every_system_is_described_soundly() {
    let defaults = Settings::defaults;
    let systems = [
        bookstore::system(&defaults(bookstore::SETTINGS)),
        call_taxi::system(&defaults(call_taxi::SETTINGS)),
        fruit::system(&defaults(fruit::SETTINGS)),
        stay::system(&defaults(stay::SETTINGS)),
        taxi::system(&defaults(taxi::SETTINGS)),
    ];
    for system in &systems {
        let document = http_edge::openapi_document(system, "", None, &HttpSettings::default());
        let operations: Vec<&Value> = document["paths"]
            .as_object()
            .expect("paths")
            .values()
            .flat_map(|item| item.as_object().expect("some").values())
            .collect();
        let names: BTreeSet<&str> =
            operations.iter().filter_map(|operation| operation["operationId"].as_str()).collect();
        assert_eq!(names.len(), operations.len(), "{}", system.name);
        for at in [&document, &http_edge::asyncapi_document(system)] {
            references(at, at);
            each_once(at);
        }
    }
}

/// What is required is named once.
fn each_once(at: &Value) {
    if let Some(names) = at["required"].as_array() {
        let once: BTreeSet<&str> = names.iter().filter_map(Value::as_str).collect();
        assert_eq!(once.len(), names.len(), "{names:?}");
    }
    let inside =
        at.as_object().into_iter().flat_map(|fields| fields.values()).chain(at.as_array().into_iter().flatten());
    inside.for_each(each_once);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_are_described_as_they_are() {
    let server = taxi_alone().await;
    let document = server.gateway.get("/asyncapi.json").await.json();
    assert_eq!(document["asyncapi"], "3.0.0");
    let messages = document["components"]["messages"].as_object().expect("some");
    let names: Vec<&String> = messages.keys().collect();
    let expected = [
        "CatchCancelled",
        "CatchRequested",
        "PaymentApproved",
        "PaymentCancelled",
        "PickupAssigned",
        "PickupCancelled",
    ];
    assert_eq!(names, expected);
    let payload = &messages["CatchRequested"]["payload"];
    for field in ["eventId", "eventType", "timestamp", "correlationId", "source", "position", "id", "price", "customer"]
    {
        assert!(payload["properties"].get(field).is_some(), "{field}");
        assert!(payload["required"].as_array().expect("some").contains(&field.into()), "{field}");
    }
    references(&document, &document);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_and_programs_find_their_way() {
    let server = taxi_alone().await;
    let index = server.gateway.get("/").await.json();
    assert_eq!(index["systems"][0]["name"], "taxi");
    let html = ("accept", "text/html");
    assert!(server.gateway.request("GET", "/", &[html], "").await.text.contains("<code>POST /catches</code>"));
    for (accept, starts) in [
        ("text/plain", "taxi (topic"),
        ("text/vnd.mermaid", "flowchart"),
        ("application/json", "{"),
        ("text/html", "<!doctype"),
    ] {
        let board = server.gateway.request("GET", "/board", &[("accept", accept)], "").await;
        assert!(board.text.starts_with(starts), "{accept}: {board:?}");
    }
    let docs = server.gateway.get("/docs").await;
    let page = server.gateway.get(docs.header("location")).await;
    assert!(page.text.contains("swagger-ui"), "{page:?}");
    for file in ["swagger-ui-bundle.js", "swagger-ui.css", "swagger-initializer.js"] {
        let response = server.gateway.get(&format!("/docs/{file}")).await;
        assert_eq!(response.status, 200, "{file}");
    }
    let start = server.gateway.get("/docs/swagger-initializer.js").await.text;
    assert!(start.contains("/openapi.json"), "{start}");
}
