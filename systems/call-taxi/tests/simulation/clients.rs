//! A city's customers and drivers, at random.
use kernel::{Settings, System};
use testkit::simulation::promise::{never_after, refunded_once};
use testkit::simulation::{ClientInput, SimClient, Simulation, World};

pub fn system() -> System {
    call_taxi::system(&Settings::defaults(call_taxi::SETTINGS))
}

pub fn simulation() -> Simulation {
    simulation_of(system())
}

pub fn simulation_of(system: System) -> Simulation {
    Simulation::new(system, Settings::defaults(call_taxi::SETTINGS))
        .does(6, "POST /calls", call)
        .does(5, "POST /calls/cancel", cancel)
        .does(4, "POST /drives/end", end)
        .promises("refunds", refunded_once("payment", "FarePaid", "FareRefunded", "fare"))
        .promises("stays cancelled", never_after("call", "CallCancelled", "CallCompleted"))
        .promises("failed for ever", Box::new(nothing_for_a_failed_call))
}

/// Some go too far.
fn call(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let km = if client.percent(80) { client.number(1..60) } else { client.number(95..115) };
    let user = client.one_of(&["minji", "jun", "하늘"]);
    Some(ClientInput::new(format!(r#"{{"userId":"{user}","userName":"{user}","distance":{km}.5}}"#)))
}

fn cancel(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::new(format!(r#"{{"callId":{}}}"#, client.id_from("POST /calls")?)))
}

fn end(client: &mut SimClient<'_>) -> Option<ClientInput> {
    Some(ClientInput::new(format!(r#"{{"driveId":{}}}"#, client.key_of("drive")?)))
}

/// There is never a payment or a drive for a call that failed.
fn nothing_for_a_failed_call(world: &World<'_>) -> Result<(), String> {
    let failed = world.log("call").iter().filter(|event| event.event_type == "CallPayFailed");
    let published = |context, key| world.log(context).iter().find(|event| event.published && event.key == key);
    let mut events = failed.filter_map(|call| published("payment", call.key).or(published("drive", call.key)));
    events.next().map_or(Ok(()), |event| Err(format!("{} for the failed call {}", event.event_type, event.key)))
}
