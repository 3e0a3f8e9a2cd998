//! The commands of an operator of many processes: each works through the gateway or says what to do instead, and numbers tell the rest.
use super::stack::Stack;
use super::{TAXI, served};
use crate::trip::trip;
use process::{Nadul, ServerProcess};

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
