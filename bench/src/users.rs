//! A user: one connection, and one request after the other.
use crate::bearers::{Bearers, SignedUser};
use crate::connection::{Connection, id};
use crate::load::{Load, LoadState, NewestRow};
use crate::mix::{Mix, RequestTemplate};
use std::io::Result;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How many things a stock has.
const STOCK: u64 = 100;
/// Pause before a connection is tried again.
const PAUSE: Duration = Duration::from_millis(50);

/// Sends requests until the load is over. Returns its last request.
pub async fn user(state: Rc<LoadState>, nth: usize) -> Option<NewestRow> {
    let (mut connection, mut last) = (None, None);
    let bearer = state.bearers.user(nth);
    while let Some((n, begins)) = state.next() {
        tokio::time::sleep_until(begins.into()).await;
        match request(&state, (&mut connection, bearer), (n, begins)).await {
            Ok(newest) => last = newest.or(last),
            Err(_) => {
                state.outcome.borrow_mut().lost += 1;
                connection = None;
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    last
}

async fn request(
    state: &LoadState,
    (connection, bearer): (&mut Option<Connection>, Option<&SignedUser>),
    (n, begins): (u64, Instant),
) -> Result<Option<NewestRow>> {
    let connection = match connection {
        Some(open) => open,
        None => connection.insert(Connection::open_by(state.load.address, bearer).await?),
    };
    let (nth, mix) = state.load.mix(n);
    let of = match (&mix.own, state.stock.get(nth)) {
        (Some(own), _) => post(state, (connection, bearer), mix, own, (n, 0)).await?,
        (None, Some(stock)) if !stock.is_empty() => Some(stock[n as usize % stock.len()]),
        (None, _) => Some(0),
    };
    let Some(of) = of else { return Ok(None) };
    // one that had to wait for its turn was asked for when its turn was
    let began = if state.load.rate.is_some() { begins } else { Instant::now() };
    let Some(id) = post(state, (connection, bearer), mix, &mix.request, (n, of)).await? else { return Ok(None) };
    state.answered(began);
    let newest = NewestRow { nth, row: if mix.own.is_some() { of } else { id }, id };
    state.newest.borrow_mut()[nth] = Some(newest);
    Ok(Some(newest))
}

/// The id of the created thing; `None` where the request was refused.
async fn post(
    state: &LoadState,
    (connection, bearer): (&mut Connection, Option<&SignedUser>),
    mix: &Mix,
    step: &RequestTemplate,
    (n, of): (u64, u64),
) -> Result<Option<u64>> {
    let (path, body) = (format!("/{}{}", mix.system, step.path), step.body_by(bearer, n, of));
    let answer = connection.send("POST", &path, &body).await?;
    *state.outcome.borrow_mut().statuses.entry(answer.status).or_default() += 1;
    Ok(id(answer.body).filter(|_| answer.status < 300))
}

/// Creates what requests choose from, for each mix that has a stock.
pub async fn stock(load: &Load, bearers: &Bearers) -> Result<Vec<Vec<u64>>> {
    let mut made = vec![vec![]; load.mixes.len()];
    let mut connection = Connection::open_by(load.address, bearers.user(0)).await?;
    for (made, mix) in made.iter_mut().zip(load.mixes) {
        let Some(stock) = &mix.stock else { continue };
        for n in 0..STOCK {
            let (path, body) = (format!("/{}{}", mix.system, stock.path), (stock.body)(n, 0));
            made.extend(id(connection.send("POST", &path, &body).await?.body));
        }
    }
    Ok(made)
}
