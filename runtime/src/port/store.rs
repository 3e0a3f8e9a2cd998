//! The port to a context's store: one commit after another on the way in, snapshots on the way out.
use kernel::{
    CallKey, CallRecord, Context, Group, Head, Id, Name, Parked, Recorded, Relation, Row, RowChange, StoredAnswer,
    TableName, pair_key,
};
use std::fmt;
use std::sync::Arc;

/// Why a store could not do what it was asked. Nothing was changed, unless the error says that this is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// No room: free some, then go on.
    Full(String),
    /// What is stored can't be trusted: restore a backup.
    Corrupt(String),
    /// One thing in it can't be read by this release; everything else can.
    Unreadable(String),
    /// Not a store of ours, or another context's.
    Foreign(String),
    /// It does not belong to the other stores of its system: restore them together.
    Mismatched(String),
    /// Written by a newer release: run that one.
    Newer(String),
    /// Another process has it open.
    Busy(String),
    /// Another replica owns this context now: nothing was written, and the machine that wrote is to be thrown away.
    Conflict,
    /// The machine did not say whether the group is kept: it is, whole, or nothing of it.
    Unconfirmed(String),
    /// Anything else the machine says.
    Failed(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Full(what) | StoreError::Corrupt(what) | StoreError::Foreign(what) => f.write_str(what),
            StoreError::Mismatched(what) | StoreError::Unconfirmed(what) => f.write_str(what),
            StoreError::Newer(what) | StoreError::Busy(what) | StoreError::Failed(what) => f.write_str(what),
            StoreError::Unreadable(what) => f.write_str(what),
            StoreError::Conflict => f.write_str("another replica owns this context now"),
        }
    }
}

impl std::error::Error for StoreError {}

pub type Result<T> = std::result::Result<T, StoreError>;

/// The rows of one collection as a store keeps them: how many keys they are found and sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: TableName,
    pub finds: usize,
    pub sorts: usize,
    /// Pairs of finds, by their indexes: rows are found by both together as well. A row carries no key of a pair; a
    /// store derives it from the keys of the two by [`pair_key`].
    pub pairs: Vec<(usize, usize)>,
    /// Listed by the last key, then by id.
    pub ordered: bool,
    /// Rows are found by their owner and by their partner as well.
    pub owned: bool,
}

impl Table {
    fn declared(name: TableName, collection: &kernel::Collection) -> Table {
        let (finds, sorts, ordered) = (collection.finds.len(), collection.sorts.len(), collection.ordered);
        Table { name, finds, sorts, pairs: collection.pair_indexes(), ordered, owned: collection.is_owned() }
    }

    /// Those of a context as it is declared.
    pub fn all(context: &Context) -> Vec<Table> {
        let own = context.collections.iter().map(|c| Table::declared(c.name.into(), c));
        own.chain(context.views.iter().map(|view| Table::declared(view.table(), &view.collection))).collect()
    }

    /// As it is kept, whether it is all that is declared; `false`: it lacks pairs or owners, which can be made. Pairs that are not
    /// declared any more stay behind those that are.
    ///
    /// # Errors
    /// It differs in something that can't be made, or a pair is of finds that are not declared.
    pub fn has_all_of(&self, declared: &Table) -> Result<bool> {
        declared.check_pairs()?;
        if *self != (Table { pairs: self.pairs.clone(), owned: self.owned, ..declared.clone() }) {
            let shape =
                |table: &Table| format!("{} finds and {} sorts, ordered: {}", table.finds, table.sorts, table.ordered);
            return Err(StoreError::Failed(format!(
                "The table {} is kept with {}, and declared with {}. Give the collection a new version or name.",
                self.name,
                shape(self),
                shape(declared)
            )));
        }
        Ok(self.pairs.starts_with(&declared.pairs) && self.owned >= declared.owned)
    }

    /// # Errors
    /// A pair is of finds that it does not have.
    pub fn check_pairs(&self) -> Result<()> {
        match self.pairs.iter().find(|(one, other)| *one.max(other) >= self.finds) {
            None => Ok(()),
            Some(pair) => {
                Err(StoreError::Failed(format!("The table {} has no finds {pair:?} to make a pair of.", self.name)))
            }
        }
    }

    pub fn keys(&self) -> usize {
        self.finds + self.sorts + usize::from(self.ordered)
    }

