//! A town's hosts and guests, at random.
use kernel::Settings;
use testkit::simulation::{Pick, Simulation, Wish};

pub fn town() -> Simulation {
    let settings = Settings::defaults(stay::SETTINGS);
    Simulation::of(stay::system(&settings), settings)
        .does(2, "POST /rooms", open_room)
        .does(2, "POST /rentcars", offer_car)
        .does(8, "POST /reservations", reserve)
        .does(3, "PATCH /reservations/{id}", cancel)
        .does(1, "PATCH /rooms/{id}", change_room)
        .does(1, "DELETE /rooms/{id}", close_room)
        .does(1, "DELETE /rentcars/{id}", sell_car)
        .does(1, "POST /reviews", review)
        .does(1, "DELETE /reviews/{id}", withdraw)
}

/// Some are free of charge.
fn price(pick: &mut Pick<'_>) -> u64 {
    if pick.percent(20) { 0 } else { pick.number(10_000..90_000) }
}

fn open_room(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::new(format!(r#"{{"desc":"바다가 보이는 방","price":{}}}"#, price(pick))))
}

fn offer_car(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::new(format!(r#"{{"carName":"small","price":{}}}"#, price(pick))))
}

fn reserve(pick: &mut Pick<'_>) -> Option<Wish> {
    let (room, guest) = (pick.told_by("POST /rooms")?, pick.one_of(&["minji", "jun", "하늘"]));
    let car = if pick.percent(60) { pick.told_by("POST /rentcars") } else { None };
    let car = car.map_or(String::new(), |car| format!(r#","carId":{car}"#));
    Some(Wish::new(format!(r#"{{"roomId":{room},"customer":"{guest}"{car}}}"#)))
}

fn cancel(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /reservations")?, r#"{"status":"reqCancel"}"#))
}

fn change_room(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /rooms")?, format!(r#"{{"price":{}}}"#, price(pick))))
}

fn close_room(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /rooms")?, "{}"))
}

fn sell_car(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /rentcars")?, "{}"))
}

fn review(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::new(format!(r#"{{"roomId":{},"content":"조용해요"}}"#, pick.told_by("POST /rooms")?)))
}

fn withdraw(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /reviews")?, "{}"))
}
