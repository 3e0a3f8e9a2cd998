//! Customers who come again and again through the gateway, and an account of every answer they got.
use crate::trip::trip;
use process::{HttpClient, ServerProcess};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

#[derive(Debug, Default)]
pub struct Account {
    /// Requests that were answered 201, by their id.
    pub made: Vec<u64>,
    /// Any other answer.
    pub others: Vec<String>,
    pub slowest: Duration,
}

/// So many customers hail taxis while `act` runs.
pub fn while_hailing<T>(gateway: &HttpClient, customers: usize, act: impl FnOnce() -> T) -> (T, Account) {
    let (client, is_over) = (gateway, &AtomicBool::new(false));
    std::thread::scope(|threads| {
        let customers: Vec<_> = (0..customers).map(|at| threads.spawn(move || hail(client, at, is_over))).collect();
        let over = Over(is_over);
        let done = act();
        drop(over);
        let mut all = Account::default();
        for customer in customers {
            let one = customer.join().expect("a customer ends");
            all.made.extend(one.made);
            all.others.extend(one.others);
            all.slowest = all.slowest.max(one.slowest);
        }
        (done, all)
    })
}

/// Customers go home also where the act has panicked.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

fn hail(client: &HttpClient, at: usize, is_over: &AtomicBool) -> Account {
    let (mut account, mut visit) = (Account::default(), 0);
    while !is_over.load(Ordering::Acquire) {
        visit += 1;
        let (key, began) = (format!("customer-{at}-visit-{visit}"), Instant::now());
        // every other customer has no key of its own
        let headers = [("idempotency-key", key.as_str())];
        let headers = if at.is_multiple_of(2) { &headers[..] } else { &[] };
        let answer = client.request("POST", "/taxi/catches", headers, &trip(&format!("customer-{at}")).to_string());
        account.slowest = account.slowest.max(began.elapsed());
        match answer {
            Some(answer) if answer.status == 201 => account.made.push(answer.id()),
            Some(answer) => account.others.push(format!("{} {}", answer.status, answer.text)),
            None => account.others.push("no answer".into()),
        }
    }
    account
}

impl Account {
    pub fn expect_all_made(&self) {
        assert_eq!(
            self.others,
            [""; 0],
            "beside {} that were made, the slowest in {:?}",
            self.made.len(),
            self.slowest
        );
    }

    pub fn expect_others_to_be_unavailable(&self) {
        let is_polite = |answer: &&String| answer.starts_with("503") && answer.contains("/problems/unavailable");
        assert_eq!(self.others.iter().filter(|answer| !is_polite(answer)).collect::<Vec<_>>(), [""; 0]);
    }

    /// Every 201 is there once, paid and on its page, and there is nothing else.
    pub fn expect_each_once(&self, gateway: &ServerProcess<'_>, before: u64) {
        let mut ids = self.made.clone();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), self.made.len(), "an id was given twice");
        let all = before + ids.len() as u64;
        for list in ["catches", "payments", "myPages"] {
            gateway.wait_for_count(&format!("/taxi/{list}"), all);
        }
    }
}
