//! Rows people read: where they come from, how they are shown, by what they are found and sorted.
use crate::access::{Grants, Reach, Role};
use crate::aggregate::Aggregate;
use crate::caller::{Owners, Relation};
use crate::erased::{Erased, typed};
use crate::event::{EventKind, EventSet};
use crate::id::{Id, text_key};
use crate::name::Name;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use std::collections::BTreeSet;

/// How a thing is shown, if at all.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown<R> {
    Listed(R),
    /// Read by its id, but neither listed, counted nor streamed.
    ById(R),
    Hidden,
}

/// A row ready to be stored: JSON, and the narrow keys it is found and sorted by, in the order the collection declares.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownRow {
    pub listed: bool,
    pub body: String,
    pub keys: Vec<i64>,
}

/// A field rows are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Find {
    pub name: Name,
    /// An id; otherwise a text.
    pub id: bool,
}

/// A field rows are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub name: Name,
}

/// Where a collection's rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowSource {
    /// One row a thing: a function of its state.
    State(Name),
    /// One row an event, its id the event's position.
    Event(Name),
    /// One row a key of a view.
    View,
}

type Key<R> = Box<dyn Fn(&R) -> i64 + Send + Sync>;

pub struct Collection {
    pub name: Name,
    pub singular: Name,
    pub of: RowSource,
    /// Other names under which the row carries its id.
    pub id_names: Vec<Name>,
    /// Names by which a row's id is asked for although it does not carry them.
    pub id_asked: Vec<Name>,
    /// The name under which a row made of an event carries its correlation key.
    pub key_name: Option<Name>,
    pub finds: Vec<Find>,
    /// Names of finds that are asked for together: rows that have both values are found without a look at the others.
    pub pairs: Vec<(Name, Name)>,
    /// Fields one of which must be given when the collection is listed; where there are none, it is listed without.
    pub must_find: Vec<Name>,
    pub sorts: Vec<Sort>,
    /// Rows are listed by the last of their keys instead of by id.
    pub ordered: bool,
    /// Who may read it, where people sign in.
    pub grants: Grants,
    /// Fields that only owner, partner and operator see.
    pub private: Vec<Name>,
    /// What others than the owner see of a row's history; `None`: all of it.
    pub public_history: Option<&'static [EventKind]>,
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    pub show: Box<dyn Fn(Id, Id, &Erased) -> Option<ShownRow> + Send + Sync>,
}

/// A collection while it is being declared: `R` is the row without its id.
pub struct CollectionBuilder<R> {
    name: Name,
    singular: Name,
    id_names: Vec<Name>,
    id_asked: Vec<Name>,
    key_name: Option<Name>,
    finds: Vec<(Find, Key<R>)>,
    find_key: bool,
    pairs: Vec<(Name, Name)>,
    must_find: Vec<Name>,
    sorts: Vec<(Sort, Key<R>)>,
    order: Option<Key<R>>,
    grants: Grants,
    private: Vec<Name>,
    public_history: Option<&'static [EventKind]>,
}

