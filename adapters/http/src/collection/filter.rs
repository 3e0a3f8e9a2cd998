//! Filters as a query asks for them.
use crate::problem::invalid_input::InvalidInput;
use kernel::{Collection, Field, FieldSchema, FormLimits, Id, Invalid, text_key};
use runtime::follow::{Filter, Filters};

/// Adds one; `None` where the collection is not found by this name.
pub(crate) fn add(
    filters: &mut Filters,
    collection: &Collection,
    name: &str,
    value: &str,
    limits: &FormLimits,
) -> Option<Result<(), InvalidInput>> {
    if let Some(filter) = parse_one(collection, name, value, limits) {
        return Some(filter.map(|filter| filters.add(collection, filter)));
    }
    collection.names_of_id().find(|known| *known == name)?;
    let read = read(value, true, limits).map_err(|why| InvalidInput::parameter(name, &why));
    Some(read.map(|(key, _)| filters.add_id(Id(key as u64))))
}

fn parse_one(
    collection: &Collection,
    name: &str,
    value: &str,
    limits: &FormLimits,
) -> Option<Result<Filter, InvalidInput>> {
    let index = collection.find(name)?;
    let read = read(value, collection.finds[index].id, limits).map_err(|why| InvalidInput::parameter(name, &why));
    Some(read.map(|(key, value)| Filter::new(collection, index, (key, &value))))
}

fn read(value: &str, is_id: bool, limits: &FormLimits) -> Result<(i64, String), Invalid> {
    let raw = serde_json::to_string(value).unwrap_or_default();
    let schema = FieldSchema { name: "", min: None, alias: None, person: false };
    if is_id {
        let id = Id::read(Some(&raw), &schema, limits)?;
        return Ok((id.0 as i64, id.to_string()));
    }
    let text = String::read(Some(&raw), &schema, limits)?;
    Ok((text_key(&text), raw))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Row, pair_key};

    fn on_messages<T>(act: impl FnOnce(&Collection, &FormLimits) -> T) -> T {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let context = system.get("message").expect("there is one");
        act(&context.collections[0], &FormLimits { text_chars_max: 5 })
    }

    fn filter(name: &str, value: &str) -> Option<Result<Filter, InvalidInput>> {
        on_messages(|messages, limits| parse_one(messages, name, value, limits))
    }

    fn parse(pairs: &[(&str, &str)]) -> Filters {
        let mut filters = Filters::default();
        for (name, value) in pairs {
            on_messages(|messages, limits| add(&mut filters, messages, name, value, limits))
                .expect("declared")
                .expect("sound");
        }
        filters
    }

    fn row(key: i64, customer: &str) -> Row {
        let body = format!("{{\"id\":1,\"matchId\":{key},\"customer\":{}}}", serde_json::json!(customer));
        Row { listed: true, keys: vec![key, text_key(customer), 0], body: Some(body.into()), ..Row::default() }
    }

    #[test]
    fn rows_are_found_by_text_and_by_id() {
        let filters = parse(&[("customer", "Kim"), ("matchId", "7")]);
        assert!(filters.covers(Id(1), &row(7, "Kim")));
        assert!(!filters.covers(Id(1), &row(7, "Lee")));
        assert!(!filters.covers(Id(1), &row(77, "Kim")));
        assert_eq!(filters.leading(), Some((0, 7)));
    }

    #[test]
    fn two_filters_that_are_a_pair_are_found_together() {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let context = system.contexts.into_iter().find(|context| context.name == "message");
        let mut messages = context.expect("there is one").collections.remove(0);
        let found = |messages: &Collection, pairs: &[(&str, &str)]| {
            let mut filters = Filters::default();
            for (name, value) in pairs {
                let added = add(&mut filters, messages, name, value, &FormLimits { text_chars_max: 5 });
                assert_eq!(added, Some(Ok(())));
            }
            (filters.found_by(), filters.are_found_by_one())
        };
        let both = [("matchId", "7"), ("customer", "Kim")];
        assert_eq!(found(&messages, &both), (Some((0, 7)), false), "it is no pair");
        messages.pairs.push(("customer", "matchId"));
        let pair = Some((2, pair_key(text_key("Kim"), 7)));
        assert_eq!(found(&messages, &both), (pair, true));
        assert_eq!(found(&messages, &[both[1], both[0]]), (pair, true));
        assert_eq!(found(&messages, &both[..1]), (Some((0, 7)), true));
        assert_eq!(found(&messages, &both[1..]), (Some((1, text_key("Kim"))), true));
        assert_eq!(found(&messages, &[]), (None, true));
    }

    #[test]
    fn a_row_is_found_by_its_own_id() {
        let filters = parse(&[("customer", "Kim"), ("id", "1")]);
        assert!(filters.covers(Id(1), &row(7, "Kim")));
        assert!(!filters.covers(Id(2), &row(7, "Kim")));
        assert!(!filters.covers(Id(1), &row(7, "Lee")));
    }

    #[test]
    fn a_text_with_the_same_key_is_not_the_same_text() {
        let kim = filter("customer", "Kim").expect("declared").expect("a text");
        let mut other = row(7, "Lee");
        other.keys[1] = text_key("Kim");
        assert!(!kim.covers(&other));
        let sly = row(7, "\"customer\":\"Kim\"");
        assert!(!kim.is_in(sly.body.as_deref().expect("shown")));
    }

    #[test]
    fn values_of_the_wrong_kind_are_refused() {
        assert!(filter("nobody", "x").is_none());
        for (name, value) in
            [("customer", ""), ("customer", "  "), ("customer", "123456"), ("matchId", "x"), ("matchId", "0")]
        {
            assert!(filter(name, value).is_some_and(|read| read.is_err()), "{name}={value}");
        }
    }
}
