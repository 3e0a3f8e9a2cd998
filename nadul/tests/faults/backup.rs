//! A backup while customers are served: nobody notices, and the copy has all that was promised before it began.
use crate::trip::{catch, trip};
use crate::wait::{proved, until};
use process::Nadul;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

const CUSTOMERS: usize = 8;
const TAXI: [&str; 3] = ["taxi", "--data", "data"];

#[test]
fn a_backup_under_load_has_what_was_promised_before_it_and_fails_nobody() {
    let nadul = Nadul::new();
    let served = nadul.serve(&TAXI);
    let (told, over) = (Mutex::new(vec![]), AtomicBool::new(false));
    let count = || told.lock().expect("nobody panics").len();
    let promised: Vec<u64> = std::thread::scope(|scope| {
        for _ in 0..CUSTOMERS {
            let (door, told, over) = (served.door(), &told, &over);
            scope.spawn(move || {
                while !over.load(Ordering::Acquire) {
                    let answer = door.post("/taxi/catches", &trip("kim")).expect("an answer");
                    told.lock().expect("nobody panics").push(if answer.status == 201 { answer.id() } else { 0 });
                }
            });
        }
        until("customers are served", || count() >= 100);
        let promised = told.lock().expect("nobody panics").clone();
        let said = served.run(&["backup", "copy", "--data", "data"]);
        over.store(true, Ordering::Release);
        assert_eq!(said.code, Some(0), "{said:?}");
        promised
    });
    assert!(count() > promised.len(), "nobody was served meanwhile");
    assert!(!told.lock().expect("nobody panics").contains(&0), "somebody was turned away");
    proved(served);
    let said = nadul.run(&["check", "--data", "copy"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let restored = nadul.serve(&["taxi", "--data", "copy"]);
    for id in promised {
        assert_eq!(restored.get(&format!("/taxi/catches/{id}")).id(), id, "what was promised is not in the copy");
        restored.shows(&format!("/taxi/myPages/{id}"), "PaymentApproved");
    }
    catch(&restored, "lee");
    restored.rests();
    restored.stop();
    let said = nadul.run(&["check", "--data", "copy"]);
    assert!(said.code == Some(0) && !said.out.contains("note"), "{said:?}");
}
