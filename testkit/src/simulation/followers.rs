//! People who follow rows: they come, hear of each change, break off and come back with what they have heard last. Whether they might be told is judged from
//! the rows as they were and from what a collection declares, not by what the product goes by.
use super::broken::{Lived, ensure};
use super::injected::ProtocolFault;
use super::random::Random;
use super::world::World;
use kernel::{Caller, Collection, Id, Name, OPERATOR, Reach, Relation, Row, RowChange, TableName, text_key};
use runtime::follow::{Filter, Filters, FollowedRows, Missed, Sight, StreamProgress, Told};
use runtime::port::store::{ListedChange, ReadLimit, Reader};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// In one lifetime.
const FOLLOWERS_MAX: usize = 20;
/// Beyond every step and every round of a lifetime.
const DRAWS: u64 = 1 << 50;

pub(super) struct Follower {
    at: usize,
    name: Name,
    table: TableName,
    caller: Arc<Caller>,
    /// By which its rows are found, with the value as JSON.
    asks: Option<(Name, Value)>,
    id: Option<Id>,
    rows: FollowedRows,
    /// The newest change that it was told; 0: none.
    heard: u64,
    progress: StreamProgress,
    /// How many of its context's changes it has looked at; `None`: it has still to begin with what the store has.
    looked_at: Option<usize>,
    /// The rows that it believes to be there, each with the change it was told.
    believes: BTreeMap<Id, u64>,
}

