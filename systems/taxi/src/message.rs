//! message, as taxi tells it: the payment, the match, its return, the cancel and the refund.
use super::{catch, payment, pickup};
use crate::CUSTOMER;
use kernel::{Context, sentence};
use message::{Notice, customer, notify, tell};

fn when_catch(event: catch::Published) -> Notice {
    match event {
        catch::Published::CatchRequested(trip) => customer(trip.id, trip.customer),
        catch::Published::CatchCancelled { id, .. } => tell(id, sentence!("catch-cancelled")),
    }
}

fn when_payment(event: payment::Published) -> Notice {
    match event {
        payment::Published::PaymentApproved { match_id, price, .. } => tell(match_id, sentence!("paid", price)),
        payment::Published::PaymentCancelled { match_id, price, .. } => tell(match_id, sentence!("refunded", price)),
    }
}

fn when_pickup(event: pickup::Published) -> Notice {
    use pickup::{Published, Reason};
    match event {
        Published::PickupAssigned { match_id, driver, .. } => tell(match_id, sentence!("match-made", driver)),
        Published::PickupCancelled { match_id, driver, reason, .. } => match reason {
            Reason::Driver => tell(match_id, sentence!("match-given-back", driver)),
            Reason::Cancelled => tell(match_id, sentence!("match-cancelled", driver)),
        },
    }
}

pub fn context() -> Context {
    message::context(8085, "matchId", CUSTOMER)
        .policy_with(notify(when_catch))
        .policy_with(notify(when_payment))
        .policy_with(notify(when_pickup))
}
