//! message, as call-taxi tells it: the customer is told of everything.
use super::{call, drive, payment};
use crate::CUSTOMER;
use kernel::{Context, sentence};
use message::{Notice, customer, notify, silence, tell};

fn learn(event: call::Published) -> Notice {
    match event {
        call::Published::CallPlaced(call::Called { ride, .. }) => customer(ride.call_id, ride.user_id),
        call::Published::CallPayFailed(call::Called { ride, .. }) => customer(ride.call_id, ride.user_id),
        call::Published::CallCancelled(_) => silence(),
    }
}

fn when_call(event: call::Published) -> Notice {
    match event {
        call::Published::CallPlaced(call::Called { ride: call::Ride { call_id, distance, fare, .. }, .. }) => {
            tell(call_id, sentence!("call-placed", distance, fare))
        }
        call::Published::CallPayFailed(called) => tell(called.ride.call_id, sentence!("call-failed")),
        call::Published::CallCancelled(called) => tell(called.ride.call_id, sentence!("call-cancelled")),
    }
}

fn when_payment(event: payment::Published) -> Notice {
    match event {
        payment::Published::FarePaid { call_id, fare, .. } => tell(call_id, sentence!("fare-paid", fare)),
        payment::Published::FareRefunded { call_id, fare, .. } => tell(call_id, sentence!("fare-refunded", fare)),
    }
}

fn when_drive(event: drive::Published) -> Notice {
    match event {
        drive::Published::DriveStarted(drive::Driven { taxi, .. }) => {
            let drive::Taxi { call_id, driver_name, taxi_num, .. } = taxi;
            tell(call_id, sentence!("drive-started", driver_name, taxi_num))
        }
        drive::Published::DriveNotAvailable(driven) => tell(driven.taxi.call_id, sentence!("drive-not-available")),
        drive::Published::DriveCancelled(driven) => tell(driven.taxi.call_id, sentence!("drive-cancelled")),
        drive::Published::DriveEnded(driven) => tell(driven.taxi.call_id, sentence!("drive-ended")),
    }
}

pub fn context() -> Context {
    message::context(8086, "callId", CUSTOMER)
        .policy_with(notify(learn))
        .policy_with(notify(when_call))
        .policy_with(notify(when_payment))
        .policy_with(notify(when_drive))
}
