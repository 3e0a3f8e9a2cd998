//! Filters: rows found by a declared field. A store finds them by a key of 64 bits; the text itself is compared as well.
use super::sight::Sight;
use kernel::{Collection, Id, Name, Row, pair_key};

/// One field with the value its rows must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub name: Name,
    /// The index among the collection's finds.
    index: usize,
    key: i64,
    is_id: bool,
    /// The field as a row's JSON writes it.
    written: String,
}

impl Filter {
    /// By the find with this index: the key of its value, and the value as a row's JSON writes it.
    pub fn new(collection: &Collection, index: usize, (key, value): (i64, &str)) -> Filter {
        let find = &collection.finds[index];
        Filter { name: find.name, index, key, is_id: find.id, written: format!("\"{}\":{value}", find.name) }
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

/// All filters of one request. A row must pass each of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// The row's own id, under any of its names.
    pub id: Option<Id>,
    /// The request wants two different ids, and no row has both.
    is_contradiction: bool,
    pub fields: Vec<Filter>,
    /// A pair of which both finds are asked for, by its index behind the collection's finds, and its key.
    pair: Option<(usize, i64)>,
}

impl Filters {
    pub fn add(&mut self, collection: &Collection, filter: Filter) {
        self.fields.push(filter);
        self.pair = self.pair_of(collection);
    }

    pub fn add_id(&mut self, id: Id) {
        self.is_contradiction |= self.id.is_some_and(|other| other != id);
        self.id = Some(id);
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

    /// By what a store finds the changes of rows: the leading filter, then the others.
    pub fn keys(&self) -> impl Iterator<Item = (usize, i64)> {
        let leading = self.leading();
        let others = self.fields.iter().map(|filter| (filter.index, filter.key));
        leading.into_iter().chain(others.filter(move |key| Some(*key) != leading))
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
