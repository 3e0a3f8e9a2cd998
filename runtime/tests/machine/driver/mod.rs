//! The driver around the machine: its mailbox, its pauses, and a store that fails.
mod bench;
mod groups;
mod lease;
mod mark;
mod outcome;
mod sources;
mod stall;

use crate::desk::{delete, keyed, read_note, within};
use bench::Bench;
use kernel::Id;
use runtime::driver::Turn;
use runtime::message::PeerMessage;
use runtime::port::clock::Moment;
use runtime::port::peers::{Envelope, NotSent};
use std::sync::atomic::Ordering;

fn message() -> Envelope {
    Envelope::new("till", "orders", PeerMessage::RangeVoided { by: "till".into(), to: Id(1), highest: Id(0) })
}

#[test]
fn a_full_mailbox_turns_the_next_request_away_until_there_is_room() {
    let mut bench = Bench::with(|limits| limits.queue_max = 1);
    bench.request();
    bench.request();
    assert_eq!(bench.responses(), ["unavailable, orders"]);
    bench.run();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders", "done", "done"]);
}

/// Callers ask without a pause while the context starts and stops again and again.
#[test]
fn those_who_wait_are_counted_although_the_context_starts_and_stops_meanwhile() {
    const CALLERS: usize = 4;
    const REQUESTS: usize = 5_000;
    let bench = Bench::with(|_| {});
    let mailbox = &bench.handle.mailbox;
    mailbox.close();
    std::thread::scope(|scope| {
        let caller = |_| {
            let responds: Vec<_> = (0..REQUESTS).map(|_| bench.responds()).collect();
            scope.spawn(|| responds.into_iter().for_each(|respond| mailbox.request(read_note(1), respond)))
        };
        let callers: Vec<_> = (0..CALLERS).map(caller).collect();
        while !callers.iter().all(|caller| caller.is_finished()) {
            mailbox.open();
            assert!(mailbox.len() <= CALLERS * REQUESTS, "fewer than none wait");
            mailbox.close();
        }
    });
    assert_eq!((mailbox.len(), bench.responses().len()), (0, CALLERS * REQUESTS));
}

#[test]
fn messages_have_room_of_their_own_and_a_full_mailbox_says_that_they_were_not_sent() {
    let mut bench = Bench::with(|limits| (limits.queue_max, limits.messages_max) = (1, 1));
    bench.request();
    assert_eq!(bench.handle.mailbox.message(message()), Ok(()));
    assert_eq!(bench.handle.mailbox.message(message()), Err(NotSent));
    bench.run();
    assert_eq!(bench.handle.mailbox.message(message()), Ok(()));
}

#[test]
fn a_message_in_a_protocol_that_this_release_does_not_speak_is_not_taken() {
    let bench = Bench::with(|_| {});
    let newer = Envelope { protocol: 99, ..message() };
    assert_eq!(bench.handle.mailbox.message(newer), Err(NotSent));
}

#[test]
fn a_driver_that_holds_does_nothing_until_it_is_released() {
    let mut bench = Bench::with(|_| {});
    let (reached, released) = bench.pause();
    bench.request();
    assert_eq!(bench.run(), Turn::Sleep(Moment::default().plus_ms(20_000)));
    assert!(reached.load(Ordering::Relaxed));
    assert!(bench.responses().is_empty());
    released.store(true, Ordering::Relaxed);
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn a_hold_that_nobody_releases_ends_by_itself() {
    let mut bench = Bench::with(|_| {});
    let _released_never = bench.pause();
    bench.handle.mailbox.request(within(read_note(1), 30_000), bench.responds());
    bench.run();
    bench.clock.pass_ms(20_000);
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn a_hold_that_was_released_before_it_was_reached_holds_nobody() {
    let mut bench = Bench::with(|_| {});
    let (_, released) = bench.pause();
    released.store(true, Ordering::Relaxed);
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn whoever_waited_for_a_group_that_failed_is_turned_away() {
    let mut bench = Bench::with(|_| {});
    bench.run();
    bench.handle.mailbox.request(keyed(delete(1), "k", 7), bench.responds());
    bench.failures.store(1, Ordering::Relaxed);
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders"]);
    bench.handle.mailbox.request(keyed(delete(1), "k", 7), bench.responds());
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders", "done"]);
}

#[test]
fn what_waits_in_the_mailbox_is_served_when_the_store_works_again_at_once() {
    let mut bench = Bench::with(|_| {});
    bench.fail_once();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn while_the_store_goes_on_failing_everyone_is_turned_away() {
    let mut bench = Bench::with(|_| {});
    bench.fail_once();
    bench.failures.store(1, Ordering::Relaxed);
    bench.run();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders"]);
    bench.clock.pass_ms(500);
    bench.run();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders", "done"]);
}

#[test]
fn a_driver_that_stops_turns_away_whoever_waits_and_its_mailbox_closes() {
    let mut bench = Bench::with(|_| {});
    bench.request();
    bench.handle.mailbox.stop();
    bench.request();
    assert_eq!(bench.run(), Turn::Stop);
    let (handle, responses) = bench.close();
    assert_eq!(responses, ["unavailable, orders", "unavailable, orders"]);
    assert!(!handle.is_running());
}
