//! What a commit costs, and what a page deep in a large collection costs: `cargo run --release --example million`.
//!
//! Arguments: how many rows (1,000,000), how many commits a group (100), in which folder (a temporary one).
#![allow(clippy::print_stdout)] // an example that people run by hand
use kernel::{
    Commit, Group, Head, Id, Meta, Recorded, Relation, Row, RowChange, StateChange, Timestamp, pair_key, text_key,
    uuid::Uuid,
};
use runtime::port::store::{Query, ReadLimit, Reader, Result, Store, Table};
use sqlite::Options;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

const CUSTOMERS: u64 = 20_000;
/// Rows of one customer and one room.
const PAIRED: u64 = 100_000;
const PRICE: i64 = 25_000;
const PARTS: u64 = 10;
static CPU: AtomicU64 = AtomicU64::new(0);

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default| arguments.next().and_then(|number| number.parse().ok()).unwrap_or(default);
    let (rows, group): (u64, u64) = (number(1_000_000), number(100));
    let own = tempfile::tempdir().expect("a folder");
    let folder = arguments.next().map_or(own.path().to_path_buf(), Into::into);
    // Found by its correlation key and its customer, sorted by price: six indexes, counts and all.
    let table = Table { name: "catches".into(), finds: 2, sorts: 1, pairs: vec![], ordered: false, owned: false };
    let mut store = sqlite::open(&folder.join("catch.db"), "catch", "taxi", &[table], Options::default())?;
    let mut head = Head::default();
    insert(&mut store, &mut head, rows, group)?;
    let changed = (rows / 20).max(1);
    let spent = change(&mut store, &mut head, changed, rows, group)?;
    report(&format!("{changed} rows changed anywhere"), changed, spent);
    let reader = store.reader();
    println!("{} MB on disk", reader.bytes() >> 20);
    pages(&*reader, rows)?;
    let started = Instant::now();
    let found = reader.verify()?;
    println!("verify: {:?}, {} findings", started.elapsed(), found.len());
    pair(&folder.join("reservation.db"), rows.min(PAIRED))?;
    owned(&folder, rows, group)
}

/// What it costs that rows are somebody's, beside the same rows of nobody: a tenth of one person, the others of many.
fn owned(folder: &Path, rows: u64, group: u64) -> Result<()> {
    const ONE: i64 = 1;
    let table = Table { name: "catches".into(), finds: 2, sorts: 1, pairs: vec![], ordered: false, owned: true };
    let open = |file: &str| {
        sqlite::open(&folder.join(file), "catch", "taxi", std::slice::from_ref(&table), Options::default())
    };
    let owner = |id: u64| if id.is_multiple_of(10) { ONE } else { 2 + (mix(id) % CUSTOMERS) as i64 };
    let few = rows.min(PAIRED);
    for (name, file, rows, owner) in
        [("nobody's", "nobodys.db", few, (|_| 0) as fn(u64) -> i64), ("somebody's", "owned.db", rows, owner)]
    {
        let (mut store, mut head) = (open(file)?, Head::default());
        for (nth, ids) in (1..=rows).collect::<Vec<_>>().chunks(few as usize).enumerate() {
            let mut spent = vec![];
            for ids in ids.chunks(group as usize) {
                let mut commits: Vec<Commit> = ids.iter().map(|id| commit(&mut head, *id, None)).collect();
                for change in commits.iter_mut().flat_map(|commit| &mut commit.rows) {
                    let id = change.id.0;
                    change.after.iter_mut().for_each(|row| Arc::make_mut(row).owners[0] = owner(id));
                }
                let group = Group { commits, head: head.clone(), ..Group::default() };
                let (started, cpu) = (Instant::now(), cpu());
                store.apply(&group)?;
                spent.push(started.elapsed());
                CPU.fetch_add(self::cpu() - cpu, Relaxed);
                store.maintain()?;
            }
            report(&format!("{name} rows, part {}", nth + 1), ids.len() as u64, spent);
        }
    }
    let store = open("owned.db")?;
    let reader = store.reader();
    let own = |key| Query {
        find: Some((Table::find_of(Relation::Owner), key)),
        limit: ReadLimit::rows(20),
        ..Query::default()
    };
    let ask = |name: &str, query: &Query| ask_of(&*reader, "catches", name, query);
    ask("one's own, few of them", &own(owner(1)))?;
    ask("one's own by price, few of them", &Query { sort: Some(0), ..own(owner(1)) })?;
    ask("one's own, a tenth of all", &own(ONE))?;
    ask("one's own by price, a tenth of all", &Query { sort: Some(0), ..own(ONE) })?;
    ask("one's own, a tenth of all, middle page", &Query { offset: rows / 20, ..own(ONE) })
}

