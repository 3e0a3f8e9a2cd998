//! call-taxi lives through crashes, lost, doubled and late messages, cancels racing with arrivals, and keeps every promise.
use kernel::Settings;
use testkit::simulation::{Pick, Simulation, Wish};

fn city() -> Simulation {
    let settings = Settings::defaults(call_taxi::SETTINGS);
    Simulation::of(call_taxi::system(&settings), settings)
        .does(6, "POST /calls", call)
        .does(5, "POST /calls/cancel", cancel)
        .does(4, "POST /drives/end", end)
}

fn call(pick: &mut Pick<'_>) -> Option<Wish> {
    let (km, user) = (pick.number(1..60), pick.one_of(&["minji", "jun", "하늘"]));
    Some(Wish::new(format!(r#"{{"userId":"{user}","userName":"{user}","distance":{km}.5}}"#)))
}

fn cancel(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::new(format!(r#"{{"callId":{}}}"#, pick.told_by("POST /calls")?)))
}

fn end(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::new(format!(r#"{{"driveId":{}}}"#, pick.told_by("POST /calls")?)))
}

#[test]
fn keeps_every_promise() {
    let report = city().run(10_000);
    println!("{report}");
    if let Some(found) = report.found {
        panic!("{found}");
    }
}
