//! The rule of one fulfilment. Nothing is asked of the order in which its events come.
use crate::Words;
use kernel::serde::{Deserialize, Serialize};
use kernel::{Aggregate, Name};

/// What happens to it, before its system puts that in its own words. Others hear when it starts and how it ends.
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
pub enum Fulfilment<W: Words> {
    /// What starts it may come in any order; a cancel in doubt keeps it waiting.
    Waiting {
        goods: Option<W::Goods>,
        released: bool,
        stops: u32,
    },
    /// Under way, with this many cancels in doubt.
    Started {
        goods: W::Goods,
        stops: u32,
    },
    Complete(W::Goods),
    Cancelled(W::Goods),
    Forgone,
}

impl<W: Words> Default for Fulfilment<W> {
    fn default() -> Self {
        Fulfilment::Waiting { goods: None, released: false, stops: 0 }
    }
}

impl<W: Words> Aggregate for Fulfilment<W> {
    const KIND: Name = W::KIND;
    type Command = Command<W::Goods>;
    type Event = W::Event;
    type Refusal = W::Refusal;

    fn decide(&self, command: Command<W::Goods>) -> Result<Vec<W::Event>, W::Refusal> {
        Ok(self.follows(command)?.into_iter().map(W::Event::from).collect())
    }

    fn evolve(self, event: W::Event) -> Self {
        self.after(event.into())
    }
}

impl<W: Words> Fulfilment<W> {
    fn follows(&self, command: Command<W::Goods>) -> Result<Vec<Happened<W::Goods>>, W::Refusal> {
        use Fulfilment::{Cancelled, Complete, Forgone, Started, Waiting};
        match (command, self) {
            (Command::Know(goods), Waiting { goods: None, .. }) => Ok(self.start_after(Happened::Known(goods))),
            (Command::Know(_), Waiting { .. } | Started { .. } | Complete(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Release, Waiting { released: false, .. }) => Ok(self.start_after(Happened::Released)),
            (Command::Release, Waiting { .. } | Started { .. } | Complete(_)) => Ok(vec![]),
            (Command::Release, Cancelled(_) | Forgone) => Ok(vec![]), // Forgone: the cancel came first

            (Command::Stop, Waiting { .. } | Started { .. }) => Ok(vec![Happened::StopHeld]),
            (Command::Stop, Cancelled(_) | Forgone) => Ok(vec![]),
            (Command::Stop, Complete(_)) => Err(W::COMPLETE),

            (Command::GoOn, Waiting { stops: 1.., .. } | Started { stops: 1.., .. }) => {
                Ok(self.start_after(Happened::StopLifted))
            }
            (Command::GoOn, Waiting { .. } | Started { .. } | Complete(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Cancel, Started { goods, .. }) => Ok(vec![Happened::Cancelled(goods.clone())]),
            (Command::Cancel, Waiting { .. }) => Ok(vec![Happened::Forgone]),
            (Command::Cancel, Complete(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Complete, Started { goods, stops: 0 }) => Ok(vec![Happened::Completed(goods.clone())]),
            (Command::Complete, Started { .. }) => Err(W::STOP_IN_DOUBT),
            (Command::Complete, Complete(_)) => Ok(vec![]),
            (Command::Complete, Cancelled(_)) => Err(W::CANCELLED),
            (Command::Complete, Waiting { .. } | Forgone) => Err(W::UNKNOWN),
        }
    }

    fn after(self, happened: Happened<W::Goods>) -> Self {
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
    fn start_after(&self, happened: Happened<W::Goods>) -> Vec<Happened<W::Goods>> {
        match self.clone().after(happened.clone()) {
            Fulfilment::Waiting { goods: Some(goods), released: true, stops: 0 } if W::available(&goods) => {
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
