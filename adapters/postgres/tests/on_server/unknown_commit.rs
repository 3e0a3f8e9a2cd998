//! The connection breaks while a COMMIT is under way: what the store says is what is there.
use super::proxy::{Cut, Proxy, Side};
use super::{Place, next, open_at};
use postgres::{Postgres, PostgresOptions, ServerAddress};
use runtime::port::store::Store;
use testkit::conformance::Sample;

/// Of "COMMIT" as the client says it, and of the server's answer with the word that it is ready again.
const CLIENT_BYTES: usize = 12;
const SERVER_BYTES: usize = 18;

struct Broken {
    place: Place,
    proxy: Proxy,
    store: Postgres,
    sample: Sample,
}

impl Broken {
    fn new() -> Broken {
        let place = Place::new();
        let port: u16 =
            place.0.url.rsplit_once(':').and_then(|(_, end)| end.split('/').next()?.parse().ok()).expect("a port");
        let proxy = Proxy::to(port);
        let url = place.0.url.replace(&format!(":{port}/"), &format!(":{}/", proxy.port));
        let address = ServerAddress::parse(&url).expect("an address");
        let store = open_at(&address, PostgresOptions::default()).expect("a store");
        let mut broken = Broken { place, proxy, store, sample: Sample::default() };
        let first = next(&mut broken.sample);
        assert_eq!(broken.store.apply(&first), Ok(()));
        broken
    }

    fn groups(&self) -> usize {
        self.place.value("SELECT count(*) FROM @groups").parse().expect("a number")
    }

    fn events(&self) -> String {
        self.place.value("SELECT count(*) FROM @log")
    }

    /// Writes a group that is cut off, and says how many groups have come of it.
    fn cut(&mut self, side: Side, bytes: usize) -> usize {
        let before = self.groups();
        self.proxy.cut(Cut { side, bytes, holds: false });
        let group = next(&mut self.sample);
        assert_eq!(self.store.apply(&group), Ok(()), "{side:?} {bytes}");
        assert!(!self.proxy.is_armed(), "{side:?} {bytes}: was not cut");
        assert_eq!(self.events(), group.head.position.to_string(), "{side:?} {bytes}");
        assert_eq!(self.store.head(), Ok(group.head), "{side:?} {bytes}");
        self.groups() - before
    }

    fn goes_on(mut self) {
        for _ in 0..3 {
            let group = next(&mut self.sample);
            assert_eq!(self.store.apply(&group), Ok(()));
        }
        assert_eq!(self.store.reader().verify(), Ok(vec![]));
        assert_eq!(self.store.state("trip", kernel::Id(1001)).map(|state| state.is_some()), Ok(true));
    }
}

#[test]
fn a_group_whose_commit_did_not_arrive_whole_is_written_behind_an_empty_one() {
    let mut broken = Broken::new();
    for bytes in 0..CLIENT_BYTES {
        assert_eq!(broken.cut(Side::Client, bytes), 2, "an empty group and then this one: {bytes}");
    }
    broken.goes_on();
}

#[test]
fn a_group_whose_commit_arrived_is_there_whatever_is_heard_of_it() {
    let mut broken = Broken::new();
    assert_eq!(broken.cut(Side::Client, CLIENT_BYTES), 1);
    for bytes in 0..=SERVER_BYTES {
        assert_eq!(broken.cut(Side::Server, bytes), 1, "{bytes}");
    }
    broken.goes_on();
}

/// The server believes its client to live, and its transaction to go on.
#[test]
fn a_commit_that_comes_too_late_changes_nothing() {
    let mut broken = Broken::new();
    let before = broken.groups();
    broken.proxy.cut(Cut { side: Side::Client, bytes: 5, holds: true });
    let group = next(&mut broken.sample);
    assert_eq!(broken.store.apply(&group), Ok(()));
    assert_eq!(broken.groups(), before + 2);
    broken.proxy.rest.send(()).expect("the proxy holds");
    broken.goes_on();
}
