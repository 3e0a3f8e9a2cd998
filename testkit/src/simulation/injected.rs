//! Faults of the protocol between contexts, injected so that the simulation can show that it finds them: three in the machine's own rules,
//! the others by a decorator of a port.
use super::lock::lock;
use super::network::Network;
use kernel::{CallKey, CallRecord, Group, Head, Id, Row, StoredAnswer};
use runtime::machine::InjectedFault;
use runtime::message::{CallError, PeerMessage};
use runtime::port::peers::{Envelope, NotSent, Peers};
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreOrigin};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProtocolFault {
    /// Events are applied again when they are delivered again.
    DedupDropped,
    /// After a crash, late calls of tickets in doubt are answered.
    NoFence,
    /// The settled mark is told before it is durable.
    SettledTooEarly,
    /// No call is undone.
    UndoLeftOut,
    /// A call without a reply is not undone.
    TimedOutStepNotUndone,
    /// A refused call is not undone, although its copy may still be under way.
    RefusedStepNotUndone,
    /// An acknowledgement of an older range passes for one of the newest.
    OldAcknowledgementBelieved,
    /// An undo that comes before its call leaves nothing that stops the call.
    TombstoneForgotten,
    /// Whoever owned a store once may write it for ever.
    NoVersionFence,
    /// What a process has read of a store before it claimed it is taken for what is durable.
    ReadBeforeClaim,
    /// A group of which nothing was heard is taken for failed.
    UnknownCommitIsFailed,
    /// A group of which nothing was heard is taken for failed where it is not there, although it may still arrive.
    UnknownCommitJustLooked,
    /// An owner decides although its lease has run out.
    StaleOwnerAnswers,
    /// A new owner calls a context that has still to void what the owner before has called there.
    GhostHoldRefuses,
    /// A planned hand-over gives the lease away before the last group is written.
    LeaseReleasedBeforeLastGroup,
    /// A disk that went back in time is taken for what was written last.
    RestoredSourceIsDuplicate,
    /// What a callee knows of tickets that its caller has lost is not listened to.
    LostTicketsUnheard,
    /// An older release passes over the events that it does not know.
    UnknownEventSkipped,
    /// A relay marks what it has sent, whether the broker has it or not.
    RelayedBeforeAck,
    /// A message is taken for the next one although an event before it is missing.
    AfterIgnored,
    /// Anybody with the role may change what is another's.
    PermissionIgnored,
    /// What follows from a request belongs to nobody.
    OwnerForgotten,
    /// Whoever follows rows is told of all of them.
    FollowsAllRows,
    /// Whoever comes back is told of all rows that left what they ask for.
    LeavingToldToAll,
}

impl ProtocolFault {
    /// What the machine is told to do wrong.
    pub fn in_machine(fault: Option<ProtocolFault>) -> InjectedFault {
        match fault {
            Some(ProtocolFault::DedupDropped) => InjectedFault::DedupDropped,
            Some(ProtocolFault::NoFence) => InjectedFault::NoFence,
            Some(ProtocolFault::SettledTooEarly) => InjectedFault::SettledTooEarly,
            Some(ProtocolFault::GhostHoldRefuses) => InjectedFault::CallsWhileInDoubt,
            Some(ProtocolFault::UnknownEventSkipped) => InjectedFault::UnknownEventSkipped,
            Some(ProtocolFault::PermissionIgnored) => InjectedFault::PermissionIgnored,
            Some(ProtocolFault::OwnerForgotten) => InjectedFault::OwnerForgotten,
            _ => InjectedFault::None,
        }
    }

    fn is_in_messages(self) -> bool {
        matches!(
            self,
            ProtocolFault::UndoLeftOut
                | ProtocolFault::TimedOutStepNotUndone
                | ProtocolFault::RefusedStepNotUndone
                | ProtocolFault::OldAcknowledgementBelieved
                | ProtocolFault::LostTicketsUnheard
        )
    }
}

