//! Who may do what, as the document says it where people sign in.
use crate::documents::openapi::operations::operation_of;
use crate::documents::openapi::responses::{examples, problems};
use crate::negotiate::media_type::{JSON, PROBLEM};
use crate::problem::reasons;
use kernel::{Context, Grants, OPERATOR, Reach, RefusalReason, Relation, Route, System};
use serde_json::{Map, Value, json};

/// Reasons for which somebody who may not is turned away.
pub(super) fn reasons() -> [&'static RefusalReason; 7] {
    [
        &reasons::SIGN_IN_NEEDED,
        &reasons::INVALID_TOKEN,
        &reasons::ROLE_MISSING,
        &reasons::NOT_YOU,
        &runtime::error::NOT_YOURS,
        &reasons::TOO_MANY_REQUESTS,
        &reasons::SIGN_IN_UNAVAILABLE,
    ]
}

pub(super) fn add(document: &mut Value, system: &System, contexts: &[&Context]) {
    document["components"]["securitySchemes"] = json!({
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "A token of the identity provider, or one that `nadul token` prints.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "nadul",
            "description": "What /sign-in gives a browser; over https its name is `__Host-nadul`.",
        },
    });
    for (name, example) in examples(reasons()) {
        document["components"]["examples"][name] = example;
    }
    let roles = system.roles().into_iter().map(|role| (role.name.to_string(), role.about.into()));
    document["x-roles"] = roles.collect::<Map<String, Value>>().into();
    for context in contexts {
        for collection in context.readable() {
            for path in [format!("/{}", collection.name), format!("/{}/{{id}}", collection.name)] {
                ask(&mut document["paths"][path]["get"], readers(&collection.grants), &reasons()[..3]);
            }
        }
        for route in &context.routes {
            let (path, method) = operation_of(route);
            let operation = &mut document["paths"][path][method];
            ask(operation, users(route), &reasons()[..5]);
            if let Some(person) = route.form.person {
                fill_in(operation, person);
            }
        }
    }
}

fn ask(operation: &mut Value, who: Value, refused: &[&'static RefusalReason]) {
    operation["security"] = json!([{"token": []}, {"session": []}]);
    operation["x-roles"] = who;
    for (status, problem) in problems(refused.iter().copied().chain([&reasons::TOO_MANY_REQUESTS])) {
        match &mut operation["responses"][status] {
            known if known.is_null() => *known = problem,
            known => join(known, &problem),
        }
    }
}

/// Another response with the same status: its words, and its examples.
fn join(known: &mut Value, other: &Value) {
    let words = |response: &Value| response["description"].as_str().unwrap_or_default().to_string();
    known["description"] = format!("{} {}", words(known), words(other)).into();
    let examples = other["content"][PROBLEM]["examples"].as_object().into_iter().flatten();
    for (name, example) in examples {
        known["content"][PROBLEM]["examples"][name] = example.clone();
    }
}

fn readers(grants: &Grants) -> Value {
    let mut who = granted(grants);
    who.entry(OPERATOR.name).or_insert_with(|| "all".into());
    who.into()
}

fn users(route: &Route) -> Value {
    granted(&route.grants).into()
}

/// On which things each role may do it.
fn granted(grants: &Grants) -> Map<String, Value> {
    let on = |reach| match reach {
        Reach::All => "all",
        Reach::Own(Relation::Owner) => "own",
        Reach::Own(Relation::Partner) => "where they take part",
    };
    grants.all().iter().map(|grant| (grant.role.name.to_string(), on(grant.reach).into())).collect()
}

/// Who sends a form may leave their name out.
fn fill_in(operation: &mut Value, person: &str) {
    let schema = &mut operation["requestBody"]["content"][JSON]["schema"];
    if let Some(required) = schema["required"].as_array_mut() {
        required.retain(|name| name != person);
    }
    if schema["properties"][person].is_object() {
        schema["properties"][person]["description"] =
            "Who sends it: filled in where it is left out, and nobody else's name.".into();
    }
}
