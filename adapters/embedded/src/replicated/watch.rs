//! The thread of a seat: it looks at the store again and again, and does what follows.
use super::host::ReplicatedHost;
use super::ready::wrong_clock;
use super::seat::{Seat, SeatRole, Wish};
use runtime::port::replica::{Ownership, ReplicaState, Standby};
use runtime::port::store::{Reader, Result, StoreError};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A store is not looked at again sooner, however often somebody asks for it.
const LOOK_AGAIN: Duration = Duration::from_millis(15);

pub(super) struct Watch<'a> {
    pub host: &'a ReplicatedHost,
    pub seat: &'a Seat,
    pub standby: Box<dyn Standby>,
    /// When the store is looked at next.
    pub look_at: Instant,
    pub looked_at: Instant,
    /// Before that this replica does not claim, and tells the others that it can't: it could not take the context over.
    pub claim_at: Instant,
    /// So often in a row it could not.
    pub failed_claims: u32,
    /// What a follower knows to be durable.
    pub follows: Option<Arc<dyn Reader>>,
}

impl Watch<'_> {
    pub fn run(mut self) {
        loop {
            let wish = self.seat.wish();
            self.mind_the_driver();
            if self.seat.owns() && wish != Wish::Work {
                self.give();
            }
            if wish == Wish::End {
                break;
            }
            self.look();
            if self.seat.role() == SeatRole::Follows {
                self.follow();
            }
            self.sleep();
        }
        if let Err(error) = self.standby.leave() {
            tracing::debug!(context = self.seat.name(), %error, "the others learn by its silence that this replica is gone");
        }
        self.seat.end();
    }

    fn sleep(&mut self) {
        let times = &self.host.times;
        if self.seat.sleep(if self.follows.is_some() { times.follow } else { times.look }) {
            self.look_at = self.look_at.min(self.looked_at + LOOK_AGAIN);
        }
    }

    /// A driver that has ended by itself owns nothing any more.
    fn mind_the_driver(&mut self) {
        let (seat, handle) = (self.seat, &self.seat.slot.handle);
        if !seat.owns() || handle.is_running() {
            return;
        }
        let lost = handle.lost();
        seat.set_role(match &lost {
            Some(StoreError::Mismatched(why)) => SeatRole::Stopped(why.clone()),
            _ => SeatRole::Follows,
        });
        seat.slot.stop();
        tracing::warn!(context = seat.name(), "this replica does not own the context any more");
        if lost.is_none()
            && let Err(error) = self.standby.release(None)
        {
            tracing::debug!(context = seat.name(), %error, "the store could not be given back; its lease ends by itself");
        }
        self.look_at = Instant::now();
    }

    fn look(&mut self) {
        let now = Instant::now();
        if now < self.look_at {
            return;
        }
        (self.looked_at, self.look_at) = (now, now + self.host.times.look);
        match self.standby.look(self.state()) {
            Ok(ownership) => self.looked(ownership),
            Err(error) => {
                // a claim failed because the store was away: it is tried at once when the store is back
                (self.claim_at, self.failed_claims) = (now, 0);
                self.seat.set_fault(Some(error.to_string()));
            }
        }
    }

    /// Says once that it is wrong, and once that it is right again.
    fn mind_the_clock(&self, ownership: &Ownership) {
        let before = wrong_clock(self.seat.ownership().clock_ahead_ms);
        match (before, wrong_clock(ownership.clock_ahead_ms)) {
            (None, Some(why)) => tracing::error!(context = self.seat.name(), why, "this process is not ready"),
            (Some(_), None) => tracing::info!(context = self.seat.name(), "the clock of this machine is right again"),
            _ => {}
        }
    }

    /// What the others are to see: whoever could not take the context over, or has a wrong clock, is not waited for, nor given it.
    pub(super) fn state(&self) -> ReplicaState {
        let can_not = Instant::now() < self.claim_at || wrong_clock(self.seat.ownership().clock_ahead_ms).is_some();
        match self.seat.state() {
            ReplicaState::Ready if can_not => ReplicaState::Starting,
            state => state,
        }
    }

    fn looked(&mut self, ownership: Ownership) {
        let seat = self.seat;
        self.mind_the_clock(&ownership);
        seat.looked(ownership.clone());
        match seat.role() {
            SeatRole::Follows if seat.wish() == Wish::Work && may_claim(seat, &ownership) => {
                if self.claim_at <= Instant::now() {
                    self.claim();
                }
            }
            SeatRole::Follows if self.claim_at <= Instant::now() => seat.set_fault(None),
            SeatRole::Follows => {} // why it could not take the context over is said until it tries again
            SeatRole::Owns if !is_mine(seat, &ownership) => self.step_down(),
            SeatRole::Owns if is_older_than_others(seat, &ownership) => self.give(),
            SeatRole::Owns | SeatRole::Takes | SeatRole::Gives | SeatRole::Stopped(_) => {}
        }
    }

    /// Another replica has claimed the store: whatever this one still wrote would be refused.
    fn step_down(&mut self) {
        self.seat.set_role(SeatRole::Follows);
        self.seat.slot.stop();
        tracing::warn!(context = self.seat.name(), "another replica has taken the context over");
    }

    /// What the owner has made durable since the last look: readers are served with it, and live streams go on.
    fn follow(&mut self) {
        let reader = match &self.follows {
            Some(reader) => reader.clone(),
            None => match self.standby.reader() {
                Ok(reader) => self.follows.insert(reader).clone(),
                Err(error) => return self.seat.set_fault(Some(error.to_string())),
            },
        };
        if let Err(error) = self.show(reader) {
            self.follows = None;
            self.seat.set_fault(Some(error.to_string()));
        }
    }

    /// Shows readers, and processes that ask, what is durable now.
    pub(super) fn show(&self, reader: Arc<dyn Reader>) -> Result<()> {
        let (head, slot) = (reader.head()?, &self.seat.slot);
        let known = slot.handle.status().head;
        if slot.log.reader().is_none() || head.group != known.group || head.life != known.life {
            slot.handle.follow(head.clone());
            slot.log.open(reader, head.position);
            (self.host.on_commit)(self.seat.name(), None);
        }
        Ok(())
    }
}

/// Whether it is this replica's turn.
fn may_claim(seat: &Seat, ownership: &Ownership) -> bool {
    match &ownership.heir {
        Some(heir) if *heir == seat.me.id => true,
        _ => ownership.is_free && !is_older_than_others(seat, ownership),
    }
}

/// A context goes to the newest release that is ready, so that it moves once in a rolling update.
fn is_older_than_others(seat: &Seat, ownership: &Ownership) -> bool {
    ready(ownership).any(|replica| replica.release > seat.me.release)
}

fn is_mine(seat: &Seat, ownership: &Ownership) -> bool {
    ownership.owner.as_ref().is_some_and(|owner| owner.id == seat.me.id)
}

pub(super) fn ready(ownership: &Ownership) -> impl Iterator<Item = &runtime::port::replica::Replica> {
    ownership.replicas.iter().filter(|replica| replica.state == ReplicaState::Ready)
}
