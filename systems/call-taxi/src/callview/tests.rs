//! The row is the same however the three sources' events are interleaved, and its words are in step at every moment.
use super::*;
use crate::call::Status as Call;
use crate::drive::Status as Drive;
use crate::payment::PayStatus::{Paid, Refunded};
use kernel::Won;

enum Heard {
    Call(call::Published),
    Drive(drive::Published),
    Payment(payment::Published),
}

fn called(status: call::Status) -> call::Called {
    call::tests::ride().at(status)
}

fn driven(status: drive::Status) -> drive::Driven {
    drive::Taxi::new(Id(1), Won(15_000)).at(status)
}

fn placed() -> Heard {
    Heard::Call(call::Published::CallPlaced(called(Call::Requested)))
}

fn cancelled() -> Heard {
    Heard::Call(call::Published::CallCancelled(called(Call::Cancelled)))
}

fn started() -> Heard {
    Heard::Drive(drive::Published::DriveStarted(driven(Drive::Started)))
}

fn drive_cancelled() -> Heard {
    Heard::Drive(drive::Published::DriveCancelled(driven(Drive::Cancelled)))
}

fn paid() -> Heard {
    Heard::Payment(payment::Published::FarePaid { pay_id: Id(1), call_id: Id(1), fare: Won(15_000) })
}

fn refunded() -> Heard {
    Heard::Payment(payment::Published::FareRefunded { pay_id: Id(1), call_id: Id(1), fare: Won(15_000) })
}

fn page(heard: impl IntoIterator<Item = Heard>) -> Page {
    heard.into_iter().fold(Page::default(), |page, heard| match heard {
        Heard::Call(said) => call(page, said),
        Heard::Drive(said) => drive(page, said),
        Heard::Payment(said) => payment(page, said),
    })
}

type Words = (Call, Option<Drive>, Option<payment::PayStatus>);

fn words(heard: impl IntoIterator<Item = Heard>) -> Option<Words> {
    match shown(Id(1), &page(heard)) {
        Shown::Listed(row) => Some((row.call_status, row.drive_status, row.pay_status)),
        Shown::ById(_) | Shown::Hidden => None,
    }
}

#[test]
fn the_row_appears_with_the_call() {
    assert_eq!(words([paid(), started()]), None);
    assert_eq!(words([placed()]), Some((Call::Requested, None, None)));
    assert_eq!(words([started(), placed()]), Some((Call::Started, Some(Drive::Started), None)));
}

#[test]
fn call_and_drive_are_in_step() {
    let ended = || Heard::Drive(drive::Published::DriveEnded(driven(Drive::Ended)));
    let not_available = || Heard::Drive(drive::Published::DriveNotAvailable(driven(Drive::Cancelled)));
    let failed = Heard::Call(call::Published::CallPayFailed(called(Call::PayFailed)));
    assert_eq!(words([placed(), paid(), started()]), Some((Call::Started, Some(Drive::Started), Some(Paid))));
    assert_eq!(words([placed(), started(), ended()]), Some((Call::Complete, Some(Drive::Ended), None)));
    assert_eq!(words([placed(), not_available()]), Some((Call::Cancelled, Some(Drive::Cancelled), None)));
    assert_eq!(words([placed(), cancelled()]), Some((Call::Cancelled, None, None)));
    assert_eq!(words([placed(), started(), cancelled()]), Some((Call::Cancelled, Some(Drive::Cancelled), None)));
    assert_eq!(words([placed(), started(), drive_cancelled()]), Some((Call::Cancelled, Some(Drive::Cancelled), None)));
    assert_eq!(words([failed]), Some((Call::PayFailed, None, None)));
}

#[test]
fn a_cancelled_call_reads_the_same_in_every_order() {
    let sources: [[fn() -> Heard; 2]; 3] = [[placed, cancelled], [started, drive_cancelled], [paid, refunded]];
    for order in orders() {
        let mut next = [0; 3];
        let heard = order.map(|source| {
            next[source] += 1;
            sources[source][next[source] - 1]()
        });
        assert_eq!(words(heard), Some((Call::Cancelled, Some(Drive::Cancelled), Some(Refunded))), "{order:?}");
    }
}

/// All ways to interleave three sources with two events each.
fn orders() -> Vec<[usize; 6]> {
    let digits = |number: usize| [1, 3, 9, 27, 81, 243].map(|place| number / place % 3);
    let twice = |order: &[usize; 6]| (0..3).all(|source| order.iter().filter(|s| **s == source).count() == 2);
    (0..729).map(digits).filter(twice).collect()
}
