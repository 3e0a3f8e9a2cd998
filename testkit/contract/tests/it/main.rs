//! Two states of small contracts, and what is said of them.
mod answers;
mod context;
mod decided;
mod events;
mod operations;
mod requests;

use contract::Difference;
use serde_json::{Value, json};

/// Written in another way.
const SAME: &str = "harmless: something changed that makes no difference to its users";

/// A contract with one operation.
fn document(operation: Value) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/orders": {"post": operation}}})
}

fn asking(schema: Value) -> Value {
    document(json!({"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}))
}

fn answering(schema: Value) -> Value {
    document(json!({"responses": {"201": {"content": {"application/json": {"schema": schema}}}}}))
}

/// An object with these fields, of which these are needed.
fn object(fields: Value, needed: Value) -> Value {
    json!({"type": "object", "properties": fields, "required": needed})
}

fn said(differences: &[Difference]) -> Vec<String> {
    let mark = |one: &Difference| if one.breaks { "breaks" } else { "harmless" };
    differences.iter().map(|one| format!("{}: {}", mark(one), one.sentence)).collect()
}

/// What is said of a step, and of the step back.
#[track_caller]
fn both(before: &Value, after: &Value, forth: &[&str], back: &[&str]) {
    assert_eq!(said(&contract::openapi(before, after)), forth);
    assert_eq!(said(&contract::openapi(after, before)), back);
}