/// Messages between contexts, with a fault in what they say.
pub struct FaultyPeers {
    fault: ProtocolFault,
    peers: Arc<dyn Peers>,
    network: Arc<Network>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// Whether the reply that a caller has got was a refusal.
    refused: BTreeMap<CallKey, bool>,
    /// Up to where each caller has asked last that its tickets are voided.
    newest_range: BTreeMap<String, Id>,
}

impl FaultyPeers {
    /// `None` where the fault is not in the messages.
    pub fn new(fault: ProtocolFault, peers: Arc<dyn Peers>, network: Arc<Network>) -> Option<FaultyPeers> {
        fault.is_in_messages().then(|| FaultyPeers { fault, peers, network, seen: Mutex::default() })
    }

    fn leaves_out(&self, key: &CallKey) -> bool {
        let refused = lock(&self.seen).refused.get(key).copied();
        match self.fault {
            ProtocolFault::UndoLeftOut => true,
            ProtocolFault::TimedOutStepNotUndone => refused.is_none(),
            ProtocolFault::RefusedStepNotUndone => refused == Some(true),
            _ => false,
        }
    }

    /// A message arrives.
    pub fn arrives(&self, mut envelope: Envelope) -> Envelope {
        let mut seen = lock(&self.seen);
        match &mut envelope.message {
            PeerMessage::Reply { key, result: Ok(_) } => drop(seen.refused.insert(key.clone(), false)),
            PeerMessage::Reply { key, result: Err(CallError::Refused(_)) } => {
                seen.refused.insert(key.clone(), true);
            }
            PeerMessage::RangeVoided { highest, .. } if self.fault == ProtocolFault::LostTicketsUnheard => {
                *highest = Id(0)
            }
            PeerMessage::RangeVoided { to, .. } if self.fault == ProtocolFault::OldAcknowledgementBelieved => {
                *to = seen.newest_range.get(&envelope.to).copied().unwrap_or(*to);
            }
            _ => {}
        }
        envelope
    }
}

impl Peers for FaultyPeers {
    fn send(&self, envelope: Envelope) -> std::result::Result<(), NotSent> {
        match &envelope.message {
            PeerMessage::Undo { key, .. } if self.leaves_out(key) => {
                let undone = PeerMessage::Undone { key: key.clone() };
                return self.network.send(Envelope::new(envelope.to, envelope.from, undone));
            }
            PeerMessage::VoidRange { caller, to, .. } => {
                lock(&self.seen).newest_range.insert(caller.clone(), *to);
            }
            _ => {}
        }
        self.peers.send(envelope)
    }
}

/// A store that does not keep that a call was voided before it came.
pub struct ForgetsTombstones(pub Box<dyn Store>);

impl ForgetsTombstones {
    fn without_tombstones(&self, group: &Group) -> Result<Group> {
        let mut kept = group.clone();
        let mut done = vec![];
        for commit in &mut kept.commits {
            let calls = std::mem::take(&mut commit.calls);
            for (key, record) in calls {
                let was_done = done.contains(&key) || self.0.call(&key)?.is_some();
                if record != CallRecord::Void || was_done {
                    done.push(key.clone());
                    commit.calls.push((key, record));
                }
            }
        }
        Ok(kept)
    }
}

impl Store for ForgetsTombstones {
    fn head(&self) -> Result<Head> {
        self.0.head()
    }

    fn origin(&self) -> StoreOrigin {
        self.0.origin()
    }

    fn holds_lease(&self) -> bool {
        self.0.holds_lease()
    }
    fn is_taken_over(&self) -> bool {
        self.0.is_taken_over()
    }

    fn apply(&mut self, group: &Group) -> Result<()> {
        let kept = self.without_tombstones(group)?;
        self.0.apply(&kept)
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        self.0.state(kind, id)
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        self.0.row(table, id)
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        self.0.call(key)
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.0.calls(caller, from, to)
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.0.answer(route, key)
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.0.parked()
    }

    fn reader(&self) -> Arc<dyn Reader> {
        self.0.reader()
    }
}