    /// Whether a query may find rows by this index, of a find, of a pair, or of an owner.
    pub fn is_found_by(&self, find: usize) -> bool {
        find < self.finds + self.pairs.len() || (self.owned && Table::part_of(find).is_some())
    }

    /// # Errors
    /// Streams do not follow the rows that have one of these keys: it is of a pair, or of nothing that is declared.
    pub fn has_changes_by(&self, found: &[(usize, i64)]) -> Result<()> {
        let is_followed = |find: usize| find < self.finds || (self.owned && Table::part_of(find).is_some());
        if found.iter().all(|(find, _)| is_followed(*find)) {
            return Ok(());
        }
        Err(StoreError::Failed(format!("The table {} is not declared to be found that way.", self.name)))
    }

    /// The find keys and owners under which streams have known a listed row, where they do not know it by them any more.
    pub fn left<'a>(&self, change: &'a RowChange) -> Option<(&'a [i64], [i64; 2])> {
        let place = |row: &'a Row| Some((row.keys.get(..self.finds)?, if self.owned { row.owners } else { [0; 2] }));
        let before = place(change.before.as_deref().filter(|row| row.listed)?)?;
        let after = change.after.as_deref().filter(|row| row.listed).and_then(place);
        (after != Some(before)).then_some(before)
    }

    /// The index of a query that finds rows by who is this to them; their key is that of a [`kernel::Person`].
    pub const fn find_of(part: Relation) -> usize {
        usize::MAX - part as usize
    }

    pub fn part_of(find: usize) -> Option<Relation> {
        Relation::ALL.into_iter().find(|part| Table::find_of(*part) == find)
    }

    /// The key under which a query with this index finds a row. `None` where it does not.
    pub fn row_key(&self, find: usize, row: &Row) -> Option<i64> {
        match Table::part_of(find) {
            Some(part) => Some(row.owners[part as usize]).filter(|key| *key != 0),
            None => self.find_key(find, &row.keys),
        }
    }

    /// As `row_key`, of a find or of a pair: it follows from the keys alone.
    pub fn find_key(&self, find: usize, keys: &[i64]) -> Option<i64> {
        let Some(pair) = find.checked_sub(self.finds) else { return keys.get(find).copied() };
        let (one, other) = *self.pairs.get(pair)?;
        Some(pair_key(*keys.get(one)?, *keys.get(other)?))
    }
}

/// Which rows of a table, in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only rows whose find with this index has this key. Pairs are numbered behind the finds; the key of one is its [`pair_key`].
    /// [`Table::find_of`] finds by an owner.
    pub find: Option<(usize, i64)>,
    /// By the sort with this index, then by id; by default in the table's natural order.
    pub sort: Option<usize>,
    pub descending: bool,
    /// Rows to pass over. Costs no scan.
    pub offset: u64,
    pub limit: ReadLimit,
    /// Instead of an offset: rows behind this one in the order asked for, by its sort key (0 where the order is by id) and id.
    pub after: Option<(i64, Id)>,
}

/// How much a reader is given at once, so that nobody holds more than that in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadLimit {
    pub rows: usize,
    /// Bytes of the rows' texts. The row that passes them is still given, and none behind it.
    pub bytes: usize,
}

impl ReadLimit {
    /// However large they are.
    pub fn rows(rows: usize) -> ReadLimit {
        ReadLimit { rows, bytes: usize::MAX }
    }

    /// The items from the first one on that fit, and whether others follow. `row` is what an item shows.
    pub fn take<T, E>(
        self,
        items: impl IntoIterator<Item = std::result::Result<T, E>>,
        row: impl Fn(&T) -> Option<&Row>,
    ) -> std::result::Result<(Vec<T>, bool), E> {
        let (mut taken, mut bytes) = (vec![], 0);
        for item in items {
            let item = item?;
            if taken.len() >= self.rows || bytes >= self.bytes {
                return Ok((taken, true));
            }
            bytes += row(&item).map_or(0, Row::shown_bytes);
            taken.push(item);
        }
        Ok((taken, false))
    }
}

/// Listed rows, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowPage {
    pub rows: Vec<(Id, Row)>,
    pub total: u64,
    /// Whether rows follow behind the last one.
    pub more: bool,
}

/// One visible change of a table's listed rows: the row as it is now, or gone.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedChange {
    pub change: u64,
    pub id: Id,
    pub row: Option<Row>,
}

