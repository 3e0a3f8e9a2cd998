//! mypage: what the customer sees of a request. Each column has one source; what several of them mean together is a function.
use super::{catch, payment, pickup};
use crate::CUSTOMER;
use kernel::{Collection, Context, Id, Shown, View, Won, labels, record};

/// What has been heard of one request.
#[record]
#[derive(Default)]
pub struct Page {
    pub trip: Option<catch::Trip>,
    pub cancelled: bool,
    pub driver: Option<String>,
    pub payment: Option<PaymentStatus>,
}

#[labels]
pub enum PaymentStatus {
    PaymentApproved,
    PaymentCancelled,
}

#[labels]
pub enum Status {
    PaymentApproved,
    PickupAssigned,
    CatchCancelled,
}

#[record]
pub struct Row {
    pub customer: String,
    pub price: Won,
    pub starting_point: String,
    pub destination: String,
    pub driver: Option<String>,
    pub status: Status,
    pub payment_status: PaymentStatus,
}

fn catch(page: Page, event: catch::Published) -> Page {
    match event {
        catch::Published::CatchRequested(trip) => Page { trip: Some(trip), ..page },
        catch::Published::CatchCancelled { .. } => Page { cancelled: true, ..page },
    }
}

fn payment(page: Page, event: payment::Published) -> Page {
    match event {
        payment::Published::PaymentApproved { .. } => Page { payment: Some(PaymentStatus::PaymentApproved), ..page },
        payment::Published::PaymentCancelled { .. } => Page { payment: Some(PaymentStatus::PaymentCancelled), ..page },
    }
}

fn pickup(page: Page, event: pickup::Published) -> Page {
    match event {
        pickup::Published::PickupAssigned { driver, .. } => Page { driver: Some(driver), ..page },
        pickup::Published::PickupCancelled { .. } => Page { driver: None, ..page },
    }
}

/// The row appears when the request is paid.
fn shown(_: Id, page: &Page) -> Shown<Row> {
    let (Some(trip), Some(payment_status)) = (page.trip.clone(), page.payment) else { return Shown::Hidden };
    let status = match (page.cancelled, &page.driver) {
        (true, _) => Status::CatchCancelled,
        (false, Some(_)) => Status::PickupAssigned,
        (false, None) => Status::PaymentApproved,
    };
    let (catch::Trip { customer, price, starting_point, destination, .. }, driver) = (trip, page.driver.clone());
    Shown::Listed(Row { customer, price, starting_point, destination, driver, status, payment_status })
}

pub fn context() -> Context {
    let rows = Collection::new("myPages", "myPage")
        .id_as("matchId")
        .find_by("customer", |row: &Row| Some(&row.customer))
        .sort_by("price", |row| row.price.0)
        .read_by_owner(CUSTOMER);
    let view = View::builder::<Page>(1).folds(catch).folds(payment).folds(pickup).with_history().shows(rows, shown);
    Context::new("mypage", 8084).keyed_by("matchId").view(view)
}
