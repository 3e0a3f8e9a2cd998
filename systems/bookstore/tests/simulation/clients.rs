//! A shop's owner, buyers and couriers, at random.
use kernel::{Id, Settings, System, serde_json::Value};
use testkit::simulation::promise::{fields, never_after, refunded_once};
use testkit::simulation::{ClientInput, SimClient, Simulation, World};

fn settings(auto_accept: bool) -> Settings {
    let mut settings = Settings::defaults(bookstore::SETTINGS);
    settings.set("auto_accept", auto_accept.to_string());
    settings
}

pub fn system() -> System {
    bookstore::system(&settings(false))
}

/// Orders are accepted at once.
pub fn accepting() -> System {
    bookstore::system(&settings(true))
}

pub fn simulation(auto_accept: bool) -> Simulation {
    simulation_of(if auto_accept { accepting() } else { system() })
}

pub fn simulation_of(system: System) -> Simulation {
    Simulation::new(system, settings(false))
        .does(8, "POST /orders", buy)
        .does(3, "POST /books", register)
        .does(1, "PATCH /books/{id}", restock)
        .does(1, "PATCH /books/{id}", reprice)
        .does(4, "DELETE /orders/{orderId}", cancel)
        .does(4, "PUT /storeOrders/{orderId}/accept", accept)
        .does(2, "PUT /storeOrders/{orderId}/reject", reject)
        .does(3, "PATCH /deliveries/{deliveryId}", deliver)
        .promises("refunds", refunded_once("pay", "Paid", "PaymentCancelled", "amount"))
        .promises("cancelled", never_after("store", "StoreCancelled", "Accepted"))
        .promises("rejected", never_after("store", "Rejected", "Accepted"))
        .promises("prices", Box::new(an_order_costs_what_its_book_cost))
        .promises("catalogue", Box::new(the_shop_front_knows_every_price))
        .promises("copies", Box::new(what_is_accepted_has_its_copies))
}

fn register(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let (price, stock) = (client.number(1000..50_000), client.number(1..12));
    Some(ClientInput::new(format!(r#"{{"name":"토지","price":{price},"stock":{stock}}}"#)))
}

fn restock(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let stock = client.number(0..12);
    Some(ClientInput::at(client.id_from("POST /books")?, format!(r#"{{"stock":{stock}}}"#)))
}

fn reprice(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let price = client.number(1000..50_000);
    Some(ClientInput::at(client.id_from("POST /books")?, format!(r#"{{"price":{price}}}"#)))
}

fn buy(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let (book, copies) = (client.id_from("POST /books")?, client.number(1..4));
    let buyer = client.one_of(&["minji", "jun", "하늘"]);
    Some(ClientInput::new(format!(r#"{{"productId":{book},"quantity":{copies},"customerId":"{buyer}"}}"#)))
}

/// Often what is on its way already.
fn cancel(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let on_its_way = if client.percent(40) { client.key_of("delivery") } else { None };
    Some(ClientInput::at(on_its_way.or_else(|| client.id_from("POST /orders"))?, "{}"))
}

fn accept(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.key_of("pay")?, "{}"))
}

fn reject(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.key_of("pay")?, r#"{"reason":"품절"}"#))
}

fn deliver(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::at(client.key_of("delivery")?, r#"{"deliveryState":"Delivered"}"#))
}

/// The titles in the store's events of its books, in their order.
fn titles(world: &World<'_>) -> impl Iterator<Item = (Id, Value)> {
    let events = world.log("store").iter().filter(|e| ["BookRegistered", "BookModified"].contains(&&*e.event_type));
    events.map(|event| (event.key, fields(event)))
}

/// By the name and at a price that its book had.
fn an_order_costs_what_its_book_cost(world: &World<'_>) -> Result<(), String> {
    for order in world.log("order").iter().filter(|event| event.event_type == "OrderPlaced").map(|e| fields(e)) {
        let fits = |title: &Value| {
            let amount = title["price"].as_u64().zip(order["qty"].as_u64()).map(|(price, copies)| price * copies);
            title["name"] == order["productName"] && amount == order["amount"].as_u64()
        };
        if !titles(world).any(|(id, title)| order["productId"] == id.0 && fits(&title)) {
            return Err(format!("{order} costs what its book never did"));
        }
    }
    Ok(())
}

/// At rest the catalogue shows the store's newest title of each book that is on sale.
fn the_shop_front_knows_every_price(world: &World<'_>) -> Result<(), String> {
    let deleted = |id| world.log("store").iter().any(|event| event.event_type == "BookDeleted" && event.key == id);
    let last: std::collections::BTreeMap<Id, Value> = titles(world).filter(|(id, _)| !deleted(*id)).collect();
    for (id, title) in last {
        let page = world.page("order", "catalogue", id);
        if ["name", "price", "stock"].iter().any(|field| page[*field] != title[*field]) {
            return Err(format!("the shop front knows {page} of {title}"));
        }
    }
    Ok(())
}

/// Who takes fewer copies off the shelf than were ordered has sold what is not there.
fn what_is_accepted_has_its_copies(world: &World<'_>) -> Result<(), String> {
    let log = world.log("store");
    for accepted in log.iter().filter(|event| event.event_type == "Accepted") {
        let copies = log.iter().find(|e| e.event_type == "StockSecured" && e.key == accepted.key).map(|e| fields(e));
        let (copies, wanted) = (copies.unwrap_or_default()["copies"].clone(), fields(accepted)["qty"].clone());
        if copies != wanted {
            return Err(format!("{} is accepted with {copies} of {wanted} copies", accepted.key));
        }
    }
    Ok(())
}
