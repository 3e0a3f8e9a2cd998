//! Filters: rows found by a declared field. A store finds them by a key of 64 bits; the text itself is compared as well.
use crate::collection::sight::Sight;
use crate::problem::invalid_input::InvalidInput;
use kernel::{Collection, Field, FieldSchema, FormLimits, Id, Invalid, Name, Row, pair_key, text_key};

/// One field with the value its rows must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    pub name: Name,
    /// The index among the collection's finds.
    index: usize,
    key: i64,
    is_id: bool,
    /// The field as a row's JSON writes it.
    written: String,
}

impl Filter {
    /// `None` where the collection is not found by this name.
    pub fn parse(
        collection: &Collection,
        name: &str,
        value: &str,
        limits: &FormLimits,
    ) -> Option<Result<Filter, InvalidInput>> {
        let index = collection.find(name)?;
        let is_id = collection.finds[index].id;
        let field = collection.finds[index].name;
        Some(read(value, is_id, limits).map_err(|why| InvalidInput::parameter(name, &why)).map(|(key, value)| Filter {
            name: field,
            index,
            key,
            is_id,
            written: format!("\"{name}\":{value}"),
        }))
    }

    pub fn covers(&self, row: &Row) -> bool {
        row.keys.get(self.index) == Some(&self.key) && row.body.as_deref().is_none_or(|body| self.is_in(body))
    }

    /// A name followed by a colon is only ever a field of a row: inside a text its quotes are escaped.
    pub fn is_in(&self, body: &str) -> bool {
        body.match_indices(&self.written).any(|(at, written)| {
            let next = body.as_bytes().get(at + written.len());
            next.is_some_and(|byte| matches!(byte, b',' | b'}'))
        })
    }
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

/// All filters of one request. A row must pass each of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    /// The row's own id, under any of its names.
    pub id: Option<Id>,
    /// The request wants two different ids, and no row has both.
    is_contradiction: bool,
    pub fields: Vec<Filter>,
    /// A pair of which both finds are asked for, by its index behind the collection's finds, and its key.
    pair: Option<(usize, i64)>,
}

impl Filters {
    /// `None` where the collection is not found by this name.
    pub fn add(
        &mut self,
        collection: &Collection,
        name: &str,
        value: &str,
        limits: &FormLimits,
    ) -> Option<Result<(), InvalidInput>> {
        if let Some(filter) = Filter::parse(collection, name, value, limits) {
            return Some(filter.map(|filter| {
                self.fields.push(filter);
                self.pair = self.pair_of(collection);
            }));
        }
        collection.names_of_id().find(|known| *known == name)?;
        let read = read(value, true, limits).map_err(|why| InvalidInput::parameter(name, &why));
        Some(read.map(|(key, _)| {
            let id = Id(key as u64);
            self.is_contradiction |= self.id.is_some_and(|other| other != id);
            self.id = Some(id);
        }))
    }

    fn pair_of(&self, collection: &Collection) -> Option<(usize, i64)> {
        let key = |find| self.fields.iter().find(|filter| filter.index == find).map(|filter| filter.key);
        let pairs = collection.pair_indexes().into_iter().enumerate();
        let mut found = pairs
            .filter_map(|(nth, (one, other))| Some((collection.finds.len() + nth, pair_key(key(one)?, key(other)?))));
        found.next()
    }

    /// By what a store finds the rows of a page: a pair where both of its finds are asked for, otherwise one filter.
    pub fn found_by(&self) -> Option<(usize, i64)> {
        self.pair.or_else(|| self.leading())
    }

    /// Whether a row that is found so passes the other filters too, as far as its keys say it.
    pub fn are_found_by_one(&self) -> bool {
        self.fields.len() <= if self.pair.is_some() { 2 } else { 1 }
    }

    /// The filter by which a store finds rows: an id where there is one, as fewer rows have it.
    pub fn leading(&self) -> Option<(usize, i64)> {
        let leading = self.fields.iter().find(|filter| filter.is_id).or(self.fields.first())?;
        Some((leading.index, leading.key))
    }

    pub fn covers(&self, id: Id, row: &Row) -> bool {
        self.may_include(id) && self.fields.iter().all(|filter| filter.covers(row))
    }

    /// Whether whoever asks may be told of a row by these filters.
    pub fn may_be_asked(&self, row: &Row, sight: &Sight) -> bool {
        self.fields.iter().all(|filter| sight.may_ask(filter.name, row))
    }

    /// Whether a filter asks for something that some rows hide.
    pub fn ask_what_is_hidden(&self, sight: &Sight) -> bool {
        self.fields.iter().any(|filter| sight.hides(filter.name))
    }

    /// Whether the row with this id may pass, as far as the id alone says it.
    pub fn may_include(&self, id: Id) -> bool {
        !self.is_contradiction && self.id.is_none_or(|wanted| wanted == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_messages<T>(act: impl FnOnce(&Collection, &FormLimits) -> T) -> T {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let context = system.get("message").expect("there is one");
        act(&context.collections[0], &FormLimits { text_chars_max: 5 })
    }

    fn filter(name: &str, value: &str) -> Option<Result<Filter, InvalidInput>> {
        on_messages(|messages, limits| Filter::parse(messages, name, value, limits))
    }

    fn parse(pairs: &[(&str, &str)]) -> Filters {
        let mut filters = Filters::default();
        for (name, value) in pairs {
            on_messages(|messages, limits| filters.add(messages, name, value, limits))
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
                let added = filters.add(messages, name, value, &FormLimits { text_chars_max: 5 });
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