/// A customer, a room and a price that every row has: what a pair of finds costs when it is declared, and when it is asked for.
fn pair(file: &Path, rows: u64) -> Result<()> {
    let table = |pairs| Table { name: "reservations".into(), finds: 2, sorts: 1, pairs, ordered: false, owned: false };
    let open = |pairs| sqlite::open(file, "reservation", "stay", &[table(pairs)], Options::default());
    let mut store = open(vec![])?;
    let mut head = Head::default();
    let (customer, room) = (text_key("kim"), 1);
    for ids in (1..=rows).collect::<Vec<_>>().chunks(1000) {
        let mut commits: Vec<Commit> = ids.iter().map(|id| commit(&mut head, *id, None)).collect();
        for change in commits.iter_mut().flat_map(|commit| &mut commit.rows) {
            change.table = "reservations".into();
            change.after.iter_mut().for_each(|row| Arc::make_mut(row).keys.copy_from_slice(&[customer, room, PRICE]));
        }
        store.apply(&Group { commits, head: head.clone(), ..Group::default() })?;
    }
    drop(store);
    let started = Instant::now();
    let store = open(vec![(0, 1)])?;
    println!("a pair declared for {rows} rows: {:?}", started.elapsed());
    let reader = store.reader();
    let find = Some((2, pair_key(customer, room)));
    let query = Query { find, limit: ReadLimit::rows(20), ..Query::default() };
    let ask = |name: &str, query: &Query| ask_of(&*reader, "reservations", name, query);
    ask("of a pair, its total only", &Query { limit: ReadLimit::default(), ..query })?;
    ask("of a pair, first page", &query)?;
    ask("of a pair, middle page", &Query { offset: rows / 2, ..query })?;
    ask("of a pair, middle page, descending", &Query { offset: rows / 2, descending: true, ..query })?;
    ask("of a pair, middle page by price", &Query { offset: rows / 2, sort: Some(0), ..query })?;
    ask(
        "of a pair, middle page by price, descending",
        &Query { sort: Some(0), descending: true, offset: rows / 2, ..query },
    )?;
    ask("of a pair, behind a row by price", &Query { sort: Some(0), after: Some((PRICE, Id(rows / 2))), ..query })?;
    ask("of a customer alone, middle page", &Query { find: Some((0, customer)), offset: rows / 2, ..query })?;
    ask("of a pair, last page", &Query { offset: rows - 20, ..query })?;
    ask("of a pair, behind a row", &Query { after: Some((0, Id(rows / 2))), ..query })?;
    println!("verify: {} findings", reader.verify()?.len());
    Ok(())
}

/// Reports each part by itself, for what a commit costs as the store grows.
fn insert(store: &mut dyn Store, head: &mut Head, rows: u64, group: u64) -> Result<()> {
    let part = rows.div_ceil(PARTS * group).max(1) * group;
    for stored in (0..rows).step_by(part as usize) {
        let until = (stored + part).min(rows);
        let groups = (stored..until).step_by(group as usize);
        let groups = groups.map(|before| before + 1..(before + group).min(until) + 1);
        let spent = groups.map(|ids| timed(store, head, ids.map(|id| (id, None)))).collect::<Result<_>>()?;
        report(&format!("new rows up to {until}, {group} commits a group"), until - stored, spent);
    }
    Ok(())
}

/// As when a taxi is matched: the body changes, the keys do not.
fn change(store: &mut dyn Store, head: &mut Head, changed: u64, rows: u64, group: u64) -> Result<Vec<Duration>> {
    let mut spent = vec![];
    for nth in 0..changed.div_ceil(group) {
        let mut ids: Vec<u64> = (0..group).map(|n| 1 + mix(nth * group + n) % rows).collect();
        ids.sort_unstable();
        ids.dedup();
        let before = |id| (id, store.row("catches", Id(id)).ok().flatten());
        let ids: Vec<_> = ids.into_iter().map(before).collect();
        spent.push(timed(store, head, ids.into_iter())?);
    }
    Ok(spent)
}

