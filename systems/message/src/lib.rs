//! message: tells the customer of a request what happened to it. The same for every system; the texts stand in the system's own `texts`.
//!
//! It learns who the customer is from the request's own event, whichever event comes first; what comes before waits for it.
use kernel::{
    Collection, Context, EventContext, EventSet, Id, Name, Role, Sentence, Then, Timestamp, aggregate, event, nothing,
    record, state, then,
};
use std::convert::Infallible;

/// One thing the customer is told.
#[record]
pub struct Message {
    pub event_type: String,
    pub ko: String,
    pub en: String,
    pub timestamp: Timestamp,
}

/// A message as `/messages` shows it, beside its id and its correlation key.
#[record]
pub struct Row {
    pub customer: Option<String>,
    #[serde(flatten)]
    pub message: Message,
}

#[event("message", private(CustomerLearned, MessageWaits, MessageSent))]
pub enum Event {
    CustomerLearned { customer: Option<String> },
    MessageWaits { message: Message },
    MessageSent { customer: Option<String>, message: Message },
}

#[derive(Debug)]
pub enum Command {
    Learn { customer: Option<String> },
    Tell(Message),
}

/// All that a customer is told of one request.
#[state]
pub enum Thread {
    New,
    /// Something happened, to a customer not known yet.
    Waiting {
        messages: Vec<Message>,
    },
    Open {
        customer: Option<String>,
    },
}

#[aggregate("thread")]
impl Thread {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Infallible> {
        match (command, self) {
            (Command::Learn { customer }, Thread::New) => Ok(vec![Event::CustomerLearned { customer }]),
            (Command::Learn { customer }, Thread::Waiting { messages }) => {
                let sent =
                    messages.iter().map(|m| Event::MessageSent { customer: customer.clone(), message: m.clone() });
                Ok(std::iter::once(Event::CustomerLearned { customer: customer.clone() }).chain(sent).collect())
            }
            (Command::Learn { .. }, Thread::Open { .. }) => Ok(vec![]),

            (Command::Tell(message), Thread::New | Thread::Waiting { .. }) => Ok(vec![Event::MessageWaits { message }]),
            (Command::Tell(message), Thread::Open { customer }) => {
                Ok(vec![Event::MessageSent { customer: customer.clone(), message }])
            }
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::CustomerLearned { customer }, _) => Thread::Open { customer },
            (Event::MessageWaits { message }, Thread::Waiting { mut messages }) => {
                messages.push(message);
                messages.sort_by_key(|m| m.timestamp);
                Thread::Waiting { messages }
            }
            (Event::MessageWaits { message }, Thread::New) => Thread::Waiting { messages: vec![message] },
            (Event::MessageWaits { .. } | Event::MessageSent { .. }, same) => same,
        }
    }
}

/// What a request's customer is told of one event.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The request is this customer's.
    Customer(Id, Option<String>),
    Sentence(Id, Sentence),
    Silence,
}

/// This request is this customer's.
pub fn customer(key: Id, customer: impl Into<Option<String>>) -> Notice {
    Notice::Customer(key, customer.into())
}

/// Tell this to the customer of this request.
pub fn tell(key: Id, sentence: Sentence) -> Notice {
    Notice::Sentence(key, sentence)
}

/// Nothing the customer needs to know.
pub fn silence() -> Notice {
    Notice::Silence
}

/// The policy that makes a message of each notice; the message carries the event's type and time.
pub fn notify<E: EventSet>(
    notice: impl Fn(E) -> Notice + Send + Sync + 'static,
) -> impl Fn(E, &EventContext<'_>) -> Then<Thread> + Send + Sync + 'static {
    move |event, context| match notice(event) {
        Notice::Customer(key, customer) => then(key, Command::Learn { customer }),
        Notice::Sentence(key, Sentence { ko, en }) => {
            let (event_type, timestamp) = (context.event_type.to_string(), context.at);
            then(key, Command::Tell(Message { event_type, ko, en, timestamp }))
        }
        Notice::Silence => nothing(),
    }
}

/// Each system adds a policy for each source whose events its customers are told of.
pub fn context(port: u16, key_name: Name, customers: Role) -> Context {
    let messages = Collection::new::<Row>("messages", "message")
        .key_as(key_name)
        .find_by("customer", |row| row.customer.as_deref())
        .must_find_by(["customer", key_name])
        .ordered_by(|row| row.message.timestamp.0)
        .read_by_owner(customers);
    Context::new("message", port).keyed_by(key_name).keeps::<Thread>().collection(messages.of_event::<Thread>(shown))
}

fn shown(event: &Event) -> Option<Row> {
    match event {
        Event::MessageSent { customer, message } => Some(Row { customer: customer.clone(), message: message.clone() }),
        Event::CustomerLearned { .. } | Event::MessageWaits { .. } => None,
    }
}

#[cfg(test)]
mod tests;
