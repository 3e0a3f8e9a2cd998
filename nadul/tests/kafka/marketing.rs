//! The example in docs/marketing: a subscriber in Python, with an ordinary consumer group, that agrees with the system and does without it.
use super::subscriber::Relayed;
use crate::five::ALL;
use kafka_broker::KafkaBroker;
use process::{ServerProcess, WAIT_LIMIT};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// What it keeps: requests by route, won by customer.
type Kept = (BTreeMap<(String, String), u64>, BTreeMap<String, i64>);

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/marketing")
}

/// Python with what the example stands on, below the folder of what is built.
fn python() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let home = test.ancestors().nth(3).expect("cargo puts a test three folders deep").join("marketing");
    let (wanted, installed) = (docs().join("requirements.txt"), home.join("installed"));
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    if read(&installed) != read(&wanted) {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home));
        let mut install = Command::new(home.join("bin/pip"));
        run(install.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&wanted));
        std::fs::copy(&wanted, &installed).expect("a note of what is installed");
    }
    home.join("bin/python")
}

fn run(command: &mut Command) {
    let output = command.output().expect("python3 with venv: ./test installs it");
    assert!(output.status.success(), "{command:?}: {output:?}");
}

struct Marketing(Child);

impl Marketing {
    fn start(broker: &KafkaBroker, table: &Path) -> Marketing {
        let mut command = Command::new(python());
        command.arg(docs().join("marketing.py")).arg(&broker.bootstrap).arg(table);
        Marketing(command.spawn().expect("it starts"))
    }

    fn stop(mut self) {
        run(Command::new("kill").arg(self.0.id().to_string()));
        assert!(self.0.wait().expect("it ends").success());
    }
}

impl Drop for Marketing {
    fn drop(&mut self) {
        let _already_gone = self.0.kill();
        let _already_waited = self.0.wait();
    }
}

fn kept(table: &Path) -> rusqlite::Result<Kept> {
    let db = Connection::open_with_flags(table, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut routes = db.prepare("SELECT start, destination, requests FROM routes")?;
    let routes = routes.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    let mut spending = db.prepare("SELECT customer, won FROM spending WHERE won > 0")?;
    let spending = spending.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((routes.collect::<rusqlite::Result<_>>()?, spending.collect::<rusqlite::Result<_>>()?))
}

/// The same as the system itself says.
fn told(server: &ServerProcess<'_>) -> Kept {
    let text = |row: &Value, field: &str| row[field].as_str().expect("a text").to_string();
    let (mut routes, mut spending) = Kept::default();
    for row in server.rows("catches") {
        *routes.entry((text(&row, "startingPoint"), text(&row, "destination"))).or_default() += 1;
    }
    for row in server.rows("payments").iter().filter(|row| row["paymentAction"] == "Approved") {
        *spending.entry(text(row, "customer")).or_default() += row["price"].as_i64().expect("a price");
    }
    (routes, spending)
}

fn agrees(server: &ServerProcess<'_>, table: &Path) {
    server.wait_until_idle();
    let (told, until) = (told(server), Instant::now() + WAIT_LIMIT);
    loop {
        match kept(table) {
            Ok(kept) if kept == told => return,
            kept if Instant::now() > until => panic!("{kept:?}, and the system says {told:?}"),
            _ => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Requests on three routes of four customers; every fifth is cancelled.
fn hail(server: &ServerProcess<'_>, many: usize) {
    for n in 0..many {
        let (to, who) = (["강남", "종로", "여의도"][n % 3], ["kim", "lee", "han", "이 순신"][n % 4]);
        let trip = json!({"price": 1000 + n, "startingPoint": "남영", "destination": to, "customer": who});
        let id = server.post("/catches", &trip).created_id();
        if n.is_multiple_of(5) {
            server.patch(&format!("/catches/{id}"), &json!({"status": "Cancel"})).expect_status(200);
        }
    }
}

#[test]
fn marketing_keeps_what_the_system_says_and_the_system_does_without_it() {
    let broker = KafkaBroker::shared();
    let relayed = Relayed::to(broker, ALL[0]);
    let table = relayed.nadul.path().join("marketing.db");
    let server = relayed.serve();
    let marketing = Marketing::start(broker, &table);
    hail(&server, 40);
    agrees(&server, &table);
    marketing.stop();
    hail(&server, 20);
    let marketing = Marketing::start(broker, &table);
    agrees(&server, &table);
    marketing.stop();
    std::fs::remove_file(&table).expect("its table");
    hail(&server, 5);
    server.stop();
    relayed.nadul.check_data();
}
