//! bookstore lives through crashes, lost, doubled and late messages, cancels racing with sellers and couriers, and keeps every promise.
use kernel::Settings;
use testkit::simulation::{Pick, Simulation, Wish};

fn shop(auto_accept: bool) -> Simulation {
    let mut settings = Settings::defaults(bookstore::SETTINGS);
    settings.set("auto_accept", auto_accept.to_string());
    Simulation::of(bookstore::system(&settings), settings)
        .does(3, "POST /books", register)
        .does(1, "PATCH /books/{id}", restock)
        .does(8, "POST /orders", buy)
        .does(4, "DELETE /orders/{orderId}", cancel)
        .does(4, "PUT /storeOrders/{orderId}/accept", accept)
        .does(2, "PUT /storeOrders/{orderId}/reject", reject)
        .does(3, "PATCH /deliveries/{deliveryId}", deliver)
}

fn register(pick: &mut Pick<'_>) -> Option<Wish> {
    let (price, stock) = (pick.number(1000..50_000), pick.number(1..12));
    Some(Wish::new(format!(r#"{{"name":"토지","price":{price},"stock":{stock}}}"#)))
}

fn restock(pick: &mut Pick<'_>) -> Option<Wish> {
    let stock = pick.number(0..12);
    Some(Wish::at(pick.told_by("POST /books")?, format!(r#"{{"stock":{stock}}}"#)))
}

fn buy(pick: &mut Pick<'_>) -> Option<Wish> {
    let (book, copies) = (pick.told_by("POST /books")?, pick.number(1..4));
    let buyer = pick.one_of(&["minji", "jun", "하늘"]);
    Some(Wish::new(format!(r#"{{"productId":{book},"quantity":{copies},"customerId":"{buyer}"}}"#)))
}

fn cancel(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /orders")?, "{}"))
}

fn accept(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /orders")?, "{}"))
}

fn reject(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /orders")?, r#"{"reason":"품절"}"#))
}

fn deliver(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /orders")?, r#"{"deliveryState":"Delivered"}"#))
}

fn keeps_every_promise(shop: &Simulation) {
    let report = shop.run(5_000);
    println!("{report}");
    if let Some(found) = report.found {
        panic!("{found}");
    }
}

#[test]
fn keeps_every_promise_where_the_seller_accepts() {
    keeps_every_promise(&shop(false));
}

#[test]
fn keeps_every_promise_where_orders_are_accepted_at_once() {
    keeps_every_promise(&shop(true));
}
