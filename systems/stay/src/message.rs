//! message, in stay's words: each confirmation and each cancellation, of the reservation and of its car.
use super::bookable::Offer;
use super::rentcar::{self, Car};
use super::reservation;
use kernel::{Context, EventContext, Then};
use message::{Thread, customer, silence, tell};

/// The city a message names, if any. A message keeps the one of its sending.
struct City {
    ko: String,
    en: String,
}

impl City {
    fn new(name: Option<&str>) -> City {
        City {
            ko: name.map_or_else(String::new, |name| format!(", 도시명[{name}]")),
            en: name.map_or_else(String::new, |name| format!(", city [{name}]")),
        }
    }

    fn when_reservation(&self, said: reservation::Published, told: &EventContext<'_>) -> Then<Thread> {
        let City { ko, en } = self;
        match said {
            reservation::Published::ReservationCreated(booking) => customer(booking.rsv_id, booking.customer),
            reservation::Published::ReservationConfirmed(booking) => tell(
                booking.rsv_id,
                told,
                format!("예약이 완료 되었습니다. 방 번호 : [{}]{ko}", booking.room_id),
                format!("Your reservation is confirmed. Room: [{}]{en}", booking.room_id),
            ),
            reservation::Published::ReservationCancelRequested(_) => silence(),
            reservation::Published::ReservationCancelled(booking) => tell(
                booking.rsv_id,
                told,
                format!("예약이 취소 되었습니다. 방 번호 : [{}]{ko}", booking.room_id),
                format!("Your reservation is cancelled. Room: [{}]{en}", booking.room_id),
            ),
        }
    }
}

fn when_rentcar(said: rentcar::Published, told: &EventContext<'_>) -> Then<Thread> {
    use rentcar::Published;
    match said {
        Published::CarReserved(car) => tell_of(car, told, "렌터카가 예약 되었습니다.", "Your rental car is reserved."),
        Published::CarCancelled(car) => {
            tell_of(car, told, "렌터카가 예약이 취소 되었습니다.", "Your rental car is cancelled.")
        }
        Published::CarRegistered(_) | Published::CarModified(_) | Published::CarDeleted(_) => silence(),
    }
}

fn tell_of(car: Offer<Car>, told: &EventContext<'_>, ko: &str, en: &str) -> Then<Thread> {
    let (Some(rsv_id), Car { car_id, car_name, room_id: Some(room) }) = (car.rsv_id, car.details) else {
        return silence();
    };
    tell(
        rsv_id,
        told,
        format!("{ko} 방 번호 : [{room}], 렌터카번호[{car_id}], 렌터카명 [{car_name}]"),
        format!("{en} Room: [{room}], car number [{car_id}], car [{car_name}]"),
    )
}

pub fn context(city_name: Option<&str>) -> Context {
    let city = City::new(city_name);
    message::context(8084, "rsvId")
        .policy_with(move |said, told| city.when_reservation(said, told))
        .policy_with(when_rentcar)
}

#[cfg(test)]
mod tests;
