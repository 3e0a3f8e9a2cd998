//! kill −9 of anyone at any time: what was answered is there, once, and nobody is told anything worse than to come back.
use super::load::{Addresses, while_hailing};
use super::many;
use super::{TAXI, stack::Stack};
use process::Nadul;
use std::time::{Duration, Instant};

/// Between two kills, so that a kill meets requests of every age.
const PAUSE_MS_MAX: u64 = 400;

#[test]
fn anyone_is_killed_at_random_behind_two_gateways_and_nothing_is_lost_or_doubled() {
    let (nadul, seed) = (Nadul::new(), many::seed());
    println!("NADUL_TEST_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let mut gateways = [stack.another_gateway(), stack.another_gateway()];
    let addresses = Addresses::of(&[&gateways[0], &gateways[1]]);
    let victims: Vec<String> = stack.names().into_iter().chain(["first", "second"].map(String::from)).collect();
    let ((), account) = while_hailing(&addresses, 4, || {
        for _ in 0..many::of("NADUL_TEST_RANDOM_KILLS", 3) {
            let until = Instant::now() + Duration::from_millis(random.u64(0..PAUSE_MS_MAX));
            while Instant::now() < until {
                stack.gateway.get("/taxi/myPages?size=1");
            }
            let victim = &victims[random.usize(..victims.len())];
            println!("{victim} is killed");
            match victim.as_str() {
                "first" | "second" => {
                    let nth = usize::from(victim == "second");
                    std::mem::replace(&mut gateways[nth], stack.another_gateway()).kill();
                    addresses.replace(nth, &gateways[nth]);
                }
                name => {
                    stack.kill(name);
                    stack.start(name);
                }
            }
            stack.wait_for_owners();
        }
    });
    account.expect_others_to_be_unavailable();
    println!(
        "{} made, {} unknown, {} told to come back, the slowest in {:?}",
        account.made.len(),
        account.unknown,
        account.others.len(),
        account.slowest
    );
    account.expect_each_once(&stack.gateway, 0);
    gateways.into_iter().for_each(process::ServerProcess::stop);
    stack.check();
}
