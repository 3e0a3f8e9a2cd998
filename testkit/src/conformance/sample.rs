//! Values to store: none special, all distinct.
use crate::people::somebody;
use kernel::{Commit, Group, Head, Id, Meta, Owners, Recorded, Row, RowChange, StateChange, Timestamp, uuid::Uuid};
use runtime::port::store::Table;
use std::sync::Arc;

/// One table of each shape that matters.
pub fn sample_tables() -> Vec<Table> {
    let table = |name: &str, finds, sorts, ordered| Table {
        name: name.into(),
        finds,
        sorts,
        pairs: vec![],
        ordered,
        owned: false,
    };
    vec![
        Table { pairs: vec![(0, 1)], owned: true, ..table("trips", 2, 1, false) },
        table("messages@1", 1, 0, true),
        table("plain", 0, 0, false),
        Table { owned: true, ..table("wide@3", 1, 2, true) },
    ]
}

/// A row that shows something.
pub fn row(change: u64, listed: bool, keys: &[i64]) -> Arc<Row> {
    let body = Some(format!("{{\"change\":{change}}}").into());
    Arc::new(Row { change, listed, keys: keys.to_vec(), body, fold: Some("{}".into()), history: None, owners: [0; 2] })
}

/// A context at work: gives each group its positions, changes and head.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub head: Head,
}

impl Sample {
    /// An event at the next position, with the key and body given.
    pub fn event(&mut self, key: u64, body: &str) -> Arc<Recorded> {
        self.head.position += 1;
        let position = self.head.position;
        Arc::new(Recorded {
            position,
            event_id: Uuid::from_u128(u128::from(position) << 64 | 7),
            event_type: "TripTaken".into(),
            version: 1 + (position % 3) as u32,
            published: position % 2 == 1,
            kind: "trip".into(),
            id: Id(1000 + position),
            key: Id(key),
            at: Timestamp(1_700_000_000_000_000 + position as i64),
            meta: Meta {
                correlation_id: format!("c-{position}").into(),
                traceparent: position.is_multiple_of(2).then(|| "00-abc-01".into()),
                who: position.is_multiple_of(3).then(|| somebody("mina", &["customer"])),
                owner: position.is_multiple_of(7).then(|| somebody("jun", &[]).person),
                of: Owners { owner: position.is_multiple_of(5).then(|| somebody("jun", &[]).person), partner: None },
            },
            body: body.into(),
            value: Some(Arc::new(position)),
        })
    }

    pub fn change(&mut self) -> u64 {
        self.head.change += 1;
        self.head.change
    }

    /// A commit as most are: one event, one state, one row.
    pub fn commit(&mut self, key: u64) -> Commit {
        let event = self.event(key, "{\"eventType\":\"TripTaken\"}");
        let (id, change) = (event.id, self.change());
        let after = Some(row(change, true, &[key as i64, -(key as i64), change as i64 % 5]));
        Commit {
            states: vec![StateChange { kind: "trip", id, body: format!("{{\"at\":{}}}", event.position).into() }],
            rows: vec![RowChange { table: "trips".into(), id, change, before: None, after }],
            events: vec![event],
            ..Commit::default()
        }
    }

    pub fn group(&mut self, commits: Vec<Commit>) -> Group {
        self.head.positions.insert("policies<elsewhere".parse().expect("a subscription"), self.head.position * 2);
        self.head.ledger.insert("money".into(), -i128::from(self.head.position));
        self.head.last_at = Timestamp(1_700_000_000_000_000 + self.head.position as i64);
        self.head.reserved = Id(self.head.position + 512);
        Group { commits, head: self.head.clone(), ..Group::default() }
    }
}
