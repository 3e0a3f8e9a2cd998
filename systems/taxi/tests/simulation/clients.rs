//! A city's customers and drivers, at random.
use kernel::{Settings, System};
use testkit::simulation::promise::{refunded_once, takes_turns};
use testkit::simulation::{ClientInput, SimClient, Simulation};

pub fn simulation() -> Simulation {
    simulation_of(taxi::system(&Settings::defaults(taxi::SETTINGS)))
}

/// Most of what is asked for is refused, which needs no group: what an owner says that was taken for gone is heard.
pub fn many_drivers() -> Simulation {
    let system = taxi::system(&Settings::defaults(taxi::SETTINGS));
    Simulation::new(system, Settings::defaults(taxi::SETTINGS))
        .does(2, "POST /catches", hail)
        .does(12, "POST /pickUps", pick_up)
        .replicas(3)
}

/// While some processes are of a release that does not know what a cancelled request is.
pub fn two_releases() -> Simulation {
    let system = taxi::system(&Settings::defaults(taxi::SETTINGS));
    simulation().beside_a_release_without(system, "catch", "CatchCancelled")
}

pub fn simulation_of(system: System) -> Simulation {
    Simulation::new(system, Settings::defaults(taxi::SETTINGS))
        .does(6, "POST /catches", hail)
        .does(3, "PATCH /catches/{id}", cancel)
        .does(4, "POST /pickUps", pick_up)
        .does(2, "DELETE /pickUps/{matchId}", give_back)
        .promises("refunds", refunded_once("payment", "PaymentApproved", "PaymentCancelled", "price"))
        .promises("one driver", takes_turns("pickup", "PickupAssigned", "PickupCancelled"))
}

fn hail(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let (price, customer) = (client.number(1000..50_000), client.one_of(&["minji", "jun", "하늘"]));
    let body = format!(r#"{{"price":{price},"startingPoint":"a","destination":"b","customer":"{customer}"}}"#);
    Some(ClientInput::new(body))
}

fn cancel(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let status = if client.percent(95) { "Cancel" } else { "PickupAssigned" };
    Some(ClientInput::at(client.key_of("catch")?, format!(r#"{{"status":"{status}"}}"#)))
}

fn pick_up(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let (id, driver) = (client.key_of("payment")?, client.one_of(&["kim", "lee", "park"]));
    Some(ClientInput::new(format!(r#"{{"matchId":{id},"driver":"{driver}"}}"#)))
}

fn give_back(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.key_of("pickup")?, "{}"))
}