impl Collection {
    /// Named by its plural and its singular: `Collection::new("catches", "catch")`.
    #[expect(clippy::new_ret_no_self, reason = "a declaration is finished by saying what its rows are of")]
    pub fn new<R: Serialize + JsonSchema + 'static>(name: Name, singular: Name) -> CollectionBuilder<R> {
        let (id_names, id_asked, key_name, finds, pairs, must_find, sorts, order, grants) = Default::default();
        let (private, public_history) = Default::default();
        CollectionBuilder {
            name,
            singular,
            id_names,
            id_asked,
            key_name,
            finds,
            find_key: false,
            pairs,
            must_find,
            sorts,
            order,
            grants,
            private,
            public_history,
        }
    }

    /// By what its rows are found and listed, in the order of their keys. Rows of another version of a view are asked for as this one declares
    /// only where both say the same.
    pub fn keys_text(&self) -> String {
        let finds = self.finds.iter().map(|find| find.name);
        let sorts = self.sorts.iter().map(|sort| sort.name);
        let [finds, sorts] = [finds.collect::<Vec<_>>(), sorts.collect()].map(|names| names.join(","));
        let order = if self.ordered { "its last key" } else { "id" };
        format!("found by {finds}; sorted by {sorts}; listed by {order}")
    }

    /// Whether stores have to know whose its rows are.
    pub fn is_owned(&self) -> bool {
        self.grants.ask_whose() || !self.private.is_empty() || self.public_history.is_some()
    }

    /// The keys of a row's owners, as a store keeps them: of no use where everybody reads all rows alike.
    pub fn owner_keys(&self, of: &Owners) -> [i64; 2] {
        if self.is_owned() { of.keys() } else { [0; 2] }
    }

    pub fn find(&self, name: &str) -> Option<usize> {
        self.finds.iter().position(|find| find.name == name)
    }

    /// The pairs by the indexes of their finds. One that names no find is a fault of the declaration, and left out.
    pub fn pair_indexes(&self) -> Vec<(usize, usize)> {
        self.pairs.iter().filter_map(|(one, other)| Some((self.find(one)?, self.find(other)?))).collect()
    }

    /// Every name of a row's id: each row is found by it, and all are sorted by it.
    pub fn names_of_id(&self) -> impl Iterator<Item = Name> {
        ["id"].into_iter().chain(self.id_names.iter().chain(&self.id_asked).copied())
    }

    pub fn sort(&self, name: &str) -> Option<usize> {
        self.sorts.iter().position(|sort| sort.name == name)
    }
}

