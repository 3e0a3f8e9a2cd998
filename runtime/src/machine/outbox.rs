//! What a context says: each output leaves at once, or when the group that it rests on is durable.
use crate::message::PeerMessage;
use crate::request::Response;
use kernel::Success;

/// What a context says to whom.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    Respond {
        token: u64,
        response: Response,
    },
    Send {
        to: String,
        message: PeerMessage,
    },
    /// How many parked events were applied or skipped, or why none was.
    Resumed {
        token: u64,
        result: Result<usize, String>,
    },
}

/// When an output may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// It rests on nothing that is not durable yet.
    AtOnce,
    WhenDurable,
}

#[derive(Debug, Default)]
pub struct Outbox {
    at_once: Vec<Output>,
    when_durable: Vec<Output>,
}

impl Outbox {
    pub fn put(&mut self, output: Output, departure: Departure) {
        match departure {
            Departure::AtOnce => self.at_once.push(output),
            Departure::WhenDurable => self.when_durable.push(output),
        }
    }

    pub fn respond(&mut self, token: u64, response: Response) {
        self.put(Output::Respond { token, response }, Departure::WhenDurable);
    }

    pub fn send(&mut self, to: impl Into<String>, message: PeerMessage, departure: Departure) {
        self.put(Output::Send { to: to.into(), message }, departure);
    }

    pub fn take_at_once(&mut self) -> Vec<Output> {
        std::mem::take(&mut self.at_once)
    }

    pub fn take_durable(&mut self) -> Vec<Output> {
        std::mem::take(&mut self.when_durable)
    }

    /// The requests that are told of a success when the group is durable.
    pub fn waiting_successes(&self) -> Vec<u64> {
        let token = |output: &Output| match output {
            Output::Respond { token, response: Ok(answer) } if answer.done != Success::Read => Some(*token),
            Output::Respond { .. } | Output::Send { .. } | Output::Resumed { .. } => None,
        };
        self.when_durable.iter().filter_map(token).collect()
    }

    /// Whether somebody waits for the group.
    pub fn waits_for_group(&self) -> bool {
        !self.when_durable.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    fn voided(to: u64) -> PeerMessage {
        PeerMessage::RangeVoided { by: "payment".into(), to: Id(to), highest: Id(0) }
    }

    #[test]
    fn an_output_leaves_at_once_or_with_its_group_and_once_only() {
        let mut outbox = Outbox::default();
        outbox.send("catch", voided(1), Departure::AtOnce);
        assert!(!outbox.waits_for_group());
        outbox.send("catch", voided(2), Departure::WhenDurable);
        assert!(outbox.waits_for_group());
        assert_eq!(outbox.take_at_once(), [Output::Send { to: "catch".into(), message: voided(1) }]);
        assert_eq!(outbox.take_durable(), [Output::Send { to: "catch".into(), message: voided(2) }]);
        assert!(outbox.take_at_once().is_empty() && outbox.take_durable().is_empty());
    }
}
