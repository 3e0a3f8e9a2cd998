//! A city's customers and drivers, at random.
use kernel::{Settings, System};
use testkit::simulation::promise::{refunded_once, takes_turns};
use testkit::simulation::{Pick, Simulation, Wish};

pub fn city() -> Simulation {
    of(taxi::system(&Settings::defaults(taxi::SETTINGS)))
}

pub fn of(system: System) -> Simulation {
    Simulation::of(system, Settings::defaults(taxi::SETTINGS))
        .does(6, "POST /catches", hail)
        .does(3, "PATCH /catches/{id}", cancel)
        .does(4, "POST /pickUps", pick_up)
        .does(2, "DELETE /pickUps/{matchId}", give_back)
        .promises("refunds", refunded_once("payment", "PaymentApproved", "PaymentCancelled", "price"))
        .promises("one driver", takes_turns("pickup", "PickupAssigned", "PickupCancelled"))
}

fn hail(pick: &mut Pick<'_>) -> Option<Wish> {
    let (price, customer) = (pick.number(1000..50_000), pick.one_of(&["minji", "jun", "하늘"]));
    let body = format!(r#"{{"price":{price},"startingPoint":"a","destination":"b","customer":"{customer}"}}"#);
    Some(Wish::new(body))
}

fn cancel(pick: &mut Pick<'_>) -> Option<Wish> {
    let status = if pick.percent(95) { "Cancel" } else { "PickupAssigned" };
    Some(Wish::at(pick.key_of("catch")?, format!(r#"{{"status":"{status}"}}"#)))
}

fn pick_up(pick: &mut Pick<'_>) -> Option<Wish> {
    let (id, driver) = (pick.key_of("payment")?, pick.one_of(&["kim", "lee", "park"]));
    Some(Wish::new(format!(r#"{{"matchId":{id},"driver":"{driver}"}}"#)))
}

fn give_back(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.key_of("pickup")?, "{}"))
}
