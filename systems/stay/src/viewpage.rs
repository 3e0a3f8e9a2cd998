//! viewpage: a room, and the latest reservation made for it. Each column has one source; of each source the newest word counts.
use super::bookable::{self, Offer};
use super::payment::{self, Paid};
use super::rentcar::{self, Car};
use super::reservation::{self, Booking};
use super::review;
use super::room::{self, Room};
use crate::{CUSTOMER, HOST};
use kernel::{Collection, Context, Id, Owners, Recorded, Shown, View, Won, record};

/// What has been heard of one room.
#[record]
#[derive(Default)]
pub struct Page {
    pub room: Option<Newest<Offer<Room>>>,
    pub deleted: bool,
    pub reservation: Option<Newest<Booking>>,
    pub payment: Option<Newest<Paid>>,
    pub car: Option<Newest<Offer<Car>>>,
    /// Whose the room is, and who its latest reservation is for.
    #[serde(default, skip_serializing_if = "Owners::is_nobody")]
    #[schemars(skip)]
    pub of: Owners,
}

/// What a source said last, by its own log.
#[record]
pub struct Newest<T> {
    pub position: u64,
    #[serde(rename = "said")]
    pub event: T,
}

/// An older event, heard late, never overrides a newer one.
fn newest<T>(had: Option<Newest<T>>, event: T, at: &Recorded) -> Option<Newest<T>> {
    match had {
        Some(had) if had.position > at.position => Some(had),
        _ => Some(Newest { position: at.position, event }),
    }
}

#[record]
pub struct Row {
    pub desc: String,
    pub price: Won,
    pub room_status: bookable::Status,
    pub review_cnt: u64,
    pub rsv_id: Option<Id>,
    pub rsv_status: Option<reservation::Status>,
    pub pay_id: Option<Id>,
    pub pay_status: Option<payment::Status>,
    pub car_id: Option<Id>,
    pub car_name: Option<String>,
    pub car_status: Option<bookable::Status>,
}

fn room(page: Page, event: room::Published, at: &Recorded) -> Page {
    match event {
        room::Published::RoomRegistered(room)
        | room::Published::RoomModified(room)
        | room::Published::RoomReserved(room)
        | room::Published::RoomCancelled(room) => {
            let of = Owners { owner: at.meta.of.owner, ..page.of };
            Page { room: newest(page.room, room, at), of, ..page }
        }
        room::Published::RoomDeleted(_) => Page { deleted: true, ..page },
    }
}

/// A review is part of the room's history; how many there are, the room says.
fn review(page: Page, _: review::Published, _: &Recorded) -> Page {
    page
}

/// The latest is the last one created; what happens to an older one is history only.
fn reservation(page: Page, event: reservation::Published, at: &Recorded) -> Page {
    let booking = event.record().clone();
    let is_latest = matches!(event, reservation::Published::ReservationCreated(_));
    let of = if is_latest { Owners { partner: at.meta.of.owner, ..page.of } } else { page.of };
    let reservation = match (event, page.reservation) {
        (reservation::Published::ReservationCreated(_), had) => newest(had, booking, at),
        (
            reservation::Published::ReservationConfirmed(_)
            | reservation::Published::ReservationCancelRequested(_)
            | reservation::Published::ReservationCancelled(_),
            had,
        ) => had.map(|had| if had.event.rsv_id == booking.rsv_id { Newest { event: booking, ..had } } else { had }),
    };
    Page { reservation, of, ..page }
}

fn payment(page: Page, event: payment::Published, at: &Recorded) -> Page {
    Page { payment: newest(page.payment, event.record().clone(), at), ..page }
}

fn rentcar(page: Page, event: rentcar::Published, at: &Recorded) -> Page {
    Page { car: newest(page.car, event.record().clone(), at), ..page }
}

/// One room has one reservation after the other, so what payment and rentcar said last is of the latest one, or of one before it.
fn shown(_: Id, page: &Page) -> Shown<Row> {
    let (Some(Newest { event: room, .. }), false) = (page.room.clone(), page.deleted) else { return Shown::Hidden };
    let reservation = page.reservation.clone().map(|newest| newest.event);
    let rsv_id = reservation.as_ref().map(|booking| booking.rsv_id);
    let payment = page.payment.as_ref().map(|newest| &newest.event).filter(|paid| Some(paid.rsv_id) == rsv_id);
    let car = page.car.clone().map(|newest| newest.event).filter(|car| car.rsv_id == rsv_id);
    Shown::Listed(Row {
        desc: room.details.desc,
        price: room.price,
        room_status: room.status,
        review_cnt: room.details.review_cnt,
        rsv_id,
        rsv_status: reservation.as_ref().map(|booking| booking.status),
        pay_id: reservation.as_ref().map(|booking| booking.pay_id),
        pay_status: payment.map(|paid| paid.status),
        car_id: reservation.and_then(|booking| booking.car_id),
        car_status: car.as_ref().map(|car| car.status),
        car_name: car.map(|car| car.details.car_name),
    })
}

pub fn context() -> Context {
    let rows = Collection::new("roomviews", "roomview")
        .id_as("roomId")
        .find_by_id("rsvId", |row: &Row| row.rsv_id)
        .sort_by("price", |row| row.price.0)
        .read_by(CUSTOMER)
        .read_by(HOST)
        .keeps_from_others(["rsvId", "rsvStatus", "payId", "payStatus", "carId", "carName", "carStatus"])
        .shows_others::<room::Event>();
    let view = View::builder::<Page>(2)
        .folds_by(|event| Some(room::Published::record(event).details.room_id), room)
        .folds_by(|event| Some(review::Published::record(event).room_id), review)
        .folds_by(|event| Some(reservation::Published::record(event).room_id), reservation)
        .folds_by(|event| Some(payment::Published::record(event).room_id), payment)
        .folds_by(|event| rentcar::Published::record(event).details.room_id, rentcar)
        .with_history()
        .owned_by(|page| page.of)
        .shows(rows, shown);
    Context::new("viewpage", 8085).keyed_by("roomId").view(view)
}

#[cfg(test)]
mod tests;