fn timed(store: &mut dyn Store, head: &mut Head, rows: impl Iterator<Item = (u64, Option<Row>)>) -> Result<Duration> {
    let commits = rows.map(|(id, before)| commit(head, id, before)).collect();
    let group = Group { commits, head: head.clone(), ..Group::default() };
    let (started, cpu) = (Instant::now(), cpu());
    store.apply(&group)?;
    let spent = started.elapsed();
    CPU.fetch_add(self::cpu() - cpu, Relaxed);
    store.maintain()?;
    Ok(spent)
}

fn commit(head: &mut Head, id: u64, before: Option<Row>) -> Commit {
    (head.position, head.change) = (head.position + 1, head.change + 1);
    let (id, change) = (Id(id), head.change);
    let customer = format!("customer-{}", mix(id.0) % CUSTOMERS);
    let body: Arc<str> = format!(
        "{{\"id\":{id},\"matchId\":{id},\"price\":{},\"startingPoint\":\"서울역 1번 출구\",\
         \"destination\":\"김포국제공항 국내선\",\"customer\":\"{customer}\",\"status\":\"approve\"}}",
        5000 + mix(id.0 + 7) % 90_000
    )
    .into();
    let keys = vec![id.0 as i64, text_key(&customer), 5000 + (mix(id.0 + 7) % 90_000) as i64];
    let after = Row { change, listed: true, keys, body: Some(body.clone()), fold: None, history: None, owners: [0; 2] };
    let event = Recorded {
        position: head.position,
        event_id: Uuid::from_u128(u128::from(head.position) << 64),
        event_type: "CatchRequested".into(),
        version: 1,
        published: true,
        kind: "catch".into(),
        id,
        key: id,
        at: Timestamp(1_700_000_000_000_000 + head.position as i64),
        meta: Meta { correlation_id: format!("c-{id}").into(), ..Meta::default() },
        body: body.clone(),
        value: None,
    };
    let (before, after) = (before.map(Arc::new), Some(Arc::new(after)));
    Commit {
        events: vec![Arc::new(event)],
        states: vec![StateChange { kind: "catch", id, body }],
        rows: vec![RowChange { table: "catches".into(), id, change, before, after }],
        ..Commit::default()
    }
}

fn pages(reader: &dyn Reader, rows: u64) -> Result<()> {
    let query = Query { limit: ReadLimit::rows(20), ..Query::default() };
    let deep = Query { offset: rows - 20, ..query };
    let one = Some((1, text_key("customer-17")));
    ask(reader, "first page", &query)?;
    ask(reader, "last page", &deep)?;
    ask(reader, "last page, descending", &Query { descending: true, ..deep })?;
    ask(reader, "middle page", &Query { offset: rows / 2, ..query })?;
    ask(reader, "last page by price", &Query { sort: Some(0), ..deep })?;
    ask(reader, "last page by price, descending", &Query { sort: Some(0), descending: true, ..deep })?;
    ask(reader, "of one customer", &Query { find: one, ..query })?;
    ask(reader, "of one customer by price, 3rd page", &Query { find: one, sort: Some(0), offset: 40, ..query })?;
    ask(reader, "behind a row by price", &Query { sort: Some(0), after: Some((50_000, Id(7))), ..query })
}

/// Nanoseconds this thread was at work: what a commit costs also when others share the machine.
fn cpu() -> u64 {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    said.split(' ').next().and_then(|spent| spent.parse().ok()).unwrap_or(0)
}

fn ask(reader: &dyn Reader, name: &str, query: &Query) -> Result<()> {
    ask_of(reader, "catches", name, query)
}

fn ask_of(reader: &dyn Reader, table: &str, name: &str, query: &Query) -> Result<()> {
    let mut spent = vec![];
    let mut page = reader.page(table, query)?;
    for _ in 0..200 {
        let started = Instant::now();
        page = reader.page(table, query)?;
        spent.push(started.elapsed());
    }
    spent.sort_unstable();
    println!("{name}: {:?} median, {:?} worst; {} rows of {}", spent[100], spent[199], page.rows.len(), page.total);
    Ok(())
}

fn report(name: &str, commits: u64, mut spent: Vec<Duration>) {
    let total: Duration = spent.iter().sum();
    spent.sort_unstable();
    let at = |part: f64| spent[((spent.len() - 1) as f64 * part) as usize];
    println!(
        "{name}: {:.0} commits/s, {:.1} µs a commit, {:.1} of them at work; a group {:?} median, {:?} p99, {:?} worst",
        commits as f64 / total.as_secs_f64(),
        total.as_secs_f64() * 1e6 / commits as f64,
        CPU.swap(0, Relaxed) as f64 / 1e3 / commits as f64,
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

/// The same numbers every time, in no order.
fn mix(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 20
}
