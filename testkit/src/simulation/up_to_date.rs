//! What is said of a context is true when it is said: it rests on everything that was durable before it was asked.
use super::broken::{Lived, ensure};
use super::world::World;
use runtime::error::Error;
use runtime::request::Response;

impl World<'_> {
    /// Also what needs no group: a refusal, or that a thing is so already. An owner that was taken for gone may say so until its own lease ends.
    pub(super) fn is_up_to_date(&self, (at, number): (usize, usize), request: usize, response: &Response) -> Lived {
        let sent = &self.requests[request];
        let replica = &self.services[at].replicas[number];
        let may_be_late = self.services[at].early;
        let may_be_late = may_be_late.is_some_and(|(epoch, until)| replica.epoch < epoch && self.time.now() <= until);
        let says = matches!(response, Ok(_) | Err(Error::Refused(_)));
        let Some(machine) = replica.machine().filter(|_| says && !may_be_late && sent.service == at) else {
            return Ok(());
        };
        let position = machine.head().position;
        ensure(position >= sent.sent_behind, "up to date", || {
            let name = self.replica_name(at, number);
            format!(
                "request {request} was sent behind event {}, and {name}, which knows {position}, answers {response:?}",
                sent.sent_behind
            )
        })
    }
}
