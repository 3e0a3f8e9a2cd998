//! The roles that a token lists, in one of the two shapes in which providers write them.
use serde_json::{Map, Value};
use std::sync::Arc;

/// `claim` is one name, or else a path of names with dots. Only roles that are known are read; another shape is no role.
pub fn read(claims: &Map<String, Value>, claim: &str, known: &[Arc<str>]) -> Vec<Arc<str>> {
    let given = claims.get(claim).or_else(|| at_path(claims, claim));
    let words: Vec<&str> = match given {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(words)) => words.split_whitespace().collect(),
        _ => vec![],
    };
    known_among(&words, known)
}

/// Each once, in the order in which they are known.
pub fn known_among(given: &[impl AsRef<str>], known: &[Arc<str>]) -> Vec<Arc<str>> {
    known.iter().filter(|role| given.iter().any(|given| *given.as_ref() == ***role)).cloned().collect()
}

fn at_path<'a>(claims: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut names = path.split('.');
    let first = claims.get(names.next()?)?;
    names.try_fold(first, |value, name| value.as_object()?.get(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn roles_are_an_array_or_words_under_a_name_or_a_path() {
        let known: Vec<Arc<str>> = ["customer", "driver"].map(Arc::from).to_vec();
        let cases = [
            (json!({"roles": ["driver", "customer", "driver"]}), "roles", "customer driver"),
            (json!({"roles": "driver  customer\tx"}), "roles", "customer driver"),
            (json!({"roles": ["Driver", "driver ", 7, null, {"driver": 1}]}), "roles", ""),
            (json!({"roles": {"driver": true}}), "roles", ""),
            (json!({"roles": null}), "roles", ""),
            (json!({}), "roles", ""),
            (json!({"realm_access": {"roles": ["driver"]}}), "realm_access.roles", "driver"),
            (
                json!({"realm_access.roles": ["customer"], "realm_access": {"roles": ["driver"]}}),
                "realm_access.roles",
                "customer",
            ),
            (json!({"realm_access": ["driver"]}), "realm_access.roles", ""),
            (json!({"https://nadul.example/roles": "driver"}), "https://nadul.example/roles", "driver"),
        ];
        for (claims, claim, roles) in cases {
            let claims = claims.as_object().expect("an object");
            assert_eq!(read(claims, claim, &known).join(" "), roles, "{claims:?}");
        }
    }
}