impl World<'_> {
    /// Of themselves: what they draw changes nothing else of a lifetime.
    pub(super) fn follow(&mut self, step: u64) -> Lived {
        if !self.of.people || self.went_back.is_some() {
            return Ok(());
        }
        let random = Random::from_seed(self.seed, DRAWS + step);
        if random.percent(8) && self.followers.len() < FOLLOWERS_MAX {
            let new = self.new_follower(&random);
            self.followers.extend(new);
        }
        self.each_follower(|world, follower| match random.below(100) {
            0..30 => world.hear(follower),
            30..40 => world.come_back(follower, &random),
            _ => Ok(()),
        })
    }

    /// At rest, everybody has heard of all that is theirs and there.
    pub(super) fn have_followed(&mut self) -> Lived {
        let random = Random::from_seed(self.seed, DRAWS - 1);
        self.each_follower(|world, follower| {
            if random.percent(50) {
                world.come_back(follower, &random)?;
            }
            world.hear(follower)?;
            world.knows_all(follower)
        })
    }

    fn each_follower(&mut self, mut follows: impl FnMut(&mut Self, &mut Follower) -> Lived) -> Lived {
        let mut followers = std::mem::take(&mut self.followers);
        let followed = followers.iter_mut().try_for_each(|follower| follows(self, follower));
        self.followers = followers;
        followed
    }

    fn new_follower(&self, random: &Random) -> Option<Follower> {
        let at = random.index(self.services.len());
        let context = &self.of.system.contexts[at];
        let own = context.collections.iter().map(|collection| (collection, collection.name.into()));
        let views = context.views.iter().filter(|view| !view.private);
        let all: Vec<(&Collection, TableName)> =
            own.chain(views.map(|view| (&view.collection, view.table()))).collect();
        let (collection, table) = random.one_of(&all)?;
        let caller = self.somebody(random);
        let rights = collection.grants.to_read(&caller)?;
        let changes = self.services[at].commitments.changes();
        let of_table: Vec<&RowChange> = changes.iter().filter(|change| change.table == *table).collect();
        let asks = if random.percent(75) { any_value(random, collection, &of_table) } else { None };
        let id = random.one_of(&of_table).filter(|_| random.percent(15)).map(|change| change.id);
        let mut filters = Filters::default();
        if let Some((name, value)) = &asks {
            let key = value.as_str().map_or_else(|| value.as_i64(), |text| Some(text_key(text)))?;
            filters.add(collection, Filter::new(collection, collection.find(name)?, (key, &value.to_string())));
        }
        id.iter().for_each(|id| filters.add_id(*id));
        let sight = match self.of.injected {
            Some(ProtocolFault::FollowsAllRows) => Sight::default(),
            _ => Sight::new(collection, &rights, Some(&caller)),
        };
        let rows = FollowedRows { only: None, filters, sight };
        let mut follower = Follower {
            at,
            name: collection.name,
            table: table.clone(),
            caller,
            asks,
            id,
            rows,
            heard: 0,
            progress: StreamProgress { seen: 0, fresh_until: 0 },
            looked_at: None,
            believes: BTreeMap::new(),
        };
        if random.percent(50) {
            let heard = random.one_of(&of_table).map_or(0, |change| change.change);
            follower.has_heard(collection, heard, &of_table);
        }
        Some(follower)
    }

    fn collection(&self, follower: &Follower) -> Option<&Collection> {
        self.of.system.contexts[follower.at].readable().find(|collection| collection.name == follower.name)
    }

    /// What has become durable since.
    fn hear(&mut self, follower: &mut Follower) -> Lived {
        let Some(looked_at) = follower.looked_at else { return self.catch_up(follower, usize::MAX) };
        let changes = self.services[follower.at].commitments.changes();
        follower.looked_at = Some(changes.len());
        for change in changes.iter().skip(looked_at) {
            if change.table != follower.table || change.change <= follower.progress.seen {
                continue;
            }
            follower.progress.seen = change.change;
            let row = match follower.rows.told(change) {
                Some(Told::Row(row)) => Some(row.clone()),
                Some(Told::Gone) => None,
                None => continue,
            };
            self.is_told(follower, &ListedChange { change: change.change, id: change.id, row })?;
        }
        Ok(())
    }

    /// It broke off, and asks for what it has missed behind what it was told last.
    fn come_back(&mut self, follower: &mut Follower, random: &Random) -> Lived {
        self.catch_up(follower, 1 + random.index(4))
    }

    fn catch_up(&mut self, follower: &mut Follower, rows: usize) -> Lived {
        let Some(reader) = self.services[follower.at].disk_reader() else { return Ok(()) };
        let from = StreamProgress { seen: follower.heard, fresh_until: 0 };
        follower.progress = from.begin(reader.head()?.change);
        if follower.heard == 0 {
            follower.believes.clear();
        }
        loop {
            let Missed { changes, seen, complete } = self.missed(follower, &*reader, rows)?;
            follower.progress.seen = seen;
            changes.iter().try_for_each(|told| self.is_told(follower, told))?;
            if complete {
                follower.looked_at = Some(self.services[follower.at].commitments.changes().len());
                return Ok(());
            }
        }
    }

    fn missed(&self, follower: &Follower, reader: &dyn Reader, rows: usize) -> Lived<Missed> {
        let Follower { table, progress, rows: followed, .. } = follower;
        let limit = ReadLimit::rows(rows);
        if self.of.injected != Some(ProtocolFault::LeavingToldToAll) {
            return Ok(followed.missed(reader, table, *progress, limit)?);
        }
        let all = FollowedRows { sight: Sight::default(), ..followed.clone() };
        let mut missed = all.missed(reader, table, *progress, limit)?;
        missed.changes.retain(|change| change.row.as_ref().is_none_or(|row| followed.covers(change.id, row)));
        Ok(missed)
    }

    /// One line of its stream.
    fn is_told(&mut self, follower: &mut Follower, told: &ListedChange) -> Lived {
        self.tell(|_| {
            let what = if told.row.is_some() { "sees" } else { "hears of the end of" };
            format!("{} {what} {} of {}", follower.caller.subject, told.id, follower.name)
        });
        self.might_be_told(follower, told)?;
        follower.heard = follower.heard.max(told.change);
        match told.row {
            Some(_) => follower.believes.insert(told.id, told.change),
            None => follower.believes.remove(&told.id),
        };
        Ok(())
    }

    fn might_be_told(&self, follower: &Follower, ListedChange { change, id, row }: &ListedChange) -> Lived {
        let Some(collection) = self.collection(follower) else { return Ok(()) };
        let said = |what: &str| {
            let Follower { caller, name, asks, .. } = follower;
            format!("{} ({:?}), who follows {name} by {asks:?}, is told of {id}: {what}", caller.subject, caller.roles)
        };
        let Some(row) = row else {
            let changes = self.services[follower.at].commitments.changes();
            let was_theirs = |of: &RowChange| {
                let is_it = of.id == *id && of.change == *change && of.table == follower.table;
                is_it && of.before.as_ref().is_some_and(|row| follower.may_know(collection, *id, row))
            };
            return ensure(changes.iter().any(was_theirs), "followers", || said("what left was not theirs"));
        };
        ensure(follower.may_know(collection, *id, row), "followers", || said("it is not theirs"))?;
        let shown = follower.rows.sight.show(row).map(|seen| seen.body.to_string()).unwrap_or_default();
        let hides = follower.hidden(collection, row).all(|name| value(&shown, name).is_none());
        ensure(hides, "followers", || said("it shows what is private"))
    }

    fn knows_all(&self, follower: &Follower) -> Lived {
        let Some(reader) = self.services[follower.at].disk_reader() else { return Ok(()) };
        let Some(collection) = self.collection(follower) else { return Ok(()) };
        let rows = reader.rows(&follower.table, Id(0), usize::MAX)?;
        let there = rows.iter().filter(|(id, row)| follower.may_know(collection, *id, row));
        let there: BTreeMap<Id, u64> = there.map(|(id, row)| (*id, row.change)).collect();
        ensure(there == follower.believes, "followers", || {
            let Follower { caller, name, asks, believes, .. } = follower;
            format!("{}, who follows {name} by {asks:?}, believes {believes:?}; there is {there:?}", caller.subject)
        })
    }
}

