//! The rule of one fulfilment. Nothing is asked of the order in which its events come.
use crate::Naming;
use kernel::serde::{Deserialize, Serialize};
use kernel::{Aggregate, Name};

/// What happens to it, before its system names it. Others hear when it starts and how it ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened<G> {
    /// The goods are known.
    Known(G),
    /// Nothing but a cancel keeps it any more.
    Released,
    Started(G),
    /// It can't be done.
    NotAvailable(G),
    /// A cancel asked it to stop.
    StopHeld,
    /// That cancel came to nothing.
    StopLifted,
    Completed(G),
    Cancelled(G),
    /// Cancelled before it started.
    Forgone,
}

#[derive(Debug)]
pub enum Command<G> {
    Know(G),
    Release,
    Stop,
    GoOn,
    Cancel,
    Complete,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", bound = "")]
pub enum Fulfilment<G: Naming> {
    /// What starts it may come in any order; a cancel in doubt keeps it waiting.
    Waiting {
        goods: Option<G>,
        released: bool,
        stops: u32,
    },
    /// Under way, with this many cancels in doubt.
    Started {
        goods: G,
        stops: u32,
    },
    Complete(G),
    Cancelled(G),
    Forgone,
}

impl<G: Naming> Default for Fulfilment<G> {
    fn default() -> Self {
        Fulfilment::Waiting { goods: None, released: false, stops: 0 }
    }
}

impl<G: Naming> Aggregate for Fulfilment<G> {
    const KIND: Name = G::KIND;
    type Command = Command<G>;
    type Event = G::Event;
    type Refusal = G::Refusal;

    fn decide(&self, command: Command<G>) -> Result<Vec<G::Event>, G::Refusal> {
        Ok(self.follows(command)?.into_iter().map(G::Event::from).collect())
    }

    fn evolve(self, event: G::Event) -> Self {
        self.after(event.into())
    }
}

impl<G: Naming> Fulfilment<G> {
    fn follows(&self, command: Command<G>) -> Result<Vec<Happened<G>>, G::Refusal> {
        use Fulfilment::{Cancelled, Complete, Forgone, Started, Waiting};
        match (command, self) {
            (Command::Know(goods), Waiting { goods: None, .. }) => Ok(self.start_after(Happened::Known(goods))),
            (Command::Know(_), Waiting { .. } | Started { .. } | Complete(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Release, Waiting { released: false, .. }) => Ok(self.start_after(Happened::Released)),
            (Command::Release, Waiting { .. } | Started { .. } | Complete(_)) => Ok(vec![]),
            (Command::Release, Cancelled(_) | Forgone) => Ok(vec![]), // Forgone: the cancel came first

            (Command::Stop, Waiting { .. } | Started { .. }) => Ok(vec![Happened::StopHeld]),
            (Command::Stop, Cancelled(_) | Forgone) => Ok(vec![]),
            (Command::Stop, Complete(_)) => Err(G::COMPLETE),

            (Command::GoOn, Waiting { stops: 1.., .. } | Started { stops: 1.., .. }) => {
                Ok(self.start_after(Happened::StopLifted))
            }
            (Command::GoOn, Waiting { .. } | Started { .. } | Complete(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Cancel, Started { goods, .. }) => Ok(vec![Happened::Cancelled(goods.clone())]),
            (Command::Cancel, Waiting { .. }) => Ok(vec![Happened::Forgone]),
            (Command::Cancel, Complete(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Complete, Started { goods, stops: 0 }) => Ok(vec![Happened::Completed(goods.clone())]),
            (Command::Complete, Started { .. }) => Err(G::STOP_IN_DOUBT),
            (Command::Complete, Complete(_)) => Ok(vec![]),
            (Command::Complete, Cancelled(_)) => Err(G::CANCELLED),
            (Command::Complete, Waiting { .. } | Forgone) => Err(G::UNKNOWN),
        }
    }

    fn after(self, happened: Happened<G>) -> Self {
        use Fulfilment::{Cancelled, Complete, Forgone, Started, Waiting};
        match (happened, self) {
            (Happened::Known(goods), Waiting { released, stops, .. }) => {
                Waiting { goods: Some(goods), released, stops }
            }
            (Happened::Released, Waiting { goods, stops, .. }) => Waiting { goods, released: true, stops },
            (Happened::Started(goods), _) => Started { goods, stops: 0 },
            (Happened::StopHeld, Waiting { goods, released, stops }) => Waiting { goods, released, stops: stops + 1 },
            (Happened::StopHeld, Started { goods, stops }) => Started { goods, stops: stops + 1 },
            (Happened::StopLifted, Waiting { goods, released, stops }) => Waiting { goods, released, stops: stops - 1 },
            (Happened::StopLifted, Started { goods, stops }) => Started { goods, stops: stops - 1 },
            (Happened::Completed(goods), _) => Complete(goods),
            (Happened::Cancelled(goods) | Happened::NotAvailable(goods), _) => Cancelled(goods),
            (Happened::Forgone, _) => Forgone,
            (Happened::Known(_) | Happened::Released | Happened::StopHeld | Happened::StopLifted, same) => same,
        }
    }

    /// With this, all may be there that starts it: the goods, their release, and no cancel in doubt.
    fn start_after(&self, happened: Happened<G>) -> Vec<Happened<G>> {
        match self.clone().after(happened.clone()) {
            Fulfilment::Waiting { goods: Some(goods), released: true, stops: 0 } if goods.available() => {
                vec![happened, Happened::Started(goods)]
            }
            Fulfilment::Waiting { goods: Some(goods), released: true, stops: 0 } => {
                vec![happened, Happened::NotAvailable(goods)]
            }
            Fulfilment::Waiting { .. } | Fulfilment::Started { .. } => vec![happened],
            Fulfilment::Complete(_) | Fulfilment::Cancelled(_) | Fulfilment::Forgone => vec![happened],
        }
    }
}

#[cfg(test)]
mod tests;
