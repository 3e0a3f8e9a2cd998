//! shelf: holds one piece of goods for one order at a time.
use kernel::{Aggregate, CallBody, Context, Id, Name, event, record, refusal, then};

/// Holds the goods.
#[record]
pub struct HoldGoods {
    pub goods: Id,
}

/// The goods are held.
#[record]
pub struct Held {}

impl CallBody for HoldGoods {
    const NAME: Name = "hold the goods";
    const TO: Name = "shelf";
    type Answer = Held;
}

#[event("shelf", private())]
pub enum Event {
    GoodsHeld,
    GoodsReleased,
}

#[derive(Debug)]
pub enum Command {
    Hold,
    Release,
}

#[refusal]
pub enum Refusal {
    Gone = NotAllowedNow,
}

#[record]
#[derive(Default)]
pub struct Goods {
    pub held: bool,
}

impl Aggregate for Goods {
    const KIND: Name = "goods";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Hold if self.held => Err(Refusal::Gone),
            Command::Hold => Ok(vec![Event::GoodsHeld]),
            Command::Release if self.held => Ok(vec![Event::GoodsReleased]),
            Command::Release => Ok(vec![]),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::GoodsHeld => Goods { held: true },
            Event::GoodsReleased => Goods { held: false },
        }
    }
}

pub fn context() -> Context {
    Context::new("shelf", 9003).keyed_by("goodsId").keeps::<Goods>().answers_call::<HoldGoods, Goods>(
        |call| then(call.goods, Command::Hold),
        |call| then(call.goods, Command::Release),
        |_| Held {},
    )
}