impl Follower {
    /// It has followed something else so far, and begins with what it was told there last.
    fn has_heard(&mut self, collection: &Collection, heard: u64, of_table: &[&RowChange]) {
        self.heard = heard;
        for RowChange { id, change, after, .. } in of_table.iter().filter(|change| change.change <= heard) {
            match after {
                Some(row) if self.may_know(collection, *id, row) => self.believes.insert(*id, *change),
                Some(_) | None => self.believes.remove(id),
            };
        }
    }

    /// Whether the row is listed, is what was asked for, and is theirs to know of.
    fn may_know(&self, collection: &Collection, id: Id, row: &Row) -> bool {
        let is_granted = |reach: Reach| match reach {
            Reach::All => true,
            Reach::Own(part) => self.is(part, row),
        };
        let mut grants = collection.grants.all().iter().filter(|grant| self.caller.has(grant.role.name));
        let reads = self.caller.has(OPERATOR.name) || grants.any(|grant| is_granted(grant.reach));
        let is_asked = self.asks.as_ref().is_none_or(|(name, value)| field(row, name).as_ref() == Some(value));
        let may_ask =
            self.asks.as_ref().is_none_or(|(name, _)| !self.hidden(collection, row).any(|hidden| hidden == *name));
        let is_it = self.id.is_none_or(|wanted| wanted == id);
        row.listed && row.body.is_some() && reads && is_asked && may_ask && is_it
    }

    fn is(&self, part: Relation, row: &Row) -> bool {
        row.owners[part as usize] == self.caller.person.key()
    }

    /// The fields of the row that are not for this one.
    fn hidden<'a>(&self, collection: &'a Collection, row: &Row) -> impl Iterator<Item = Name> + use<'a> {
        let sees = self.caller.has(OPERATOR.name) || Relation::ALL.into_iter().any(|part| self.is(part, row));
        collection.private.iter().copied().filter(move |_| !sees)
    }
}

/// A field by which rows are found, with what one of them has said of it so far.
fn any_value(random: &Random, collection: &Collection, of_table: &[&RowChange]) -> Option<(Name, Value)> {
    let find = random.one_of(&collection.finds)?;
    let rows = of_table.iter().filter_map(|change| change.after.as_deref());
    let said: Vec<Value> = rows.filter_map(|row| field(row, find.name)).collect();
    Some((find.name, random.one_of(&said)?.clone()))
}

/// What a row says of a field; nothing, where it is null.
fn field(row: &Row, name: Name) -> Option<Value> {
    value(row.body.as_deref()?, name)
}

fn value(body: &str, name: Name) -> Option<Value> {
    let mut body: Value = serde_json::from_str(body).ok()?;
    Some(body.get_mut(name)?.take()).filter(|value| !value.is_null())
}
