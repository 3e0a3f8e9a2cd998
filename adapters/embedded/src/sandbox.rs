//! The sandbox: between the contexts it plays the outside provider that one of them relies on.
use crate::delays::Delays;
use crate::network::ReachablePeers;
use kernel::{Name, System};
use runtime::error::Refusal;
use runtime::limits::Limits;
use runtime::message::{CallError, PeerMessage};
use runtime::port::peers::{Envelope, NotSent, Peers};
use runtime::port::work::ProviderMode;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

pub struct Sandbox {
    network: Arc<dyn ReachablePeers>,
    delays: Delays,
    mode: Mutex<ProviderMode>,
    slow_ms: u64,
    late_ms: u64,
    /// Contexts that rely on a provider, with what they answer when it declines.
    providers: BTreeMap<Name, Refusal>,
}

impl Sandbox {
    pub fn new(system: &System, limits: &Limits, network: Arc<dyn ReachablePeers>) -> Sandbox {
        let providers = system.contexts.iter();
        let providers =
            providers.filter_map(|context| Some((context.name, Refusal::from(context.provider?.refusal)))).collect();
        let (slow_ms, late_ms) = (limits.sandbox_slow_ms, limits.sandbox_late_ms);
        Sandbox { delays: Delays::new(network.clone()), network, mode: Mutex::default(), slow_ms, late_ms, providers }
    }

    pub fn mode(&self) -> ProviderMode {
        *self.mode.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set_mode(&self, mode: ProviderMode) {
        *self.mode.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    /// A call to a context that relies on the provider.
    fn send_call(&self, envelope: Envelope, declined: &Refusal) -> Result<(), NotSent> {
        let mode = self.mode();
        if mode == ProviderMode::Down || !self.network.reaches(&envelope.to) {
            return Err(NotSent);
        }
        match mode {
            ProviderMode::Decline => self.decline(envelope, declined),
            ProviderMode::Slow { ms } => {
                self.delays.send_later(envelope, ms.unwrap_or(self.slow_ms));
                Ok(())
            }
            ProviderMode::Approve | ProviderMode::Late | ProviderMode::Down => self.network.send(envelope),
        }
    }

    fn decline(&self, envelope: Envelope, declined: &Refusal) -> Result<(), NotSent> {
        let Envelope { from, to, message, .. } = envelope;
        let PeerMessage::Call(call) = message else { return Err(NotSent) };
        let result = Err(CallError::Refused(declined.clone()));
        self.network.send(Envelope::new(to, from, PeerMessage::Reply { key: call.key, result }))
    }
}

impl Peers for Sandbox {
    fn send(&self, envelope: Envelope) -> Result<(), NotSent> {
        let is_late = || self.mode() == ProviderMode::Late && self.providers.contains_key(envelope.from.as_str());
        match (&envelope.message, self.providers.get(envelope.to.as_str())) {
            (PeerMessage::Call(_), Some(declined)) => self.send_call(envelope, declined),
            (PeerMessage::Reply { .. }, _) if is_late() => {
                self.delays.send_later(envelope, self.late_ms);
                Ok(())
            }
            _ => self.network.send(envelope),
        }
    }
}
