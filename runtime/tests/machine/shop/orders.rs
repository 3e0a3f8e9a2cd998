//! orders: a saga of two steps holds the money and the goods before an order exists; one of the routes has a fallback.
use super::{shelf, till};
use kernel::{
    Aggregate, Collection, Context, Id, LocalReaderExt, Name, Nothing, Request, SagaSteps, Shown, Then, View, delete,
    event, form, get, patch, post, put, record, refusal, saga, then,
};

/// What somebody orders.
#[record]
#[derive(Default)]
pub struct Wish {
    pub id: Id,
    pub purse: Id,
    pub won: u64,
    pub goods: Option<Id>,
}

#[event("orders", private(OrderQueued, OrderNoted, LockSet, LockLifted))]
pub enum Event {
    OrderPlaced(Wish),
    OrderQueued(Wish),
    OrderNoted { note: String },
    LockSet,
    LockLifted,
}

#[derive(Debug)]
pub enum Command {
    Place(Wish),
    Queue(Wish),
    Note(String),
    Lock,
    Unlock,
    Break,
}

#[refusal]
pub enum Refusal {
    NoSuchOrder = NotFound,
    AlreadyPlaced = NotAllowedNow,
    #[waits]
    Undecided = NotAllowedNow,
}

#[record]
#[derive(Default)]
pub struct Order {
    pub wish: Option<Wish>,
    pub queued: bool,
    pub note: String,
    pub locked: bool,
}

impl Aggregate for Order {
    const KIND: Name = "order";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Break => panic!("this rule always breaks"),
            Command::Place(_) | Command::Queue(_) if self.wish.is_some() => Err(Refusal::AlreadyPlaced),
            Command::Place(wish) => Ok(vec![Event::OrderPlaced(wish)]),
            Command::Queue(wish) => Ok(vec![Event::OrderQueued(wish)]),
            _ if self.wish.is_none() => Err(Refusal::NoSuchOrder),
            Command::Note(note) if note == self.note => Ok(vec![]),
            Command::Note(_) if self.locked => Err(Refusal::Undecided),
            Command::Note(note) => Ok(vec![Event::OrderNoted { note }]),
            Command::Lock => Ok(vec![Event::LockSet]),
            Command::Unlock => Ok(vec![Event::LockLifted]),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::OrderPlaced(wish) => Order { wish: Some(wish), ..self },
            Event::OrderQueued(wish) => Order { wish: Some(wish), queued: true, ..self },
            Event::OrderNoted { note } => Order { note, ..self },
            Event::LockSet => Order { locked: true, ..self },
            Event::LockLifted => Order { locked: false, ..self },
        }
    }
}

#[form(example = r#"{ "purse": 1, "won": 30 }"#)]
pub struct Basket {
    pub purse: Id,
    pub won: u64,
    pub goods: Option<Id>,
}

#[form(example = r#"{ "note": "ring twice" }"#)]
pub struct Change {
    pub note: String,
}

fn holds() -> SagaSteps<Wish> {
    saga("place an order")
        .call("hold the money", |wish: &Wish| till::HoldMoney { purse: wish.purse, won: wish.won }, |wish, _| wish)
        .call_if("hold the goods", |wish: &Wish| wish.goods.map(|goods| shelf::HoldGoods { goods }), |wish, _| wish)
}

fn wish(request: &Request<Basket>) -> Result<Wish, Refusal> {
    let Basket { purse, won, goods } = request.body.clone();
    Ok(Wish { id: request.id, purse, won, goods })
}

/// A note that costs one won; an empty one is no note.
fn paid_note(request: &Request<Change>) -> Result<(Id, String), Refusal> {
    Ok((request.id, request.body.note.clone()))
}

fn change(request: &Request<Change>) -> Result<Then<Order>, Refusal> {
    let command = match request.body.note.as_str() {
        "lock" => Command::Lock,
        "unlock" => Command::Unlock,
        "break" => Command::Break,
        note => Command::Note(note.to_string()),
    };
    Ok(then(request.id, command))
}

fn remove(_: &Request<Nothing>) -> Result<Then<Order>, Refusal> {
    Ok(Then(None))
}

fn note(request: &Request<Nothing>) -> Result<String, Refusal> {
    Ok(request.local.get::<Order>(request.id).note)
}

#[record]
pub struct Row {
    pub note: String,
    pub queued: bool,
}

fn shown(_: Id, order: &Order) -> Shown<Row> {
    let Order { wish, note, queued, .. } = order.clone();
    if wish.is_some() { Shown::Listed(Row { note, queued }) } else { Shown::Hidden }
}

/// How often each order was noted: only this context sees those events.
fn notes(count: u64, event: Event) -> u64 {
    count + u64::from(matches!(event, Event::OrderNoted { .. }))
}

pub fn context() -> Context {
    let place = || holds().then::<Order>(|wish| then(wish.id, Command::Place(wish)));
    let queue = place().fallback(|wish| then(wish.id, Command::Queue(wish)));
    let note_paid = saga("note for money")
        .call("hold a won", |_: &(Id, String)| till::HoldMoney { purse: Id(1), won: 1 }, |form, _| form)
        .then::<Order>(|(id, note)| if note.is_empty() { Then(None) } else { then(id, Command::Note(note)) });
    Context::new("orders", 9001)
        .keyed_by("orderId")
        .keeps::<Order>()
        .collection(Collection::new::<Row>("orders", "order").of_state(shown))
        .view(View::builder::<u64>(1).folds(notes).internal("notes"))
        .route(post("/orders").creates("orders").starting(place(), wish))
        .route(post("/queue").creates("orders").starting(queue, wish))
        .route(put("/orders/{id}").changes("orders").starting(note_paid, paid_note))
        .route(patch("/orders/{id}").changes("orders").commanding(change))
        .route(delete("/orders/{id}").removes("orders").commanding(remove))
        .route(get("/orders/{id}/note").reading(note))
}
