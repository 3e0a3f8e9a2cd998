//! message, as stay tells it: each confirmation and each cancellation, of the reservation and of its car.
use super::bookable::Offer;
use super::rentcar::{self, Car};
use super::reservation::{self, Booking};
use crate::CUSTOMER;
use kernel::{Context, sentence};
use message::{Notice, customer, notify, silence, tell};

/// A message names the city its system has when the message is sent, if any.
fn when_reservation(event: reservation::Published, city: Option<&str>) -> Notice {
    use reservation::Published;
    match (event, city) {
        (Published::ReservationCreated(Booking { rsv_id, customer: guest, .. }), _) => customer(rsv_id, guest),
        (Published::ReservationConfirmed(Booking { rsv_id, room_id, .. }), Some(city)) => {
            tell(rsv_id, sentence!("reservation-confirmed-in-city", room_id, city))
        }
        (Published::ReservationConfirmed(Booking { rsv_id, room_id, .. }), None) => {
            tell(rsv_id, sentence!("reservation-confirmed", room_id))
        }
        (Published::ReservationCancelRequested(_), _) => silence(),
        (Published::ReservationCancelled(Booking { rsv_id, room_id, .. }), Some(city)) => {
            tell(rsv_id, sentence!("reservation-cancelled-in-city", room_id, city))
        }
        (Published::ReservationCancelled(Booking { rsv_id, room_id, .. }), None) => {
            tell(rsv_id, sentence!("reservation-cancelled", room_id))
        }
    }
}

fn when_rentcar(event: rentcar::Published) -> Notice {
    use rentcar::Published;
    match event {
        Published::CarReserved(Offer {
            rsv_id: Some(rsv_id),
            details: Car { car_id, car_name, room_id: Some(room_id) },
            ..
        }) => tell(rsv_id, sentence!("car-reserved", room_id, car_id, car_name)),
        Published::CarCancelled(Offer {
            rsv_id: Some(rsv_id),
            details: Car { car_id, car_name, room_id: Some(room_id) },
            ..
        }) => tell(rsv_id, sentence!("car-cancelled", room_id, car_id, car_name)),
        Published::CarReserved(_) | Published::CarCancelled(_) => silence(), // it says of which reservation and room
        Published::CarRegistered(_) | Published::CarModified(_) | Published::CarDeleted(_) => silence(),
    }
}

pub fn context(city_name: Option<&str>) -> Context {
    let city = city_name.map(str::to_owned);
    message::context(8084, "rsvId", CUSTOMER)
        .policy_with(notify(move |event| when_reservation(event, city.as_deref())))
        .policy_with(notify(when_rentcar))
}

#[cfg(test)]
mod tests;
