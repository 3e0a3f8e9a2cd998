//! A context's document: the operations with its tag, what they refer to, and nothing of its neighbours.
use contract::of_context;
use serde_json::{Value, json};

fn system() -> Value {
    json!({
        "openapi": "3.1.0", "info": { "title": "fruit" }, "tags": [{ "name": "order" }, { "name": "payment" }],
        "paths": {
            "/orders": { "parameters": [], "post": { "tags": ["order"], "responses": { "$ref": "#/components/schemas/Order" } } },
            "/payments": { "get": { "tags": ["payment"], "responses": [{ "$ref": "#/components/schemas/Payment" }] } },
        },
        "components": {
            "schemas": { "Order": { "of": { "$ref": "#/components/schemas/Money" } }, "Money": {}, "Payment": {} },
            "examples": { "declined": {} },
            "headers": { "Location": {} },
        },
    })
}

#[test]
fn a_context_keeps_its_operations_and_all_that_they_refer_to() {
    let order = of_context(&system(), "order");
    let mut expected = system();
    expected["tags"] = json!([{ "name": "order" }]);
    expected["paths"].as_object_mut().expect("paths").remove("/payments");
    expected["components"]["schemas"].as_object_mut().expect("schemas").remove("Payment");
    expected["components"]["examples"] = json!({});
    assert_eq!(order, expected);
}

#[test]
fn a_context_without_operations_keeps_none() {
    let nobody = of_context(&system(), "mypage");
    assert_eq!((&nobody["paths"], &nobody["components"]["schemas"]), (&json!({}), &json!({})));
    assert_eq!(nobody["components"]["headers"], system()["components"]["headers"]);
}
