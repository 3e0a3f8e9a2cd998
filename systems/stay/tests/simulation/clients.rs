//! A town's hosts and guests, at random.
use kernel::{Id, Settings, System};
use testkit::simulation::promise::{fields, follows, never_after, refunded_once};
use testkit::simulation::{ClientInput, SimClient, Simulation, World};

pub fn system() -> System {
    stay::system(&Settings::defaults(stay::SETTINGS))
}

pub fn simulation() -> Simulation {
    simulation_of(system())
}

pub fn simulation_of(system: System) -> Simulation {
    Simulation::new(system, Settings::defaults(stay::SETTINGS))
        .promises("refunds", refunded_once("payment", "PaymentApproved", "PaymentCancelled", "amount"))
        .promises("a cancel wins", never_after("reservation", "ReservationCancelRequested", "ReservationConfirmed"))
        .promises("cancelled", follows("reservation", "ReservationCancelRequested", "ReservationCancelled"))
        .promises("reserved", Box::new(what_is_confirmed_is_reserved))
        .promises("messages", Box::new(each_word_is_sent_once))
        .does(3, "POST /rooms", open_room)
        .does(3, "POST /rentcars", offer_car)
        .does(8, "POST /reservations", reserve)
        .does(4, "PATCH /reservations/{id}", cancel)
        .does(1, "PATCH /rooms/{id}", change_room)
        .does(1, "DELETE /rooms/{id}", close_room)
        .does(1, "DELETE /rentcars/{id}", sell_car)
        .does(1, "POST /reviews", review)
        .does(1, "DELETE /reviews/{id}", withdraw)
}

/// Some are free of charge.
fn price(client: &mut SimClient<'_>) -> u64 {
    if client.percent(20) { 0 } else { client.number(10_000..90_000) }
}

fn open_room(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::new(format!(r#"{{"desc":"바다가 보이는 방","price":{}}}"#, price(client))))
}

fn offer_car(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::new(format!(r#"{{"carName":"small","price":{}}}"#, price(client))))
}

fn reserve(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let (room, guest) = (client.id_from("POST /rooms")?, client.one_of(&["minji", "jun", "하늘"]));
    let car = if client.percent(60) { client.id_from("POST /rentcars") } else { None };
    let car = car.map_or(String::new(), |car| format!(r#","carId":{car}"#));
    Some(ClientInput::new(format!(r#"{{"roomId":{room},"customer":"{guest}"{car}}}"#)))
}

fn cancel(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.id_from("POST /reservations")?, r#"{"status":"reqCancel"}"#))
}

fn change_room(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.id_from("POST /rooms")?, format!(r#"{{"price":{}}}"#, price(client))))
}

fn close_room(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.id_from("POST /rooms")?, "{}"))
}

fn sell_car(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.id_from("POST /rentcars")?, "{}"))
}

fn review(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::new(format!(r#"{{"roomId":{},"content":"조용해요"}}"#, client.id_from("POST /rooms")?)))
}

fn withdraw(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.id_from("POST /reviews")?, "{}"))
}

/// Every reservation that was confirmed has its room reserved, and its car.
fn what_is_confirmed_is_reserved(world: &World<'_>) -> Result<(), String> {
    let reserved = |context, name, key: Id| world.log(context).iter().any(|e| e.event_type == name && e.key == key);
    let confirmed = world.log("reservation").iter().filter(|event| event.event_type == "ReservationConfirmed");
    let lacking = confirmed.into_iter().find(|event| {
        let car = fields(event)["carId"].is_null() || reserved("rentcar", "CarReserved", event.key);
        let cancelled = reserved("reservation", "ReservationCancelled", event.key);
        let has_all = car && reserved("room", "RoomReserved", event.key);
        !(cancelled || has_all)
    });
    lacking.map_or(Ok(()), |event| Err(format!("{} is confirmed, and nothing reserved for it", event.key)))
}

/// Every confirmation and every cancellation, of a reservation and of its car, sends its message exactly once.
fn each_word_is_sent_once(world: &World<'_>) -> Result<(), String> {
    let count = |context, name| world.log(context).iter().filter(|event| event.event_type == name).count();
    let words = count("reservation", "ReservationConfirmed") + count("reservation", "ReservationCancelled");
    let cars = count("rentcar", "CarReserved") + count("rentcar", "CarCancelled");
    let sent = count("message", "MessageSent");
    if sent == words + cars { Ok(()) } else { Err(format!("{sent} messages of {words} words and {cars} of cars")) }
}
