//! Faults injected on purpose, one at a time: a simulation that does not find them proves nothing.
use super::clients::{simulation, simulation_of, system};
use call_taxi::call::{self, Call};
use call_taxi::callview::Page;
use call_taxi::drive::{self, Drive, Status};
use call_taxi::payment::Published;
use kernel::{Aggregate as _, System, Won, nothing, then};
use payment::{Command, Event, Payment};
use testkit::exchange::Exchange;
use testkit::{finds, finds_protocol_faults};

finds_protocol_faults!(simulation());

finds! {
    a_late_hold_not_voided_after_pay_fail: simulation_of(late_hold_kept()), within 200;
    a_fare_taken_for_a_failed_call: simulation_of(taken_for_a_failed_call()), within 200;
    a_cancel_and_an_end_that_both_win: simulation_of(two_winners()), within 2000;
    an_ended_drive_cancelled: simulation_of(ended_and_cancelled()), within 200;
    a_refund_of_half_the_fare: simulation_of(half_refunded()), within 200;
    a_cancel_that_is_not_refunded: simulation_of(not_refunded()), within 200;
    a_drive_too_far_that_keeps_its_fare: simulation_of(too_far_and_kept()), within 200;
    a_drive_for_a_cancelled_call: simulation_of(driven_though_cancelled()), within 200;
    a_cancelled_call_that_completes: simulation_of(completed_though_cancelled()), within 2000;
    a_column_with_two_sources: simulation_of(two_sources()), within 200;
}

fn late_hold_kept() -> System {
    system().with_rule::<Payment<Published>>(|payment, command| match (command, payment) {
        (Command::Void, Payment::Held(_)) => Ok(vec![]),
        (command, payment) => payment.decide(command),
    })
}

fn taken_for_a_failed_call() -> System {
    system().with_policy::<call::Published, Payment<Published>>(|event, rest| match event {
        call::Published::CallPayFailed(called) => then(called.ride.call_id, Command::Take),
        event @ (call::Published::CallPlaced(_) | call::Published::CallCancelled(_)) => rest(event),
    })
}

fn two_winners() -> System {
    system().with_rule::<Drive>(|drive, command| match (command, drive) {
        (fulfilment::Command::Complete, Drive::Started { goods, stops: 1.. }) => {
            Ok(vec![drive::Event::DriveEnded(goods.clone().at(Status::Ended))])
        }
        (command, drive) => drive.decide(command),
    })
}

/// The stop is answered with a yes although the driver was faster.
fn ended_and_cancelled() -> System {
    system().with_rule::<Drive>(|drive, command| match (command, drive) {
        (fulfilment::Command::Stop, Drive::Complete(_)) => Ok(vec![]),
        (command, drive) => drive.decide(command),
    })
}

fn half_refunded() -> System {
    system().with_rule::<Payment<Published>>(|payment, command| match (command, payment) {
        (Command::Refund, Payment::Approved(bill)) => {
            let (pay_id, call_id, fare) = (bill.key, bill.key, Won(bill.amount.0 / 2));
            Ok(vec![Event::Refunded(Published::FareRefunded { pay_id, call_id, fare })])
        }
        (command, payment) => payment.decide(command),
    })
}

fn not_refunded() -> System {
    system().with_policy::<call::Published, Payment<Published>>(|event, rest| match event {
        call::Published::CallCancelled(_) => nothing(),
        event @ (call::Published::CallPlaced(_) | call::Published::CallPayFailed(_)) => rest(event),
    })
}

fn too_far_and_kept() -> System {
    system().with_policy::<drive::Published, Call>(|event, rest| match event {
        drive::Published::DriveNotAvailable(_) => nothing(),
        event @ (drive::Published::DriveStarted(_) | drive::Published::DriveEnded(_)) => rest(event),
        event @ drive::Published::DriveCancelled(_) => rest(event),
    })
}

fn driven_though_cancelled() -> System {
    system().with_rule::<Drive>(|drive, command| match (command, drive) {
        (fulfilment::Command::Cancel, Drive::Waiting { goods: Some(taxi), .. }) => {
            Ok(vec![drive::Event::DriveForgone, drive::Event::DriveStarted(taxi.clone().at(Status::Started))])
        }
        (command, drive) => drive.decide(command),
    })
}

/// A cancel that asked nobody, against a drive that ended meanwhile.
fn completed_though_cancelled() -> System {
    ended_and_cancelled().with_rule::<Call>(|call, command| match (command, call) {
        (call::Command::Complete, Call::Cancelled(_)) => Ok(vec![call::Event::CallCompleted]),
        (command, call) => call.decide(command),
    })
}

/// The row takes its drive's word only where it has heard of the call before.
fn two_sources() -> System {
    system().with_deaf_view::<Page>("callViews", "drive", |page| page.call.is_none())
}

/// A test that fails reports the few things that matter, in the system's own names.
#[test]
fn a_failing_lifetime_is_reported_short() {
    simulation_of(too_far_and_kept()).reports_short(&["POST /calls", "FarePaid", "DriveNotAvailable"]);
}
