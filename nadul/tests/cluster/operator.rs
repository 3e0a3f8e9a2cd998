//! The commands of an operator of many processes: each works through the gateway or says what to do instead, and numbers tell the rest.
use super::stack::Stack;
use super::{TAXI, served};
use crate::trip::trip;
use process::{Nadul, ServerProcess};
use serde_json::Value;

#[test]
fn an_operator_asks_the_gateway_and_it_passes_on_to_the_owner() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 1);
    let at = ["--at", &stack.gateway.url];
    let run = |words: &[&str]| nadul.run(&[words, &at[..]].concat());
    for (mode, status) in [("decline", 402), ("approve", 201)] {
        let said = run(&["sandbox", "taxi", mode]);
        assert_eq!((said.code, said.out.as_str()), (Some(0), format!("taxi: payment {mode}\n").as_str()), "{said:?}");
        stack.gateway.post("/taxi/catches", &trip("kim")).expect_status(status);
    }
    served(&stack.gateway, "lee");
    let parked = run(&["parked", "taxi"]);
    assert_eq!((parked.code, parked.out.as_str()), (Some(0), "nothing is parked\n"), "{parked:?}");
    for command in ["stop", "start"] {
        let refused = run(&[command, "taxi/pickup"]);
        assert!(refused.code == Some(1) && refused.err.contains("stop it by ending them"), "{refused:?}");
    }
    let nobody = nadul.run(&["parked", "taxi"]);
    assert!(nobody.code == Some(2) && nobody.err.contains("the address of a gateway with --at"), "{nobody:?}");
    let log = nadul.run(&["log", "taxi"]);
    assert!(log.code == Some(0) && log.out.contains("PickupAssigned"), "{log:?}");
    let owned = nadul.run(&["check", "taxi"]);
    assert!(
        owned.code == Some(2) && format!("{}{}", owned.out, owned.err).contains("has the schema taxi_"),
        "{owned:?}"
    );
    stack.check();
}

/// How the gateway says each context of taxi stands, in their order.
fn statuses(gateway: &ServerProcess<'_>) -> Vec<Value> {
    let mut status = gateway.get("/taxi/operator/contexts").json();
    assert_eq!(status["broken"], Value::Null, "no process sees all contexts");
    serde_json::from_value(status["contexts"].take()).expect("a list")
}

#[test]
fn a_gateway_says_who_owns_each_context_and_how_it_stands_there() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    served(&stack.gateway, "kim");
    stack.gateway.wait_until_idle();
    let before = statuses(&stack.gateway);
    for status in &before {
        let context = status["context"].as_str().expect("a name");
        let owner = stack.owner_of(context).expect("it has an owner");
        assert_eq!(status["ownership"]["owner"], format!("http://{}", stack.internal(&owner)), "{status:#}");
        let replicas = status["ownership"]["replicas"].as_array().expect("a list");
        assert!(replicas.len() == 2 && replicas.iter().all(|replica| replica["state"] == "ready"), "{status:#}");
        assert!(status["here"] == false && status["running"] == true && status["queue"] == 0, "{status:#}");
        assert!(status["parkedEvents"] == 0 && status["groups"].as_u64() > Some(0), "{status:#}");
    }
    let catch = before.iter().find(|status| status["context"] == "catch").expect("it is declared");
    assert_eq!(catch["upstreams"][0]["state"], "closed", "{catch:#}");
    let owner = stack.owner_of("catch").expect("it has an owner");
    stack.at(&owner, |process| {
        let of_owner = statuses(process).into_iter().find(|status| status["context"] == "catch");
        let of_owner = of_owner.expect("it is declared");
        assert!(of_owner["here"] == true && of_owner["ownership"] == catch["ownership"], "{of_owner:#}");
    });
    stack.kill(&owner);
    stack.wait_for_another_owner("catch", &owner);
    let epoch = catch["ownership"]["epoch"].as_u64().expect("a number");
    stack.gateway.wait_until("/taxi/operator/contexts", "the next epoch, and what its owner says", |answer| {
        let contexts: Vec<Value> = serde_json::from_value(answer.json()["contexts"].take()).expect("a list");
        let catch = contexts.into_iter().find(|status| status["context"] == "catch").expect("it is declared");
        catch["ownership"]["epoch"].as_u64() > Some(epoch) && catch["queue"] == 0
    });
    stack.check();
}

/// The lines of `/metrics` with this beginning and these labels.
fn wait_for_number(process: &ServerProcess<'_>, name: &str, labels: &[&str], value: &str) {
    let is = |line: &str| {
        line.starts_with(&format!("{name}{{"))
            && labels.iter().all(|label| line.contains(label))
            && line.ends_with(&format!(" {value}"))
    };
    process.wait_until("/metrics", &format!("{name} {labels:?} {value}"), |answer| answer.text.lines().any(is));
}

#[test]
fn each_process_says_its_role_the_owner_and_how_far_it_is_behind_other_processes() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 1);
    served(&stack.gateway, "kim");
    let url = format!("url=\"http://{}\"", stack.internal("taxi/mypage-1"));
    stack.at("taxi/mypage-1", |page| {
        wait_for_number(page, "nadul_seat", &["context=\"mypage\"", "role=\"owner\""], "1");
        wait_for_number(page, "nadul_owner", &["context=\"mypage\"", &url], "1");
        wait_for_number(page, "nadul_epoch", &["context=\"mypage\""], "1");
        for source in ["catch", "pickup", "payment"] {
            let of_source = format!("source=\"{source}\"");
            wait_for_number(page, "nadul_lag_events", &["context=\"mypage\"", &of_source], "0");
        }
    });
    stack.check();
}
