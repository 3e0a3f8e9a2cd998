//! A city's customers and drivers, at random.
use kernel::{Settings, System};
use testkit::simulation::promise::{never_after, refunded_once};
use testkit::simulation::{Pick, Simulation, Wish, World};

pub fn system() -> System {
    call_taxi::system(&Settings::defaults(call_taxi::SETTINGS))
}

pub fn city() -> Simulation {
    of(system())
}

pub fn of(system: System) -> Simulation {
    Simulation::of(system, Settings::defaults(call_taxi::SETTINGS))
        .does(6, "POST /calls", call)
        .does(5, "POST /calls/cancel", cancel)
        .does(4, "POST /drives/end", end)
        .promises("refunds", refunded_once("payment", "FarePaid", "FareRefunded", "fare"))
        .promises("stays cancelled", never_after("call", "CallCancelled", "CallCompleted"))
        .promises("failed for ever", Box::new(nothing_for_a_failed_call))
}

/// Some go too far.
fn call(pick: &mut Pick<'_>) -> Option<Wish> {
    let km = if pick.percent(80) { pick.number(1..60) } else { pick.number(95..115) };
    let user = pick.one_of(&["minji", "jun", "하늘"]);
    Some(Wish::new(format!(r#"{{"userId":"{user}","userName":"{user}","distance":{km}.5}}"#)))
}

fn cancel(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::new(format!(r#"{{"callId":{}}}"#, pick.told_by("POST /calls")?)))
}

fn end(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::new(format!(r#"{{"driveId":{}}}"#, pick.key_of("drive")?)))
}

/// There is never a payment or a drive for a call that failed.
fn nothing_for_a_failed_call(world: &World<'_>) -> Result<(), String> {
    let failed = world.log("call").iter().filter(|event| event.event_type == "CallPayFailed");
    let said = |context, key| world.log(context).iter().find(|event| event.published && event.key == key);
    let mut told = failed.filter_map(|call| said("payment", call.key).or(said("drive", call.key)));
    told.next().map_or(Ok(()), |event| Err(format!("{} for the failed call {}", event.event_type, event.key)))
}
