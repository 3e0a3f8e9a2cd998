//! Operations: what each path answers to each method.
use crate::documents::openapi::reasons::of_route;
use crate::documents::openapi::responses::{problems, with_headers};
use crate::documents::openapi::{form, parameters, schema};
use crate::negotiate::media_type::{EVENTS, HAL, JSON};
use crate::problem::reasons;
use crate::settings::HttpSettings;
use kernel::{Collection, Context, Method, PathTemplate, RefusalReason, Route, Success, System};
use serde_json::{Map, Value, json};

pub(super) fn add(paths: &mut Map<String, Value>, system: &System, context: &Context, settings: &HttpSettings) {
    for collection in context.readable() {
        let (rows, row) = (PathTemplate::collection(collection.name), PathTemplate::row(collection.name));
        put(paths, &row.to_string(), "get", one(context, collection));
        put(paths, &rows.to_string(), "get", list(context, collection, settings));
    }
    for route in &context.routes {
        let (path, method) = operation_of(route);
        put(paths, &path, &method, command(system, context, route, settings));
    }
}

fn put(paths: &mut Map<String, Value>, path: &str, method: &str, operation: Value) {
    let item = paths.entry(path).or_insert_with(|| json!({}));
    item[method] = operation;
}

/// One name for the parameter, as two paths may not differ in it alone.
fn path(route: &Route) -> String {
    route.template.shape().to_string()
}

/// Where the document has a route: its path and its method.
pub(super) fn operation_of(route: &Route) -> (String, String) {
    (path(route), route.method.to_string().to_lowercase())
}

/// `POST /calls/cancel` → `postCallsCancel`.
fn operation_id(method: Method, path: &str) -> String {
    let words = path.split(['/', '{', '}']).filter(|word| !word.is_empty());
    method.to_string().to_lowercase() + &words.map(schema::name).collect::<String>()
}

fn reading() -> [&'static RefusalReason; 3] {
    [&reasons::UNAVAILABLE, &reasons::TOO_SLOW, &reasons::OVERLOADED]
}

fn list(context: &Context, collection: &Collection, settings: &HttpSettings) -> Value {
    let mut found = with_headers(
        "A page of rows, or live: the present rows, then each change.",
        &[("Preference-Applied", "PreferenceApplied")],
    );
    found["content"] = json!({
        HAL: {"schema": schema::reference(&schema::page_name(collection.singular))},
        EVENTS: {"schema": schema::reference("Stream")},
    });
    let mut answers = problems([&reasons::INVALID_QUERY].into_iter().chain(reading()));
    answers.insert("200".into(), found);
    json!({
        "operationId": operation_id(Method::Get, collection.name),
        "tags": [context.name],
        "summary": format!("Lists {}, or follows them.", collection.name),
        "parameters": parameters::listing(collection, settings),
        "responses": answers,
    })
}

fn one(context: &Context, collection: &Collection) -> Value {
    let headers = [("ETag", "ETag"), ("Preference-Applied", "PreferenceApplied")];
    let mut found = with_headers("The row, or live: the row, then each change of it.", &headers);
    found["content"] = json!({
        HAL: {"schema": schema::reference(&schema::name(collection.singular))},
        EVENTS: {"schema": schema::reference("Stream")},
    });
    let mut answers = problems([&reasons::UNKNOWN_ID].into_iter().chain(reading()));
    answers.insert("200".into(), found);
    answers.insert("304".into(), with_headers("The client has this version already.", &headers));
    let names = ["Id", "IfNoneMatch", "Prefer", "Position", "LastEventId", "AcceptLanguage", "CorrelationId"];
    json!({
        "operationId": operation_id(Method::Get, &format!("{}/{{id}}", collection.name)),
        "tags": [context.name],
        "summary": format!("One of {}, or follows it.", collection.name),
        "parameters": names.map(parameters::named),
        "responses": answers,
    })
}

