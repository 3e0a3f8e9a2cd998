//! What may leave goes to its receiver.
use super::Driver;
use crate::machine::{Input, Output};
use crate::message::PeerMessage;
use crate::port::peers::Envelope;
use crate::port::store::Result;

impl Driver {
    pub(super) fn deliver(&mut self, output: Output) -> Result<()> {
        match output {
            Output::Respond { token, response } => {
                if let Some(respond) = self.responds.remove(&token) {
                    respond(response);
                }
                Ok(())
            }
            Output::Resumed { token, result } => {
                if let Some(respond) = self.resumes.remove(&token) {
                    respond(result);
                }
                Ok(())
            }
            Output::Send { to, message } => self.send(to, message),
        }
    }

    /// The machine learns at once that a call has not left; everything else is sent again by whoever needs it.
    fn send(&mut self, to: String, message: PeerMessage) -> Result<()> {
        let from = self.opening.context;
        tracing::trace!(from, to, %message, "sent");
        let key = match &message {
            PeerMessage::Call(call) => Some(call.key.clone()),
            _ => None,
        };
        match (self.ports.peers.send(Envelope::new(from, to, message)), key) {
            (Err(_), Some(key)) => self.step(Input::NotSent { key }),
            _ => Ok(()),
        }
    }
}
