//! A backup while customers are server: nobody notices, and the copy has all that was promised before it began.
use crate::faults::wait::{proved, until};
use crate::trip::{catch, trip};
use process::{Nadul, embedded_only};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

const CUSTOMERS: usize = 8;
const TAXI: [&str; 3] = ["taxi", "--data", "data"];

#[test]
fn a_backup_under_load_has_what_was_promised_before_it_and_fails_nobody() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let (told, over) = (Mutex::new(vec![]), AtomicBool::new(false));
    let count = || told.lock().expect("nobody panics").len();
    let promised: Vec<u64> = std::thread::scope(|scope| {
        for _ in 0..CUSTOMERS {
            let (client, told, over) = (server.client(), &told, &over);
            scope.spawn(move || {
                while !over.load(Ordering::Acquire) {
                    let answer = client.post("/taxi/catches", &trip("kim")).expect("an answer");
                    told.lock().expect("nobody panics").push(if answer.status == 201 { answer.id() } else { 0 });
                }
            });
        }
        until("customers are server", || count() >= 100);
        let promised = told.lock().expect("nobody panics").clone();
        let said = server.run(&["backup", "copy", "--data", "data"]);
        over.store(true, Ordering::Release);
        assert_eq!(said.code, Some(0), "{said:?}");
        promised
    });
    assert!(count() > promised.len(), "nobody was server meanwhile");
    assert!(!told.lock().expect("nobody panics").contains(&0), "somebody was turned away");
    proved(server);
    let said = nadul.run(&["check", "--data", "copy"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let restored = nadul.serve(&["taxi", "--data", "copy"]);
    for id in promised {
        assert_eq!(restored.get(&format!("/taxi/catches/{id}")).id(), id, "what was promised is not in the copy");
        restored.wait_for_text(&format!("/taxi/myPages/{id}"), "PaymentApproved");
    }
    catch(&restored, "lee");
    restored.wait_until_idle();
    restored.stop();
    let said = nadul.run(&["check", "--data", "copy"]);
    assert!(said.code == Some(0) && !said.out.contains("note"), "{said:?}");
}
