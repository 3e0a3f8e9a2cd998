//! What `/metrics` of a process says of its seats: role, owner, epoch, how often it took a context over and gave it away.
use embedded::replicated::{ReplicatedHost, SeatRole};
use kernel::Name;
use metrics::{counter, gauge};
use runtime::port::replica::Ownership;
use std::collections::BTreeSet;
use std::sync::{Arc, Weak};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(1);

/// From now on, until the host is gone.
pub fn report(host: &Arc<ReplicatedHost>) {
    let host = Arc::downgrade(host);
    tokio::spawn(run(host));
}

async fn run(host: Weak<ReplicatedHost>) {
    let mut owners = Owners::default();
    while let Some(host) = host.upgrade() {
        say(&host);
        owners.say(&host);
        drop(host);
        tokio::time::sleep(EVERY).await;
    }
}

fn say(host: &ReplicatedHost) {
    let system = host.system_name();
    for seat in host.seats() {
        let (context, ownership, role) = (seat.name(), seat.ownership(), seat.role());
        for (name, is) in [
            ("owner", role == SeatRole::Owns),
            ("follower", role == SeatRole::Follows),
            ("changing", matches!(role, SeatRole::Takes | SeatRole::Gives)),
            ("stopped", matches!(role, SeatRole::Stopped(_))),
        ] {
            gauge!("nadul_seat", "system" => system, "context" => context, "role" => name).set(f64::from(u8::from(is)));
        }
        gauge!("nadul_epoch", "system" => system, "context" => context).set(ownership.epoch as f64);
        gauge!("nadul_replicas", "system" => system, "context" => context).set(ownership.replicas.len() as f64);
        counter!("nadul_taken_over_total", "system" => system, "context" => context).absolute(seat.taken_over());
        counter!("nadul_given_away_total", "system" => system, "context" => context).absolute(seat.given_away());
    }
}

/// Where each context is owned: 1 for the present address, 0 for those that were said before.
#[derive(Default)]
struct Owners(BTreeSet<(Name, String)>);

impl Owners {
    fn say(&mut self, host: &ReplicatedHost) {
        let system = host.system_name();
        let now: BTreeSet<_> =
            host.seats().iter().filter_map(|seat| Some((seat.name(), owner(&seat.ownership())?))).collect();
        for (context, url) in self.0.union(&now) {
            let is = f64::from(u8::from(now.contains(&(*context, url.clone()))));
            gauge!("nadul_owner", "system" => system, "context" => *context, "url" => url.clone()).set(is);
        }
        self.0.extend(now);
    }
}

fn owner(ownership: &Ownership) -> Option<String> {
    ownership.owner.as_ref().filter(|_| !ownership.is_free).map(|owner| owner.url.clone())
}
