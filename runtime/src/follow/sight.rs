//! What whoever asks sees of a collection: which rows, and how much of each.
use crate::port::store::Table;
use kernel::{Caller, Collection, EventKind, HistoryEntry, Name, OPERATOR, Person, Relation, Rights, Row, Whose};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::Arc;

/// Everything of all rows, where nobody has to sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    rights: Rights,
    caller: Option<Arc<Caller>>,
    /// Fields that others than a row's owner and partner see as null.
    private: Vec<Name>,
    /// Of the history, others than the owner see only these events.
    public_history: Option<&'static [EventKind]>,
}

/// A row as somebody sees it.
pub struct SeenRow<'a> {
    pub body: Cow<'a, str>,
    pub history: Option<Cow<'a, str>>,
}

impl Sight {
    pub fn new(collection: &Collection, rights: &Rights, caller: Option<&Arc<Caller>>) -> Sight {
        Sight {
            rights: rights.clone(),
            caller: caller.filter(|caller| !caller.has(OPERATOR.name)).cloned(),
            private: collection.private.clone(),
            public_history: collection.public_history,
        }
    }

    /// Whether only rows of one's own are seen.
    pub fn is_own_only(&self) -> bool {
        self.rights != Rights::All
    }

    pub fn includes(&self, row: &Row) -> bool {
        self.rights.reach_keys(row.owners)
    }

    /// By what a store finds the rows: each of these finds has some; `None`: all rows are seen.
    pub fn found_by(&self) -> Option<Vec<(usize, i64)>> {
        match &self.rights {
            Rights::All => None,
            Rights::Of(parts) => {
                let finds = |(part, whose): &(Relation, Whose)| {
                    let find = Table::find_of(*part);
                    whose.keys().map(move |key| (find, key)).collect::<Vec<_>>()
                };
                Some(parts.iter().flat_map(finds).collect())
            }
        }
    }

    /// By what a store finds the rows of which somebody sees the private fields.
    pub fn own(&self) -> Vec<(usize, i64)> {
        let persons = self.caller.iter().flat_map(|caller| caller.persons());
        let finds = |person: Person| Relation::ALL.map(|part| (Table::find_of(part), person.key()));
        persons.flat_map(finds).collect()
    }

    /// Whether somebody who filters by this field is told of the row: not by what they may not see.
    pub fn may_ask(&self, field: Name, row: &Row) -> bool {
        !self.private.contains(&field) || self.sees_private(row)
    }

    /// Whether some rows show less than is in them.
    pub fn hides(&self, field: Name) -> bool {
        self.caller.is_some() && self.private.contains(&field)
    }

    pub fn show<'a>(&self, row: &'a Row) -> Option<SeenRow<'a>> {
        let body = row.body.as_deref()?;
        let body =
            if self.private.is_empty() || self.sees_private(row) { Cow::Borrowed(body) } else { self.masked(body) };
        let history = row.history.as_deref().map(|history| match self.public_history {
            Some(events) if !self.is(Relation::Owner, row) => public(history, events),
            Some(_) | None => Cow::Borrowed(history),
        });
        Some(SeenRow { body, history })
    }

    fn sees_private(&self, row: &Row) -> bool {
        Relation::ALL.into_iter().any(|part| self.is(part, row))
    }

    fn is(&self, part: Relation, row: &Row) -> bool {
        self.caller
            .as_ref()
            .is_none_or(|caller| caller.persons().any(|person| row.owners[part as usize] == person.key()))
    }

    /// With null in the place of what is private. A row is our own JSON; one that can't be read shows nothing.
    fn masked(&self, body: &str) -> Cow<'static, str> {
        let masked = serde_json::from_str(body).and_then(|Fields(mut fields)| {
            let is_private = |name: &str| self.private.contains(&name);
            fields.iter_mut().filter(|(name, _)| is_private(name)).for_each(|(_, value)| *value = RawValue::NULL);
            serde_json::to_string(&Fields(fields))
        });
        Cow::Owned(masked.unwrap_or_else(|_| "{}".into()))
    }
}

fn public(history: &str, events: &[EventKind]) -> Cow<'static, str> {
    let public = serde_json::from_str(history).and_then(|entries: Vec<HistoryEntry>| {
        let is_public = |entry: &&HistoryEntry| events.iter().any(|event| event.name == entry.event_type);
        serde_json::to_string(&entries.iter().filter(is_public).collect::<Vec<_>>())
    });
    Cow::Owned(public.unwrap_or_else(|_| "[]".into()))
}

/// The fields of a row in their order, each as it is written.
struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(vec![]))
    }
}

impl<'de: 'a, 'a> Visitor<'de> for Fields<'a> {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut entries: M) -> Result<Self, M::Error> {
        while let Some(entry) = entries.next_entry()? {
            self.0.push(entry);
        }
        Ok(self)
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u8) -> Person {
        Person::from_digests([9; 4], [number; 12])
    }

    fn caller(number: u8, roles: &[&str]) -> Arc<Caller> {
        let roles = roles.iter().map(|role| (*role).into()).collect();
        Arc::new(Caller { issuer: "i".into(), subject: "s".into(), roles, person: person(number), former: vec![] })
    }

    fn room(owner: u8, guest: u8) -> Row {
        let body = r#"{"id":1,"price":9,"rsvId":7,"desc":"\"rsvId\":8"}"#;
        let owners = [person(owner).key(), person(guest).key()];
        Row { listed: true, body: Some(body.into()), owners, ..Row::default() }
    }

    #[test]
    fn a_row_of_others_or_nobody_hides_what_is_private() {
        let sight = Sight { private: vec!["rsvId"], caller: Some(caller(3, &[])), ..Sight::default() };
        for row in [room(1, 2), Row { owners: [0; 2], ..room(1, 2) }] {
            assert!(!sight.may_ask("rsvId", &row) && sight.may_ask("price", &row));
            assert!(sight.show(&row).expect("shown").body.contains("\"rsvId\":null"));
        }
        assert!([room(3, 2), room(1, 3)].iter().all(|row| sight.may_ask("rsvId", row)));
    }
}
