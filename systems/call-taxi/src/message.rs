//! message, in call-taxi's words: the customer hears of everything.
use super::{call, drive, payment};
use kernel::{Context, EventContext, Then};
use message::{Thread, customer, silence, tell};

fn who(said: call::Published) -> Then<Thread> {
    match said {
        call::Published::CallPlaced(called) | call::Published::CallPayFailed(called) => {
            customer(called.ride.call_id, called.ride.user_id)
        }
        call::Published::CallCancelled(_) => silence(),
    }
}

fn when_call(said: call::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        call::Published::CallPlaced(called) => {
            let call::Ride { call_id, distance, fare, .. } = called.ride;
            let ko = format!("호출이 접수되었습니다. 거리 {distance}, 요금 {fare}원입니다.");
            tell(call_id, told, ko, format!("Your call is placed: distance {distance}, fare {fare} won."))
        }
        call::Published::CallPayFailed(called) => {
            let (ko, en) = ("요금이 결제되지 않아 호출이 실패했습니다.", "Your call failed: its fare was not paid.");
            tell(called.ride.call_id, told, ko, en)
        }
        call::Published::CallCancelled(called) => {
            tell(called.ride.call_id, told, "호출이 취소되었습니다.", "Your call is cancelled.")
        }
    }
}

fn when_payment(said: payment::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        payment::Published::FarePaid { call_id, fare, .. } => {
            tell(call_id, told, format!("{fare}원이 결제되었습니다."), format!("{fare} won were paid."))
        }
        payment::Published::FareRefunded { call_id, fare, .. } => {
            tell(call_id, told, format!("{fare}원이 환불되었습니다."), format!("{fare} won were refunded."))
        }
    }
}

fn when_drive(said: drive::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        drive::Published::DriveStarted(driven) => {
            let drive::Taxi { call_id, driver_name, taxi_num, .. } = driven.taxi;
            let ko = format!("{taxi_num}번 택시({driver_name})가 출발했습니다.");
            tell(call_id, told, ko, format!("Taxi {taxi_num} ({driver_name}) is on its way."))
        }
        drive::Published::DriveNotAvailable(driven) => {
            let (ko, en) = ("너무 먼 거리라 배차할 수 없습니다.", "No taxi drives that far.");
            tell(driven.taxi.call_id, told, ko, en)
        }
        drive::Published::DriveCancelled(driven) => {
            tell(driven.taxi.call_id, told, "운행이 취소되었습니다.", "Your drive is cancelled.")
        }
        drive::Published::DriveEnded(driven) => {
            tell(driven.taxi.call_id, told, "운행이 끝났습니다.", "Your drive has ended.")
        }
    }
}

pub fn context() -> Context {
    message::context(8086, "callId")
        .policy(who)
        .policy_with(when_call)
        .policy_with(when_payment)
        .policy_with(when_drive)
}
