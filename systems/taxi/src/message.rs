//! message, in taxi's words: the match, its return, the cancel and the refund.
use super::{catch, payment, pickup};
use kernel::{Context, EventContext, Then};
use message::{Thread, customer, silence, tell};

fn when_catch(said: catch::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        catch::Published::CatchRequested(trip) => customer(trip.id, trip.customer),
        catch::Published::CatchCancelled { id, .. } => {
            tell(id, told, "호출이 취소되었습니다.", "Your request is cancelled.")
        }
    }
}

fn when_payment(said: payment::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        payment::Published::PaymentApproved { .. } => silence(),
        payment::Published::PaymentCancelled { match_id, price, .. } => {
            tell(match_id, told, format!("{price}원이 환불되었습니다."), format!("{price} won were refunded."))
        }
    }
}

fn when_pickup(said: pickup::Published, told: &EventContext<'_>) -> Then<Thread> {
    use pickup::{Published, Reason};
    match said {
        Published::PickupAssigned { match_id, driver, .. } => {
            tell(match_id, told, format!("{driver} 기사가 배차되었습니다."), format!("{driver} is your driver."))
        }
        Published::PickupCancelled { match_id, driver, reason: Reason::Driver, .. } => tell(
            match_id,
            told,
            format!("{driver} 기사가 배차를 되돌렸습니다. 다른 기사를 찾고 있습니다."),
            format!("{driver} gave your request back. We are looking for another driver."),
        ),
        Published::PickupCancelled { match_id, driver, reason: Reason::Cancelled, .. } => tell(
            match_id,
            told,
            format!("{driver} 기사의 배차가 취소되었습니다."),
            format!("The match with {driver} is cancelled."),
        ),
    }
}

pub fn context() -> Context {
    message::context(8085, "matchId").policy_with(when_catch).policy_with(when_payment).policy_with(when_pickup)
}
