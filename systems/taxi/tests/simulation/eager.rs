//! A fault injected into the system itself: payment says "paid" while the money is only held.
use kernel::serde::{Deserialize, Serialize};
use kernel::{Aggregate, Context, Entry, Id, Name, Settings, System, Then, then};
use payment::{Command, Event, Hold, Naming as _, Payment, Receipt, Refusal};
use taxi::catch;
use taxi::payment::{Details, Published};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", transparent)]
struct Eager(Payment<Published>);

impl Aggregate for Eager {
    const KIND: Name = "payment";
    type Command = Command<Details>;
    type Event = Event<Published>;
    type Refusal = Refusal;

    fn decide(&self, command: Self::Command) -> Result<Vec<Self::Event>, Refusal> {
        match (command, &self.0) {
            (Command::Hold(bill), Payment::New) => {
                let taken = Event::Taken(Published::approved(&bill));
                Ok(vec![Event::Held(bill), taken])
            }
            (Command::Void, Payment::Approved(bill)) => Ok(vec![Event::Refunded(Published::cancelled(bill))]),
            (command, payment) => payment.decide(command),
        }
    }

    fn evolve(self, event: Self::Event) -> Self {
        Eager(self.0.evolve(event))
    }
}

fn entries(key: Id, Eager(payment): &Eager) -> Vec<Entry> {
    match payment {
        Payment::Approved(bill) => vec![Entry::new("money", key, -bill.amount.0)],
        _ => vec![],
    }
}

fn hold(hold: Hold<Published>) -> Then<Eager> {
    then(hold.bill.key, Command::Hold(hold.bill))
}

fn void(hold: Hold<Published>) -> Then<Eager> {
    then(hold.bill.key, Command::Void)
}

fn when_catch(event: catch::Published) -> Then<Eager> {
    match event {
        catch::Published::CatchRequested(trip) => then(trip.id, Command::Take),
        catch::Published::CatchCancelled { id, .. } => then(id, Command::Refund),
    }
}

pub fn system() -> System {
    let mut system = taxi::system(&Settings::defaults(taxi::SETTINGS));
    let eager = Context::new("payment", 8083)
        .keyed_by("matchId")
        .keeps::<Eager>()
        .ledger::<Eager>(entries)
        .answers_call::<Hold<Published>, Eager>(hold, void, |_| Receipt { pay_id: Id(0) })
        .policy(when_catch);
    let at = system.contexts.iter().position(|context| context.name == "payment").expect("taxi has payments");
    system.contexts[at] = eager;
    system
}
