//! Where to go next, printed when everything is open.
use crate::folder::Folder;
use kernel::schemars::SchemaGenerator;
use kernel::{Method, Name, Route, Success, System};
use serde_json::{Map, Value};
use std::net::SocketAddr;

/// `own`: where contexts listen beside the gateway.
pub fn text(systems: &[&System], url: &str, own: &[(Name, SocketAddr)], folder: &Folder) -> String {
    let mut text = format!("nadul runs on {url} (data in {})\n\n", folder.path().display());
    let width = systems.iter().map(|system| system.name.len()).max().unwrap_or(0);
    for system in systems {
        text += &format!("  {:<width$}  {url}/{}  {}\n", system.name, system.name, system.about);
    }
    let ports: Vec<String> = own.iter().map(|(name, at)| format!("{name} {}", at.port())).collect();
    if !ports.is_empty() {
        text += &format!("\nContexts on their own ports: {}\n", ports.join(" · "));
    }
    let line = systems.iter().find_map(|system| curl(system, url));
    text += &line.map_or(String::new(), |line| format!("\nTry:\n  {line}\n"));
    let first = systems.first().map_or("", |system| system.name);
    text + &format!("\nAnd then: nadul log {first} --follow · nadul board {first} · Ctrl-C stops.\n")
}

/// The first thing a customer of the system would send, made from its form.
fn curl(system: &System, url: &str) -> Option<String> {
    let routes = || system.contexts.iter().flat_map(|context| &context.routes);
    let creates = |route: &&Route| route.method == Method::Post && route.success == Success::Created;
    let sagas = |route: &&Route| matches!(route.action, kernel::RouteAction::Starts { .. });
    let route = routes().filter(creates).find(sagas).or_else(|| routes().find(creates))?;
    let body = Value::Object(example(route)).to_string().replace('\'', "");
    Some(format!("curl {url}/{}{} -H 'content-type: application/json' -d '{body}'", system.name, route.path))
}

fn example(route: &Route) -> Map<String, Value> {
    let mut generator = SchemaGenerator::default();
    let named = (route.form.schema)(&mut generator);
    let definition = named.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let definition = definition.and_then(|name| generator.definitions().get(name));
    let schema = definition.unwrap_or(named.as_value());
    let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let asked = fields.into_iter().filter(|(name, _)| required.contains(&Value::from(name.as_str())));
    asked.map(|(name, field)| (name.clone(), value(&name, &field))).collect()
}

fn value(name: &str, field: &Value) -> Value {
    let kind = |field: &Value| field.get("type").and_then(Value::as_str).map(str::to_string);
    let first = field.get("anyOf").and_then(|all| all.get(0)).and_then(kind);
    match kind(field).or(first).as_deref() {
        Some("integer") => Value::from(if ["price", "amount"].contains(&name) { 9000 } else { 1 }),
        Some("number") => Value::from(1.5),
        Some("boolean") => Value::from(true),
        _ => Value::from(name),
    }
}