fn command(system: &System, context: &Context, route: &Route, settings: &HttpSettings) -> Value {
    let form = form::form(&route.form, settings);
    let mut parameters: Vec<Value> = route.parameter().map(|_| parameters::named("Id")).into_iter().collect();
    match route.method {
        Method::Get => parameters.extend(asked(&form)),
        Method::Post => parameters.push(parameters::named("IdempotencyKey")),
        Method::Put | Method::Patch | Method::Delete => {}
    }
    if matches!(route.success, Success::Changed | Success::Removed) {
        parameters.push(parameters::named("IfMatch"));
    }
    parameters.extend(["AcceptLanguage", "CorrelationId"].map(parameters::named));
    let mut answers = problems(of_route(system, context, route));
    let (status, answer) = success(context, route);
    answers.insert(status.into(), answer);
    let mut operation = json!({
        "operationId": operation_id(route.method, &path(route)),
        "tags": [context.name],
        "parameters": parameters,
        "responses": answers,
    });
    if !route.summary.is_empty() {
        operation["summary"] = route.summary.into();
    }
    if route.method != Method::Get && !route.form.empty {
        let some = form.get("allOf").or(form.get("anyOf")).is_some();
        let needed = some || form["required"].as_array().is_some_and(|fields| !fields.is_empty());
        let mut content = json!({"schema": form});
        if let Some(example) = form::example(&route.form) {
            content["example"] = example;
        }
        operation["requestBody"] = json!({"required": needed, "content": {JSON: content}});
    }
    operation
}

/// A form asked in a query: its fields as parameters.
fn asked(form: &Value) -> Vec<Value> {
    let needed = |name: &str| form["required"].as_array().is_some_and(|all| all.iter().any(|field| field == name));
    let fields = form["properties"].as_object().into_iter().flatten();
    let parameters = fields.map(|(name, field)| {
        let mut parameter = parameters::query(name, "", in_query(field));
        parameter["required"] = needed(name).into();
        parameter
    });
    parameters.collect()
}

/// In a query everything is text: the plain side of a field says enough.
fn in_query(field: &Value) -> Value {
    field["anyOf"].as_array().and_then(|sides| sides.first()).unwrap_or(field).clone()
}

fn success(context: &Context, route: &Route) -> (&'static str, Value) {
    let position = ("Nadul-Position", "Position");
    let collection = context.readable().find(|collection| collection.name == route.collection);
    let row =
        collection.map(|collection| json!({HAL: {"schema": schema::reference(&schema::name(collection.singular))}}));
    match route.success {
        Success::Created => {
            let headers = [("Location", "Location"), ("ETag", "ETag"), position];
            let mut answer = with_headers("Done and durable: the new row.", &headers);
            answer["content"] = row.unwrap_or_default();
            answer["links"] = links(context, route);
            ("201", answer)
        }
        Success::Changed => {
            let mut answer = with_headers("Done and durable, or so already: the row.", &[("ETag", "ETag"), position]);
            answer["content"] = row.unwrap_or_default();
            ("200", answer)
        }
        Success::Removed => ("204", with_headers("Done and durable.", &[position])),
        Success::Read => {
            let mut answer = with_headers("What was asked for.", &[position]);
            answer["content"] = json!({JSON: {"schema": {}}});
            ("200", answer)
        }
    }
}

/// What can be done with what was created.
fn links(context: &Context, route: &Route) -> Value {
    let id = json!({"id": "$response.body#/id"});
    let read = operation_id(Method::Get, &format!("{}/{{id}}", route.collection));
    let same =
        context.routes.iter().filter(|other| other.collection == route.collection && other.parameter().is_some());
    let changes = same.map(|other| operation_id(other.method, &path(other)));
    let links = std::iter::once(read).chain(changes);
    links.map(|name| (name.clone(), json!({"operationId": name, "parameters": id}))).collect::<Map<_, _>>().into()
}
