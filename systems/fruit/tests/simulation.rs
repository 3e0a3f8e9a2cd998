//! fruit lives through crashes, lost, doubled and late messages, cancels racing with deliveries, and keeps every promise.
use kernel::Settings;
use testkit::simulation::{Pick, Simulation, Wish};

fn shop() -> Simulation {
    let settings = Settings::defaults(fruit::SETTINGS);
    Simulation::of(fruit::system(&settings), settings)
        .does(6, "POST /orders", order)
        .does(5, "DELETE /orders/{orderId}", cancel)
        .does(4, "PATCH /deliveries/{deliveryId}", deliver)
}

fn order(pick: &mut Pick<'_>) -> Option<Wish> {
    let (price, user) = (pick.number(1000..50_000), pick.one_of(&["minji", "jun", "하늘"]));
    let body = format!(r#"{{"userId":"{user}","prodNm":"사과","qty":2,"price":{price},"address":"서울"}}"#);
    Some(Wish::new(body))
}

fn cancel(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /orders")?, "{}"))
}

fn deliver(pick: &mut Pick<'_>) -> Option<Wish> {
    Some(Wish::at(pick.told_by("POST /orders")?, r#"{"deliveryStatus":"배송완료"}"#))
}

#[test]
fn keeps_every_promise() {
    let report = shop().run(10_000);
    println!("{report}");
    if let Some(found) = report.found {
        panic!("{found}");
    }
}
