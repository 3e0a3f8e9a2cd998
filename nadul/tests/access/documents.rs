//! What the documents say of who may do what, where people sign in; in mode open they say what they always did.
use super::person::local;
use process::{Nadul, embedded_only};
use serde_json::{Value, json};

#[test]
fn the_document_says_who_may_do_what() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = local(&nadul);
    let document = server.get("/taxi/openapi.json").json();
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert_eq!(
        document["x-roles"].as_object().map(|roles| roles.keys().cloned().collect::<Vec<_>>()),
        Some(vec!["customer".into(), "driver".into(), "operator".into()])
    );
    let hail = &document["paths"]["/catches"]["post"];
    assert_eq!(hail["x-roles"], json!({"customer": "all"}));
    assert_eq!(hail["security"], json!([{"token": []}, {"session": []}]));
    assert!(hail["responses"]["401"].is_object() && hail["responses"]["429"].is_object(), "{hail}");
    let refused = &hail["responses"]["403"]["content"]["application/problem+json"]["examples"];
    assert!(refused["role-missing"].is_object() && refused["not-you"].is_object(), "{refused}");
    let required = &hail["requestBody"]["content"]["application/json"]["schema"]["required"];
    assert!(!required.as_array().is_some_and(|names| names.contains(&json!("customer"))), "{required}");
    assert_eq!(document["paths"]["/catches"]["get"]["x-roles"], json!({"customer": "own", "operator": "all"}));
    assert_eq!(
        document["paths"]["/pickUps"]["get"]["x-roles"],
        json!({"driver": "where they take part", "operator": "all"})
    );
    examples_are_there(&document, &document);
    assert!(server.get("/taxi/board").text.contains("customer: POST /catches"));
    server.stop();
}

/// Whatever is referred to stands in the document.
fn examples_are_there(document: &Value, part: &Value) {
    match part {
        Value::Object(fields) => {
            if let Some(path) = fields.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(path.trim_start_matches('#')).is_some(), "{path}");
            }
            fields.values().for_each(|part| examples_are_there(document, part));
        }
        Value::Array(parts) => parts.iter().for_each(|part| examples_are_there(document, part)),
        _ => {}
    }
}