/// Changes from the oldest on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListedChanges {
    pub changes: Vec<ListedChange>,
    /// Whether changes follow behind the last one.
    pub more: bool,
}

/// A parked event: consumer, source, position, and why it is parked.
pub type ParkedEvent = ((String, String, u64), Parked);

/// Where a store comes from, as far as it can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoreOrigin {
    /// It lies where it has worked last, or it is new.
    #[default]
    Here,
    /// It lies elsewhere than where it has worked last: somebody has copied or moved it.
    Elsewhere,
    /// It is a backup that has never worked.
    Backup,
}

/// The writer's side: one thread owns it. What it answers is what is durable.
pub trait Store: Send {
    fn head(&self) -> Result<Head>;
    /// The first group that is written makes it [`StoreOrigin::Here`].
    fn origin(&self) -> StoreOrigin {
        StoreOrigin::Here
    }
    /// Whether nobody else can own the store at this moment: what is decided then needs no group to be true. While it is `false` a
    /// context decides nothing; it goes on when its lease is renewed, or learns from the next group that it has another owner. A context
    /// that does not ask for a while stands still, and may lose its lease.
    fn holds_lease(&self) -> bool {
        true
    }
    /// Whether it is known, without writing, that another one owns the store: the lease will not be held again.
    fn is_taken_over(&self) -> bool {
        false
    }
    /// Makes a whole group durable, or nothing of it.
    fn apply(&mut self, group: &Group) -> Result<()>;
    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>>;
    fn row(&self, table: &str, id: Id) -> Result<Option<Row>>;
    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>>;
    /// The call records of a caller's tickets from `from` to below `to`.
    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>>;
    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>>;
    fn parked(&self) -> Result<Vec<ParkedEvent>>;
    fn reader(&self) -> Arc<dyn Reader>;
    /// Work that may wait for a quiet moment, such as moving the write-ahead log into the file; called between groups.
    fn maintain(&mut self) -> Result<()> {
        Ok(())
    }
    /// Nothing has been written for a while: room that is not needed any more goes back to the disk.
    fn shrink(&mut self) {}
}

/// The readers' side: any thread, each call a consistent look at what is durable.
pub trait Reader: Send + Sync {
    /// What keeps the store, as people call it.
    fn adapter(&self) -> Name;
    fn head(&self) -> Result<Head>;
    fn row(&self, table: &str, id: Id) -> Result<Option<Row>>;
    fn page(&self, table: &str, query: &Query) -> Result<RowPage>;
    /// Visible changes after `after`, oldest first, each row once at its newest: for live streams. From 0: the present rows only.
    /// Of rows that have all these keys, of finds and owners, not of pairs; one that had all of them at once, and has not any more, is gone.
    fn changes(&self, table: &str, after: u64, found: &[(usize, i64)], limit: ReadLimit) -> Result<ListedChanges>;
    /// Events behind a position, in order.
    fn log(&self, after: u64, at_most: usize) -> Result<Vec<Recorded>>;
    /// The same for a context that reads another's log: it does not wait for other reads, however many there are.
    ///
    /// # Errors
    /// `Busy`: another context reads it at this moment. It comes again by itself.
    fn log_for_consumer(&self, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        self.log(after, at_most)
    }
    /// Those of one correlation key.
    fn log_of(&self, key: Id, after: u64, at_most: usize) -> Result<Vec<Recorded>>;
    /// Things of a kind behind an id, in order: for proofs at rest.
    fn states(&self, kind: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Arc<str>)>>;
    /// Rows of a table behind an id, listed or not, in order: for proofs at rest.
    fn rows(&self, table: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Row)>>;
    fn parked(&self) -> Result<Vec<ParkedEvent>>;
    /// Calls still remembered, with what became of them.
    fn calls(&self) -> Result<Vec<(CallKey, CallRecord)>>;
    /// What does not fit in the store itself: checksums, counts, indexes. Each a sentence that names the rows.
    fn verify(&self) -> Result<Vec<String>>;
    /// A whole copy of what is durable at this moment into `file`. The snapshot is taken when this returns; the work is done by the closure.
    fn snapshot(&self) -> Result<Box<dyn FnOnce(&std::path::Path) -> Result<()> + Send>>;
    /// Bytes on disk; 0 where there is none.
    fn bytes(&self) -> u64;
}
