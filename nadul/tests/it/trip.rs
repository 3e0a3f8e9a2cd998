//! Trips that customers hail.
use process::Served;
use serde_json::{Value, json};

pub fn trip(customer: &str) -> Value {
    json!({ "price": 9000, "startingPoint": "남영", "destination": "b", "customer": customer })
}

/// Hailed and held; its id.
#[track_caller]
pub fn catch(served: &Served<'_>, customer: &str) -> u64 {
    let answer = served.post("/taxi/catches", &trip(customer));
    answer.with(201);
    answer.id()
}

pub fn catches(served: &Served<'_>, many: usize) {
    for _ in 0..many {
        catch(served, "kim");
    }
}
