//! The outside provider that a context relies on, between the contexts, in the modes of the sandbox.
use super::lock::lock;
use super::network::Network;
use super::random::Random;
use kernel::{Name, System};
use runtime::error::Refusal;
use runtime::message::{CallError, PeerMessage};
use runtime::port::peers::{Envelope, NotSent, Peers};
use runtime::port::work::ProviderMode;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub struct SimProvider {
    network: Arc<Network>,
    random: Arc<Random>,
    mode: Mutex<ProviderMode>,
    /// Contexts that rely on a provider, with what they answer when it declines.
    declined: BTreeMap<Name, Refusal>,
}

impl SimProvider {
    pub fn new(system: &System, network: Arc<Network>, random: Arc<Random>) -> SimProvider {
        let contexts = system.contexts.iter();
        let declined = contexts.filter_map(|context| Some((context.name, context.provider?.refusal.into()))).collect();
        SimProvider { network, random, mode: Mutex::default(), declined }
    }

    pub fn mode(&self) -> ProviderMode {
        *lock(&self.mode)
    }

    pub fn set_mode(&self, mode: ProviderMode) {
        *lock(&self.mode) = mode;
    }

    fn send_call(&self, envelope: Envelope) -> Result<(), NotSent> {
        match self.mode() {
            ProviderMode::Down => Err(NotSent),
            ProviderMode::Slow { .. } => self.network.send_later(envelope, self.random.between(150..450)),
            ProviderMode::Approve | ProviderMode::Decline | ProviderMode::Late => self.network.send(envelope),
        }
    }

    /// The reply to a call that is declined where it arrives. A copy of the call that arrives later may be approved.
    pub fn declines(&self, Envelope { from, to, message, .. }: &Envelope) -> Option<Envelope> {
        let PeerMessage::Call(call) = message else { return None };
        let refusal = self.declined.get(to.as_str()).filter(|_| self.mode() == ProviderMode::Decline)?;
        let result = Err(CallError::Refused(refusal.clone()));
        Some(Envelope::new(to, from, PeerMessage::Reply { key: call.key.clone(), result }))
    }
}

impl Peers for SimProvider {
    fn send(&self, envelope: Envelope) -> Result<(), NotSent> {
        let is_late = || self.mode() == ProviderMode::Late && self.declined.contains_key(envelope.from.as_str());
        match &envelope.message {
            PeerMessage::Call(_) if self.declined.contains_key(envelope.to.as_str()) => self.send_call(envelope),
            PeerMessage::Reply { .. } if is_late() => self.network.send_later(envelope, self.random.between(500..1500)),
            _ => self.network.send(envelope),
        }
    }
}
