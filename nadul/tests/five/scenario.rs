//! A scenario over many systems: side by side on one process, each on a thread that has the system's name.
use crate::five::{ALL, ListedSystem, is_sound};
use process::{Nadul, ServerProcess};

/// A busy machine is no reason to give up a call, where a test is not about that.
pub const LONG_TIMEOUTS: [&str; 11] = [
    "taxi.payment_timeout_ms=20000",
    "fruit.payment_timeout_ms=20000",
    "call-taxi.payment_timeout_ms=20000",
    "stay.payment_timeout_ms=20000",
    "bookstore.payment_timeout_ms=20000",
    "fruit.hold_timeout_ms=20000",
    "call-taxi.hold_timeout_ms=20000",
    "stay.hold_timeout_ms=20000",
    "bookstore.hold_timeout_ms=20000",
    "taxi.hold_timeout_ms=20000",
    "http.request_timeout_ms=25000",
];

pub fn in_all_five(settings: &[&str], scenario: impl Fn(&ServerProcess, &ListedSystem) + Sync) {
    in_these(&ALL, settings, scenario);
}

/// Afterwards each system is sound at rest, and the data on the disk is checked.
pub fn in_these(
    systems: &[&'static ListedSystem],
    settings: &[&str],
    scenario: impl Fn(&ServerProcess, &ListedSystem) + Sync,
) {
    let nadul = Nadul::new();
    let server = serve(&nadul, systems, settings);
    systems.iter().for_each(|system| (system.prepare)(&server));
    run_scenario(&server, systems, |server, system| {
        scenario(server, system);
        is_sound(server, system);
    });
    server.stop();
    nadul.check_data();
}

pub fn serve<'a>(nadul: &'a Nadul, systems: &[&'static ListedSystem], settings: &[&str]) -> ServerProcess<'a> {
    let mut arguments: Vec<&str> = systems.iter().map(|system| system.name).collect();
    arguments.extend(["--data", "data"]);
    let own = systems.iter().flat_map(|system| system.settings);
    own.chain(settings).for_each(|setting| arguments.extend(["--set", setting]));
    nadul.serve(&arguments)
}

/// A panic names the system, as its thread does.
pub fn run_scenario(
    server: &ServerProcess,
    systems: &[&'static ListedSystem],
    scenario: impl Fn(&ServerProcess, &ListedSystem) + Sync,
) {
    std::thread::scope(|threads| {
        for system in systems {
            let scenario = &scenario;
            let thread = std::thread::Builder::new().name(system.name.to_string());
            thread.spawn_scoped(threads, move || scenario(server, system)).expect("a thread starts");
        }
    });
}
