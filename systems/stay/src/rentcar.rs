//! rentcar: cars that can be booked with a room.
use super::bookable::{self, Action, Bookable, Command, Happened, Offer, Refusal, Thing};
use super::reservation::Booking;
use crate::{CUSTOMER, HOST};
use kernel::{
    Collection, Context, Id, LocalReaderExt, Name, Request, Then, Won, delete, form, get, patch, post, record, then,
};

#[record]
pub struct Car {
    pub car_id: Id,
    pub car_name: String,
    /// Whose guest drives it; none while it is free.
    pub room_id: Option<Id>,
}

bookable::events! {
    "rentcar": Car,
    published {
        Registered => CarRegistered, Modified => CarModified, Reserved => CarReserved, Cancelled => CarCancelled,
        Deleted => CarDeleted
    }
    private { Held => CarHeld, Voided => CarVoided }
}

impl Bookable for Car {
    const KIND: Name = "rentcar";
    const UNKNOWN: Refusal = Refusal::UnknownCar;
    const NOT_AVAILABLE: Refusal = Refusal::CarNotAvailable;
    const BOOKING: &'static [Name] = &["rsvId", "roomId"];
    const IS_VISITED: bool = false;
    type Edit = Modify;
    type Event = Event;

    fn edited(mut car: Offer<Car>, Modify { car_name, price }: Modify) -> Offer<Car> {
        car.details.car_name = car_name.unwrap_or(car.details.car_name);
        car.price = price.unwrap_or(car.price);
        car.last_action = Action::Modify;
        car
    }

    fn booked(booking: &Booking) -> Option<Id> {
        booking.car_id
    }

    fn with_room(self, room_id: Option<Id>) -> Self {
        Car { room_id, ..self }
    }
}

/// What a rental sends of a new car.
#[form(example = r#"{ "carName": "K5", "price": 40000 }"#)]
pub struct Register {
    pub car_name: String,
    #[form(min = 0)]
    pub price: Option<Won>,
}

fn register(request: &Request<Register>) -> Result<Then<Thing<Car>>, Refusal> {
    let Register { car_name, price } = request.body.clone();
    let car = Car { car_id: request.id, car_name, room_id: None };
    Ok(then(request.id, Command::Register(Offer::new(car, price))))
}

/// What a rental sends of a changed car.
#[form(some, example = r#"{ "price": 45000 }"#)]
pub struct Modify {
    pub car_name: Option<String>,
    #[form(min = 0)]
    pub price: Option<Won>,
}

fn modify(request: &Request<Modify>) -> Result<Then<Thing<Car>>, Refusal> {
    match request.body.clone() {
        Modify { car_name: None, price: None } => Err(Refusal::NothingToChange),
        edit => Ok(then(request.id, Command::Edit(edit))),
    }
}

#[form]
pub struct Check {
    pub car_id: Id,
}

fn check(request: &Request<Check>) -> Result<bool, Refusal> {
    request.local.get::<Thing<Car>>(request.body.car_id).is_free()
}

pub fn context() -> Context {
    bookable::context::<Car>(8086, "carId", Collection::new("rentcars", "rentcar"))
        .route(post("/rentcars").creates("rentcars").by(HOST).about("Register a car.").commanding(register))
        .route(
            patch("/rentcars/{id}")
                .changes("rentcars")
                .by_owner(HOST)
                .about("Change what a car is or costs.")
                .commanding(modify),
        )
        .route(
            delete("/rentcars/{id}")
                .removes("rentcars")
                .by_owner(HOST)
                .about("Take a car off the market.")
                .sending::<Thing<Car>>(|_| Command::Delete),
        )
        .route(get("/chkcar/chkStatus").by(CUSTOMER).by(HOST).about("Can this car be booked now?").reading(check))
}

#[cfg(test)]
mod tests;
