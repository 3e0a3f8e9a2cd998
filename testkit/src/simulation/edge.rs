//! Between senders and the processes of a context: who is asked is the owner or says that nothing was done, and is asked again elsewhere.
use super::broken::Lived;
use super::faults::Fault;
use super::network::{AGAIN_MS, Flight};
use super::world::World;
use runtime::error::{Error, UnavailableReason};
use runtime::message::PeerMessage;
use runtime::request::{ClientRequest, Response};

impl World<'_> {
    /// The process that a sender takes for the owner of a context.
    pub(super) fn addressed(&self, at: usize) -> usize {
        let (service, random) = (&self.services[at], &self.random);
        if service.replicas.len() == 1 || !self.active.on(Fault::Directories) {
            return service.newest;
        }
        let believers: Vec<usize> = (0..service.replicas.len()).filter(|n| service.replicas[*n].is_up()).collect();
        match random.below(100) {
            0..60 if believers.len() > 1 => random.one_of(&believers).copied().unwrap_or_default(),
            0..10 => random.index(service.replicas.len()),
            _ => service.newest,
        }
    }

    /// A request reaches the process that is taken for the owner. One that is down, or does not own the context, says that nothing was done.
    pub(super) fn ask(&mut self, number: usize) -> Lived {
        let at = self.requests[number].service;
        let addressed = self.addressed(at);
        let (sent, replica) = (&mut self.requests[number], &self.services[at].replicas[addressed]);
        let process = replica.is_up().then(|| replica.process.clone());
        sent.replica = process.is_some().then_some(addressed);
        let time_left_ms = sent.until.ms_since(self.time.now());
        let request = ClientRequest { time_left_ms, ..sent.asked.clone() };
        replica.handle.mailbox.request(request, self.responses.respond(number, process));
        self.observe(at, addressed)
    }

    /// Requests that nobody has taken are asked for again.
    pub(super) fn ask_again(&mut self) -> Lived {
        let now = self.time.now();
        let (due, later) = std::mem::take(&mut self.unasked).into_iter().partition(|(at, _)| *at <= now);
        self.unasked = later;
        let due: Vec<(_, usize)> = due;
        due.into_iter().try_for_each(|(_, number)| self.ask(number))
    }

    /// A caller that has its reply asks no more.
    pub(super) fn has_replied(&mut self, message: &PeerMessage) {
        if let PeerMessage::Reply { key: replied, .. } = message {
            let is_of =
                |flight: &Flight| matches!(&flight.envelope.message, PeerMessage::Call(call) if call.key == *replied);
            self.unreplied.retain(|(_, _, flight)| !is_of(flight));
        }
    }

    /// A process that does not own its context any more says so to the callers that wait for its replies; they ask the next owner.
    pub(super) fn ask_elsewhere(&mut self, at: usize, replica: usize) {
        let now = self.time.now();
        let is_here = |taken: &mut (usize, usize, Flight)| taken.0 == at && taken.1 == replica;
        let broken_off: Vec<_> = self.unreplied.extract_if(.., is_here).map(|(_, _, flight)| flight).collect();
        if !self.services[at].replicas[replica].process.has_ended() {
            broken_off
                .into_iter()
                .filter(|flight| now < flight.until)
                .for_each(|flight| self.network.send_again(flight));
        }
    }

    /// A response as its client gets it; `None`: nothing was done, or that is not known and a repeat will tell, so that it is asked for again.
    pub(super) fn held_back(&mut self, number: usize, response: Response) -> Option<Response> {
        let (now, sent) = (self.time.now(), &mut self.requests[number]);
        if !self.services[sent.service].is_clustered() {
            return Some(response);
        }
        let is_untouched = matches!(
            response,
            Err(Error::Unavailable { reason: UnavailableReason::ContextDown | UnavailableReason::Store, .. })
        );
        let is_unknown = matches!(response, Err(Error::Unknown { .. }));
        sent.unknown |= is_unknown;
        if (is_untouched || is_unknown && sent.key.is_some()) && now < sent.until {
            sent.replica = None;
            self.unasked.push((now.plus_ms(AGAIN_MS), number));
            return None;
        }
        match response {
            Err(Error::Unavailable { retry_after_ms, .. }) if sent.unknown => {
                Some(Err(Error::Unknown { retry_after_ms }))
            }
            response => Some(response),
        }
    }

    /// The connections to a process break. What was asked for under a key is asked for again; what became of the rest is never known.
    pub(super) fn break_off(&mut self, at: usize, replica: usize) {
        let (now, is_clustered) = (self.time.now(), self.services[at].is_clustered());
        for (number, sent) in self.requests.iter_mut().enumerate() {
            if sent.service != at || sent.response.is_some() || sent.replica != Some(replica) {
                continue;
            }
            sent.replica = None;
            if is_clustered && sent.key.is_some() && now < sent.until {
                sent.unknown = true;
                self.unasked.push((now.plus_ms(AGAIN_MS), number));
            } else {
                sent.excused = true;
            }
        }
    }
}
