//! Paths, methods and parameters; and what is only said to people.
use crate::{SAME, both, document};
use serde_json::{Value, json};

fn with(parameters: Value) -> Value {
    document(json!({"parameters": parameters, "responses": {}}))
}

fn sort(required: bool, schema: Value) -> Value {
    with(json!([{"name": "sort", "in": "query", "required": required, "schema": schema}]))
}

#[test]
fn an_operation_may_come_and_not_go() {
    let some = document(json!({"responses": {}}));
    let none = json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}});
    both(&some, &none, &["breaks: POST /orders is gone"], &["harmless: POST /orders is new"]);
}

#[test]
fn an_operation_keeps_the_name_that_generated_clients_call() {
    let named = |name: &str| document(json!({"operationId": name, "responses": {}}));
    let other = "breaks: POST /orders: its operationId, by which generated clients call it, changed";
    both(&named("a"), &named("b"), &[other], &[other]);
}

#[test]
fn a_parameter_may_come_but_not_be_demanded_and_not_go() {
    let text = || json!({"type": "string"});
    let gone = "breaks: POST /orders: query parameter `sort` is gone";
    both(&with(json!([])), &sort(false, text()), &["harmless: POST /orders: query parameter `sort` is new"], &[gone]);
    let needed = "breaks: POST /orders: query parameter `sort` is new and required";
    both(&with(json!([])), &sort(true, text()), &[needed], &[gone]);
    let more = "breaks: POST /orders: query parameter `sort` is required now";
    let less = "harmless: POST /orders: query parameter `sort` need not be sent any more";
    both(&sort(false, text()), &sort(true, text()), &[more], &[less]);
}

#[test]
fn a_parameter_is_something_that_is_sent() {
    let lost = "breaks: POST /orders: query parameter `sort` lost the word `price`: it is not taken any more";
    let new = "harmless: POST /orders: query parameter `sort` has a new word: `price`";
    both(&sort(false, json!({"enum": ["id", "price"]})), &sort(false, json!({"enum": ["id"]})), &[lost], &[new]);
}

#[test]
fn a_parameter_of_many_operations_is_followed_to_where_it_stands_and_named_once() {
    let shared = |least: u8| {
        let mut document = with(json!([{"$ref": "#/components/parameters/Page"}]));
        let page = json!({"name": "page", "in": "query", "schema": {"type": "integer", "minimum": least}});
        document["components"]["parameters"]["Page"] = page;
        document
    };
    let tighter = "breaks: query parameter `page`: `minimum` was 0 and is 1";
    let looser = "harmless: query parameter `page`: `minimum` was 1 and is 0";
    both(&shared(0), &shared(1), &[tighter], &[looser]);
}

#[test]
fn a_body_may_come_but_not_be_demanded_and_not_go() {
    let body =
        |required: bool| document(json!({"requestBody": {"required": required, "content": {}}, "responses": {}}));
    let none = document(json!({"responses": {}}));
    let gone = "breaks: POST /orders: the request is not read any more";
    both(&none, &body(false), &["harmless: POST /orders: the request may have a body now"], &[gone]);
    both(&none, &body(true), &["breaks: POST /orders: the request may have a body now"], &[gone]);
    let less = "harmless: POST /orders: the request need not be sent any more";
    both(&body(false), &body(true), &["breaks: POST /orders: the request is required now"], &[less]);
    let typed = |kind: &str| document(json!({"requestBody": {"content": {kind: {}}}, "responses": {}}));
    let gone = |kind: &str| format!("breaks: POST /orders: the request is not taken as {kind} any more");
    let new = |kind: &str| format!("harmless: POST /orders: the request is taken as {kind} too");
    both(&typed("a/b"), &typed("c/d"), &[&gone("a/b"), &new("c/d")], &[&gone("c/d"), &new("a/b")]);
}

#[test]
fn words_for_people_promise_nothing() {
    let about = |text: &str| document(json!({"summary": text, "responses": {"201": {"description": text}}}));
    let said = [
        "harmless: POST /orders: its summary for people changed",
        "harmless: POST /orders: the answer: its description for people changed",
    ];
    both(&about("a"), &about("b"), &said, &said);
    let named = |text: &str| json!({"openapi": "3.1.0", "info": {"title": text}, "paths": {}});
    let said = ["harmless: the document's `info` changed"];
    both(&named("a"), &named("b"), &said, &said);
}

#[test]
fn what_nobody_here_can_judge_counts_as_a_break() {
    let secured = |scheme: Value| document(json!({"security": scheme, "responses": {}}));
    let said = ["breaks: POST /orders: `security` changed in a way that can't be judged"];
    both(&secured(json!([])), &secured(json!([{"key": []}])), &said, &said);
    let at = |path: &str| json!({"openapi": "3.1.0", "servers": [{"url": path}], "paths": {}});
    let said = ["breaks: the paths stand at another address: `servers` changed"];
    both(&at("/"), &at("/v2"), &said, &said);
}

#[test]
fn no_difference_goes_unsaid() {
    let spare =
        |text: &str| json!({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Spare": {"const": text}}}});
    let said = [SAME];
    both(&spare("a"), &spare("b"), &said, &said);
}
