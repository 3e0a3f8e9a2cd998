//! What a durable group lets go, each to whom it is for; between them the sandbox, which plays a provider that is slow, late or down.
use super::{Delayed, Driver};
use crate::host::{Sandbox, Shared, now};
use crate::message::{Input, Message, Output, Refused};
use crate::store::Result;
use std::sync::atomic::Ordering;

/// When the late provider answers: past any usual limit.
const LATE_MS: u64 = 1_200;

impl Driver {
    /// How the sandbox plays the provider this context stands on, if it does.
    pub(super) fn provider(&self, shared: &Shared) -> Option<Sandbox> {
        self.machine.context().provider?;
        Some(Sandbox::of(shared.sandbox.load(Ordering::Relaxed)))
    }

    pub(super) fn dispatch(&mut self, shared: &Shared, output: Output) -> Result<()> {
        let answer = matches!(&output, Output::Send { message: Message::Answered { .. }, .. });
        if answer && self.provider(shared) == Some(Sandbox::Late) {
            self.delayed.push((now().plus_ms(LATE_MS), Delayed::Output(output)));
            return Ok(());
        }
        self.deliver(shared, output)
    }

    pub(super) fn deliver(&mut self, shared: &Shared, output: Output) -> Result<()> {
        match output {
            Output::Reply { token, reply } => {
                if let Some(to) = self.replies.remove(&token) {
                    to(reply);
                }
            }
            Output::Resumed { token, done } => {
                if let Some(tell) = self.resumes.remove(&token) {
                    let _gone_meanwhile = tell.send(done);
                }
            }
            Output::Send { to, message } => self.post(shared, &to, message)?,
        }
        Ok(())
    }

    /// What can't be delivered is known at once for a question; everything else is asked again by whoever needs it.
    pub(super) fn post(&mut self, shared: &Shared, to: &str, message: Message) -> Result<()> {
        let Some(at) = shared.seats.iter().position(|seat| seat.name == to) else { return Ok(()) };
        let down = shared.opening.system.contexts[at].provider.is_some()
            && Sandbox::of(shared.sandbox.load(Ordering::Relaxed)) == Sandbox::Down;
        let key = match &message {
            Message::Asked(question) => Some(question.key.clone()),
            _ => None,
        };
        let me = shared.seats[self.context].name;
        tracing::trace!(from = me, to, %message, "sent");
        let told = !(down && key.is_some()) && shared.seats[at].tell(me, message, shared.opening.limits.queue_max);
        match key.filter(|_| !told) {
            Some(key) => {
                let message = Message::Answered { key, answer: Err(Refused::Unreachable) };
                self.step(shared, Input::From { context: to.to_string(), message })
            }
            None => Ok(()),
        }
    }
}
