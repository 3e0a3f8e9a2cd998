//! Trips that customers hail.
use process::ServerProcess;
use serde_json::{Value, json};

pub fn trip(customer: &str) -> Value {
    json!({ "price": 9000, "startingPoint": "남영", "destination": "b", "customer": customer })
}

/// Hailed and held; its id.
#[track_caller]
pub fn catch(server: &ServerProcess<'_>, customer: &str) -> u64 {
    let answer = server.post("/taxi/catches", &trip(customer));
    answer.expect_status(201);
    answer.id()
}

pub fn catches(server: &ServerProcess<'_>, many: usize) {
    for _ in 0..many {
        catch(server, "kim");
    }
}
