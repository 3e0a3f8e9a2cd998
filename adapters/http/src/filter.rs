//! Filters: rows found by a declared field. The narrow key finds them, the text itself is compared as well.
use crate::field::Flaw;
use kernel::{Collection, Field, FieldSchema, FormLimits, Id, Invalid, Row, text_key};

/// One field with the value its rows must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    /// Among the collection's finds.
    index: usize,
    key: i64,
    id: bool,
    /// The field as it stands in a row's JSON.
    written: String,
}

impl Filter {
    /// `None` where the collection is not found by this name.
    pub fn of(collection: &Collection, name: &str, value: &str, limits: &FormLimits) -> Option<Result<Filter, Flaw>> {
        let index = collection.find(name)?;
        let id = collection.finds[index].id;
        Some(read(value, id, limits).map_err(|fault| Flaw::parameter(name, &fault)).map(|(key, value)| Filter {
            index,
            key,
            id,
            written: format!("\"{name}\":{value}"),
        }))
    }

    pub fn covers(&self, row: &Row) -> bool {
        row.keys.get(self.index) == Some(&self.key) && row.body.as_deref().is_none_or(|body| self.stands_in(body))
    }

    /// A name followed by a colon is only ever a field of a row: inside a text its quotes are escaped.
    pub fn stands_in(&self, body: &str) -> bool {
        body.match_indices(&self.written).any(|(at, written)| {
            let next = body.as_bytes().get(at + written.len());
            next.is_some_and(|byte| matches!(byte, b',' | b'}'))
        })
    }
}

fn read(value: &str, id: bool, limits: &FormLimits) -> Result<(i64, String), Invalid> {
    let raw = serde_json::to_string(value).unwrap_or_default();
    let asked = FieldSchema { name: "", min: None, alias: None };
    if id {
        let id = Id::read(Some(&raw), &asked, limits)?;
        return Ok((id.0 as i64, id.to_string()));
    }
    let text = String::read(Some(&raw), &asked, limits)?;
    Ok((text_key(&text), raw))
}

/// All filters of one request; a row must pass each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    /// The row's own id, under whichever of its names it was asked for.
    pub id: Option<Id>,
    /// Two different ids were asked for: no row has both.
    never: bool,
    pub fields: Vec<Filter>,
}

impl Filters {
    /// `None` where the collection is not found by this name.
    pub fn take(&mut self, of: &Collection, name: &str, value: &str, limits: &FormLimits) -> Option<Result<(), Flaw>> {
        if let Some(filter) = Filter::of(of, name, value, limits) {
            return Some(filter.map(|filter| self.fields.push(filter)));
        }
        of.names_of_id().find(|known| *known == name)?;
        let read = read(value, true, limits).map_err(|fault| Flaw::parameter(name, &fault));
        Some(read.map(|(key, _)| {
            let id = Id(key as u64);
            self.never |= self.id.is_some_and(|other| other != id);
            self.id = Some(id);
        }))
    }

    /// The one a store finds rows by: an id where there is one, as it covers fewer.
    pub fn leading(&self) -> Option<(usize, i64)> {
        let leading = self.fields.iter().find(|filter| filter.id).or(self.fields.first())?;
        Some((leading.index, leading.key))
    }

    pub fn covers(&self, id: Id, row: &Row) -> bool {
        self.may_be(id) && self.fields.iter().all(|filter| filter.covers(row))
    }

    /// As far as the id alone tells.
    pub fn may_be(&self, id: Id) -> bool {
        !self.never && self.id.is_none_or(|asked| asked == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(act: impl FnOnce(&Collection, &FormLimits) -> T) -> T {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let context = system.get("message").expect("there is one");
        act(&context.collections[0], &FormLimits { text_chars_max: 5 })
    }

    fn filter(name: &str, value: &str) -> Option<Result<Filter, Flaw>> {
        with(|messages, limits| Filter::of(messages, name, value, limits))
    }

    fn of(asked: &[(&str, &str)]) -> Filters {
        let mut filters = Filters::default();
        for (name, value) in asked {
            with(|messages, limits| filters.take(messages, name, value, limits)).expect("declared").expect("sound");
        }
        filters
    }

    fn row(key: i64, customer: &str) -> Row {
        let body = format!("{{\"id\":1,\"matchId\":{key},\"customer\":{}}}", serde_json::json!(customer));
        Row { listed: true, keys: vec![key, text_key(customer), 0], body: Some(body.into()), ..Row::default() }
    }

    #[test]
    fn rows_are_found_by_text_and_by_id() {
        let filters = of(&[("customer", "Kim"), ("matchId", "7")]);
        assert!(filters.covers(Id(1), &row(7, "Kim")));
        assert!(!filters.covers(Id(1), &row(7, "Lee")));
        assert!(!filters.covers(Id(1), &row(77, "Kim")));
        assert_eq!(filters.leading(), Some((0, 7)));
    }

    #[test]
    fn a_row_is_found_by_its_own_id() {
        let filters = of(&[("customer", "Kim"), ("id", "1")]);
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
        assert!(!kim.stands_in(sly.body.as_deref().expect("shown")));
    }

    #[test]
    fn values_that_are_none_are_refused() {
        assert!(filter("nobody", "x").is_none());
        for (name, value) in
            [("customer", ""), ("customer", "  "), ("customer", "123456"), ("matchId", "x"), ("matchId", "0")]
        {
            assert!(filter(name, value).is_some_and(|read| read.is_err()), "{name}={value}");
        }
    }
}