impl<R: Serialize + JsonSchema + 'static> CollectionBuilder<R> {
    /// The row's id has this name too; it is written where the row does not carry it itself.
    pub fn id_as(mut self, name: Name) -> Self {
        self.id_names.push(name);
        self
    }

    /// The row's id is asked for by this name too, which it does not carry.
    pub fn asked_as(mut self, name: Name) -> Self {
        self.id_asked.push(name);
        self
    }

    /// The row carries its correlation key under this name, and is found by it.
    pub fn key_as(mut self, name: Name) -> Self {
        self.key_name = Some(name);
        self.find_key = true;
        self
    }

    /// Found by a text; a row without one is found by none.
    pub fn find_by(mut self, name: Name, field: fn(&R) -> Option<&str>) -> Self {
        let key = move |row: &R| field(row).map_or(0, text_key);
        self.finds.push((Find { name, id: false }, Box::new(key)));
        self
    }

    /// Found by another thing's id.
    pub fn find_by_id(mut self, name: Name, field: fn(&R) -> Option<Id>) -> Self {
        let key = move |row: &R| field(row).map_or(0, |id| id.0 as i64);
        self.finds.push((Find { name, id: true }, Box::new(key)));
        self
    }

    /// Found by two of its finds together. Where each alone may have many rows, a list of both then costs no scan either.
    pub fn find_by_both(mut self, one: Name, other: Name) -> Self {
        self.pairs.push((one, other));
        self
    }

    /// Listing without one of these is refused.
    pub fn must_find_by(mut self, names: impl IntoIterator<Item = Name>) -> Self {
        self.must_find.extend(names);
        self
    }

    pub fn sort_by(mut self, name: Name, field: fn(&R) -> i64) -> Self {
        self.sorts.push((Sort { name }, Box::new(field)));
        self
    }

    /// Listed by this, then by id, instead of by id alone.
    pub fn ordered_by(mut self, field: fn(&R) -> i64) -> Self {
        self.order = Some(Box::new(field));
        self
    }

    /// Whoever has this role may read all rows.
    pub fn read_by(self, role: Role) -> Self {
        CollectionBuilder { grants: self.grants.and(role, Reach::All), ..self }
    }

    /// Whoever has this role may read rows that they own.
    pub fn read_by_owner(self, role: Role) -> Self {
        CollectionBuilder { grants: self.grants.and(role, Reach::Own(Relation::Owner)), ..self }
    }

    /// Whoever has this role may read rows in which they take part.
    pub fn read_by_partner(self, role: Role) -> Self {
        CollectionBuilder { grants: self.grants.and(role, Reach::Own(Relation::Partner)), ..self }
    }

    /// Fields that only a row's owner and partner see, and an operator. Others see null.
    pub fn keeps_from_others(mut self, fields: impl IntoIterator<Item = Name>) -> Self {
        self.private.extend(fields);
        self
    }

    /// Of a row's history, others than its owner see only what these events say.
    pub fn shows_others<E: EventSet>(mut self) -> Self {
        self.public_history = Some(E::KINDS);
        self
    }

    /// One row a thing, made of its state.
    pub fn of_state<A: Aggregate>(self, show: fn(Id, &A) -> Shown<R>) -> Collection {
        self.finish(RowSource::State(A::KIND), move |id, state| show(id, typed(state, A::KIND)))
    }

    /// One row an event that has something to show, its id the event's position.
    pub fn of_event<A: Aggregate>(self, show: fn(&A::Event) -> Option<R>) -> Collection {
        self.finish(RowSource::Event(A::KIND), move |_, event| {
            show(typed(event, A::KIND)).map_or(Shown::Hidden, Shown::Listed)
        })
    }

    pub(crate) fn of_value<P: Send + Sync + 'static>(self, show: fn(Id, &P) -> Shown<R>) -> Collection {
        let name = self.name;
        self.finish(RowSource::View, move |id, value| show(id, typed(value, name)))
    }

    fn finish(self, of: RowSource, show: impl Fn(Id, &Erased) -> Shown<R> + Send + Sync + 'static) -> Collection {
        let CollectionBuilder {
            name,
            singular,
            id_names,
            id_asked,
            key_name,
            finds,
            find_key,
            pairs,
            must_find,
            sorts,
            order,
            grants,
            private,
            public_history,
        } = self;
        let (mut find_names, find_keys): (Vec<Find>, Vec<Key<R>>) = finds.into_iter().unzip();
        let (mut sort_names, sort_keys): (Vec<Sort>, Vec<Key<R>>) = sorts.into_iter().unzip();
        if let Some(name) = key_name.filter(|_| find_key) {
            find_names.insert(0, Find { name, id: true });
        }
        let own = fields::<R>();
        let names: Vec<Name> = id_names.iter().filter(|name| !own.contains(**name)).copied().collect();
        let ordered = order.is_some();
        sort_names.extend(ordered.then_some(Sort { name: "id" })); // all others are in order of their ids as they are
        let show = move |id: Id, key: Id, of: &Erased| {
            let (listed, row) = match show(id, of) {
                Shown::Listed(row) => (true, row),
                Shown::ById(row) => (false, row),
                Shown::Hidden => return None,
            };
            let mut keys: Vec<i64> = if find_key { vec![key.0 as i64] } else { vec![] };
            keys.extend(find_keys.iter().chain(&sort_keys).map(|field| field(&row)));
            if let Some(order) = &order {
                keys.extend([id.0 as i64, order(&row)]);
            }
            let ids = names.iter().map(|name| (*name, id)).chain(key_name.map(|name| (name, key)));
            Some(ShownRow { listed, body: body(id, ids, &row), keys })
        };
        let schema = |generator: &mut SchemaGenerator| generator.subschema_for::<R>();
        Collection {
            name,
            singular,
            of,
            id_names,
            id_asked,
            key_name,
            finds: find_names,
            pairs,
            must_find,
            sorts: sort_names,
            ordered,
            grants,
            private,
            public_history,
            schema,
            show: Box::new(show),
        }
    }
}

/// A row's ids, then its own fields.
fn body<R: Serialize>(id: Id, ids: impl Iterator<Item = (Name, Id)>, row: &R) -> String {
    const IDS: usize = 128; // room for those that most rows have
    let fields = serde_json::to_string(row).expect("a row is plain data");
    let mut body = String::with_capacity(fields.len() + IDS);
    body += &format!("{{\"id\":{id}");
    ids.for_each(|(name, id)| body += &format!(",\"{name}\":{id}"));
    body += if fields.len() > 2 { "," } else { "" };
    body += &fields[1..];
    body
}

/// The names of a row's own fields.
fn fields<R: JsonSchema>() -> BTreeSet<String> {
    let schema = SchemaGenerator::default().into_root_schema_for::<R>();
    let properties = schema.get("properties").and_then(|properties| properties.as_object());
    properties.into_iter().flat_map(|fields| fields.keys().cloned()).collect()
}
