//! A shop's customers and couriers, at random.
use kernel::{Settings, System};
use testkit::simulation::promise::refunded_once;
use testkit::simulation::{ClientInput, SimClient, Simulation, World};

pub fn system() -> System {
    fruit::system(&Settings::defaults(fruit::SETTINGS))
}

pub fn simulation() -> Simulation {
    simulation_of(system())
}

pub fn simulation_of(system: System) -> Simulation {
    Simulation::new(system, Settings::defaults(fruit::SETTINGS))
        .does(6, "POST /orders", order)
        .does(5, "DELETE /orders/{orderId}", cancel)
        .does(4, "PATCH /deliveries/{deliveryId}", deliver)
        .promises("refunds", refunded_once("payment", "PaymentApproved", "PaymentCanceled", "price"))
        .promises("paid first", Box::new(paid_first))
}

fn order(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let (price, user) = (client.number(1000..50_000), client.one_of(&["minji", "jun", "하늘"]));
    let body = format!(r#"{{"userId":"{user}","prodNm":"사과","qty":2,"price":{price},"address":"서울"}}"#);
    Some(ClientInput::new(body))
}

fn cancel(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.id_from("POST /orders")?, "{}"))
}

fn deliver(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.key_of("delivery")?, r#"{"deliveryStatus":"배송완료"}"#))
}

/// No delivery starts before its order is paid: an event is younger than what it follows from.
fn paid_first(world: &World<'_>) -> Result<(), String> {
    let paid = |key| world.log("payment").iter().find(|e| e.event_type == "PaymentApproved" && e.key == key);
    let started = world.log("delivery").iter().filter(|event| event.event_type == "DeliveryStarted");
    let unpaid = |at, key| paid(key).is_none_or(|paid| paid.at >= at);
    let early = started.into_iter().find(|event| unpaid(event.at, event.key));
    early.map_or(Ok(()), |event| Err(format!("delivery {} started unpaid", event.key)))
}
