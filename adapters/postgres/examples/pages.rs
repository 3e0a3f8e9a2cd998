//! What a page and its total cost anywhere in a large list, alone, among many readers and while rows are written:
//! `cargo run --release -p nadul-postgres --example pages`.
//!
//! Arguments: how many rows (1,000,000), how many readers at once (16), how many rows a group (1000).
#![allow(clippy::print_stdout)] // an example that people run by hand
use kernel::Id;
use postgres::{Postgres, PostgresOptions, ServerAddress};
use postgres_server::PostgresServer;
use runtime::port::store::{Query, ReadLimit, Reader, Result, Store, Table};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};
use testkit::conformance::{Model, Sample};

const CUSTOMERS: u64 = 20_000;
/// Every so many rows are of one customer.
const OFTEN: u64 = 4;
const LOOKS: usize = 100;
const TIME: Duration = Duration::from_secs(3);

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default| arguments.next().and_then(|number| number.parse().ok()).unwrap_or(default);
    let (rows, readers, group): (u64, u64, u64) = (number(1_000_000), number(16), number(1000));
    let database = PostgresServer::shared().database();
    let address = ServerAddress::parse(&database.url)?;
    let table = Table { name: "trips".into(), finds: 2, sorts: 1, pairs: vec![], ordered: false, owned: false };
    let tables = std::slice::from_ref(&table);
    let mut store = postgres::open(&address, "catch", "taxi", tables, PostgresOptions::default())?;
    let mut writer = Writer { sample: Sample::default(), model: Model::new(table.clone()), rows: 0 };
    let mut slowest = Duration::ZERO;
    let started = Instant::now();
    while writer.rows < rows {
        let began = Instant::now();
        writer.write(&mut store, group)?;
        slowest = slowest.max(began.elapsed());
    }
    let each = started.elapsed().as_secs_f64() * 1e6 / rows as f64;
    println!("{rows} rows in groups of {group}: {each:.1} us a row, {slowest:.1?} the slowest group");
    let reader = store.reader();
    let queries = queries(rows);
    queries.iter().try_for_each(|(name, query)| alone(&*reader, name, query))?;
    together(&*reader, readers, "pages anywhere", &queries)?;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut written = Ok(());
            while !done.load(Relaxed) && written.is_ok() {
                written = writer.write(&mut store, 10);
            }
        });
        let (ended, deep) = (together(&*reader, readers, "pages anywhere, while rows come", &queries), &queries[2].1);
        let ended = ended.and_then(|()| alone(&*reader, "middle page, descending, while rows come", deep));
        done.store(true, Relaxed);
        ended
    })?;
    let started = Instant::now();
    println!("verify: {:?} in {:.1?}", reader.verify()?, started.elapsed());
    Ok(())
}

struct Writer {
    sample: Sample,
    model: Model,
    rows: u64,
}

impl Writer {
    /// New rows with keys in no order.
    fn write(&mut self, store: &mut Postgres, rows: u64) -> Result<()> {
        let ids = self.rows + 1..self.rows + rows + 1;
        let mixed = |id: u64| (id.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as i64;
        let customer = |id: u64| if id.is_multiple_of(OFTEN) { 0 } else { 1 + mixed(id) % CUSTOMERS as i64 };
        let keys = |id| vec![id as i64, customer(id), mixed(id) % 100_000];
        let commits = ids.map(|id| self.model.commit(Id(id), Some((true, keys(id))), &mut self.sample.head)).collect();
        store.apply(&self.sample.group(commits))?;
        store.maintain()?;
        self.rows += rows;
        // the model's rows are not looked at again
        self.model = Model::new(self.model.table.clone());
        Ok(())
    }
}

fn queries(rows: u64) -> Vec<(&'static str, Query)> {
    let first = Query { limit: ReadLimit::rows(20), ..Query::default() };
    let middle = Query { offset: rows / 2, ..first };
    let often = Query { find: Some((1, 0)), ..first };
    vec![
        ("first page", first),
        ("middle page", middle),
        ("middle page, descending", Query { descending: true, ..middle }),
        ("last page", Query { offset: rows - 20, ..first }),
        ("middle page by price", Query { sort: Some(0), ..middle }),
        ("of one customer", Query { find: Some((1, 17)), ..first }),
        ("of the customer with a quarter of all, middle page", Query { offset: rows / OFTEN / 2, ..often }),
        ("the same by price, descending", Query { offset: rows / 8, sort: Some(0), descending: true, ..often }),
        ("behind a row by price", Query { sort: Some(0), after: Some((50_000, Id(7))), ..first }),
    ]
}

fn alone(reader: &dyn Reader, name: &str, query: &Query) -> Result<()> {
    let mut spent = vec![];
    let mut page = reader.page("trips", query)?;
    for _ in 0..LOOKS {
        let started = Instant::now();
        page = reader.page("trips", query)?;
        spent.push(started.elapsed());
    }
    spent.sort_unstable();
    let (median, worst) = (spent[LOOKS / 2], spent[LOOKS - 1]);
    println!("{name}: {median:.2?} median, {worst:.2?} worst; {} rows of {}", page.rows.len(), page.total);
    Ok(())
}

fn together(reader: &dyn Reader, readers: u64, name: &str, queries: &[(&str, Query)]) -> Result<()> {
    let (looks, started) = (AtomicUsize::new(0), Instant::now());
    let look = |seed: u64| {
        let mut nth = seed as usize;
        while started.elapsed() < TIME {
            reader.page("trips", &queries[nth % queries.len()].1)?;
            looks.fetch_add(1, Relaxed);
            nth += 1;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..readers).map(|seed| scope.spawn(move || look(seed))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or(Ok(())))
    })?;
    let rate = looks.load(Relaxed) as f64 / started.elapsed().as_secs_f64();
    println!("{readers} readers, {name}: {rate:.0} looks a second");
    Ok(())
}
