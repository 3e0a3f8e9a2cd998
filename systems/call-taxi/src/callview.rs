//! callview: what the customer sees of a call. Each column has one source; how far the call and its drive are is told in step.
use super::{call, drive, payment};
use crate::CUSTOMER;
use kernel::{Collection, Context, Decimal, Id, Shown, View, Won, record};

/// What has been heard of one call.
#[record]
#[derive(Default)]
pub struct Page {
    pub call: Option<call::Called>,
    pub drive: Option<drive::Driven>,
    pub payment: Option<payment::PayStatus>,
}

#[record]
pub struct Row {
    pub user_id: String,
    pub user_name: String,
    pub distance: Decimal,
    pub fare: Won,
    pub call_status: call::Status,
    pub drive_id: Option<Id>,
    pub driver_name: Option<String>,
    pub taxi_num: Option<String>,
    pub drive_status: Option<drive::Status>,
    pub pay_status: Option<payment::PayStatus>,
}

fn call(page: Page, event: call::Published) -> Page {
    match event {
        call::Published::CallPlaced(called)
        | call::Published::CallPayFailed(called)
        | call::Published::CallCancelled(called) => Page { call: Some(called), ..page },
    }
}

fn drive(page: Page, event: drive::Published) -> Page {
    match event {
        drive::Published::DriveStarted(driven)
        | drive::Published::DriveNotAvailable(driven)
        | drive::Published::DriveCancelled(driven)
        | drive::Published::DriveEnded(driven) => Page { drive: Some(driven), ..page },
    }
}

fn payment(page: Page, event: payment::Published) -> Page {
    match event {
        payment::Published::FarePaid { .. } => Page { payment: Some(payment::PayStatus::Paid), ..page },
        payment::Published::FareRefunded { .. } => Page { payment: Some(payment::PayStatus::Refunded), ..page },
    }
}

/// A cancel that either side has told is one of both; otherwise the drive, where there is one, says how far the call is.
fn status(call: call::Status, drive: Option<drive::Status>) -> (call::Status, Option<drive::Status>) {
    use {call::Status as Call, drive::Status as Drive};
    match (call, drive) {
        (Call::Cancelled, None) => (Call::Cancelled, None),
        (Call::Cancelled, Some(_)) | (_, Some(Drive::Cancelled)) => (Call::Cancelled, Some(Drive::Cancelled)),
        (_, Some(Drive::Started)) => (Call::Started, Some(Drive::Started)),
        (_, Some(Drive::Ended)) => (Call::Complete, Some(Drive::Ended)),
        (call, None) => (call, None),
    }
}

/// The row appears with the call itself.
fn shown(_: Id, page: &Page) -> Shown<Row> {
    let Page { call: Some(called), drive, payment } = page.clone() else { return Shown::Hidden };
    let (call_status, drive_status) = status(called.call_status, drive.as_ref().map(|driven| driven.drive_status));
    let call::Ride { user_id, user_name, distance, fare, .. } = called.ride;
    let taxi = drive.map(|driven| driven.taxi);
    Shown::Listed(Row {
        user_id,
        user_name,
        distance,
        fare,
        call_status,
        drive_id: taxi.as_ref().map(|taxi| taxi.drive_id),
        driver_name: taxi.as_ref().map(|taxi| taxi.driver_name.clone()),
        taxi_num: taxi.map(|taxi| taxi.taxi_num),
        drive_status,
        pay_status: payment,
    })
}

pub fn context() -> Context {
    let rows = Collection::new("callViews", "callView")
        .id_as("callId")
        .find_by("userId", |row: &Row| Some(&row.user_id))
        .sort_by("fare", |row| row.fare.0)
        .sort_by("distance", |row| row.distance.ten_thousandths())
        .read_by_owner(CUSTOMER);
    let view = View::builder::<Page>(1).folds(call).folds(drive).folds(payment).with_history().shows(rows, shown);
    Context::new("callview", 8085).keyed_by("callId").view(view)
}

#[cfg(test)]
mod tests;
