//! Customers who come again and again through the gateways, and an account of every answer they got.
use crate::trip::trip;
use process::{HttpAnswer, HttpClient, ServerProcess, WAIT_LIMIT};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Addresses that customers know; one may be gone, and another one in its place.
pub struct Addresses(Mutex<Vec<HttpClient>>);

#[derive(Debug, Default)]
pub struct Account {
    /// Requests that were answered 201: who asked, and the id.
    pub made: Vec<(String, u64)>,
    /// Requests whose answer may have been lost, with whoever should have sent it, or that were told so.
    pub unknown: usize,
    /// Any other answer.
    pub others: Vec<String>,
    pub slowest: Duration,
    customers: usize,
}

impl Addresses {
    pub fn of(gateways: &[&ServerProcess<'_>]) -> Addresses {
        Addresses(Mutex::new(gateways.iter().map(|gateway| gateway.client()).collect()))
    }

    fn all(&self) -> MutexGuard<'_, Vec<HttpClient>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn replace(&self, nth: usize, gateway: &ServerProcess<'_>) {
        self.all()[nth] = gateway.client();
    }

    fn get(&self, nth: usize) -> HttpClient {
        let all = self.all();
        all[nth % all.len()].clone()
    }
}

/// So many customers hail taxis while `act` runs.
pub fn while_hailing<T>(gateways: &Addresses, customers: usize, act: impl FnOnce() -> T) -> (T, Account) {
    let is_over = &AtomicBool::new(false);
    std::thread::scope(|threads| {
        let each: Vec<_> = (0..customers).map(|at| threads.spawn(move || hail(gateways, at, is_over))).collect();
        let over = Over(is_over);
        let done = act();
        drop(over);
        let mut all = Account { customers, ..Account::default() };
        for customer in each {
            let one = customer.join().expect("a customer ends");
            all.made.extend(one.made);
            all.unknown += one.unknown;
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

fn name(at: usize) -> String {
    format!("customer-{at}")
}

/// Every other customer has a key, and asks again under it where nobody answers.
fn hail(gateways: &Addresses, at: usize, is_over: &AtomicBool) -> Account {
    let (mut account, mut visit, load) = (Account::default(), 0, fastrand::u64(..));
    let has_key = at.is_multiple_of(2);
    while !is_over.load(Ordering::Acquire) {
        visit += 1;
        let (key, began) = (format!("{load}-{}-visit-{visit}", name(at)), Instant::now());
        let headers = [("idempotency-key", key.as_str())];
        let headers = if has_key { &headers[..] } else { &[] };
        let body = trip(&name(at)).to_string();
        let ask = |nth| gateways.get(nth).request("POST", "/taxi/catches", headers, &body);
        let mut answer = ask(at + visit);
        for again in 1.. {
            if answer.is_some() || !has_key || began.elapsed() > WAIT_LIMIT {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
            answer = ask(at + visit + again);
        }
        account.slowest = account.slowest.max(began.elapsed());
        account.enter(&name(at), answer);
    }
    account
}

impl Account {
    fn enter(&mut self, customer: &str, answer: Option<HttpAnswer>) {
        match answer {
            Some(answer) if answer.status == 201 => self.made.push((customer.to_string(), answer.id())),
            Some(answer) if answer.status == 503 && answer.problem() == "outcome-unknown" => self.unknown += 1,
            Some(answer) => self.others.push(format!("{} {}", answer.status, answer.text)),
            None => self.unknown += 1,
        }
    }

    pub fn expect_all_made(&self) {
        assert_eq!(
            self.others,
            [""; 0],
            "beside {} that were made, the slowest in {:?}",
            self.made.len(),
            self.slowest
        );
        self.expect_known();
    }

    /// Nobody who answers was killed, so that each has heard what became of it.
    pub fn expect_known(&self) {
        assert_eq!(self.unknown, 0, "beside {} that were made, the slowest in {:?}", self.made.len(), self.slowest);
    }

    pub fn expect_others_to_be_unavailable(&self) {
        let is_polite = |answer: &&String| answer.starts_with("503") && answer.contains("/problems/unavailable");
        assert_eq!(self.others.iter().filter(|answer| !is_polite(answer)).collect::<Vec<_>>(), [""; 0]);
    }

    /// Every 201 is there once, paid, told and on its page; and there is nothing else, but what may have been answered.
    pub fn expect_each_once(&self, gateway: &ServerProcess<'_>, before: usize) {
        gateway.wait_until_idle();
        let rows: Vec<u64> = gateway.rows("taxi/catches").iter().filter_map(|row| row["id"].as_u64()).collect();
        let mut made: Vec<u64> = self.made.iter().map(|(_, id)| *id).collect();
        made.sort_unstable();
        assert!(made.is_sorted_by(|one, next| one < next), "an id was given twice");
        let lost: Vec<&u64> = made.iter().filter(|id| rows.binary_search(id).is_err()).collect();
        assert!(lost.is_empty(), "answered 201, and not there: {lost:?}");
        let least = before + made.len();
        assert!(
            (least..=least + self.unknown).contains(&rows.len()),
            "{} rows, {least} and {}",
            rows.len(),
            self.unknown
        );
        for list in ["payments", "myPages"] {
            gateway.wait_for_count(&format!("/taxi/{list}"), rows.len() as u64);
        }
        for customer in (0..self.customers).map(name) {
            let of = |list: &str| {
                gateway.get(&format!("/taxi/{list}?customer={customer}")).json()["page"]["totalElements"].clone()
            };
            assert_eq!(of("messages"), of("catches"), "{customer} is told once of each");
        }
    }
}
