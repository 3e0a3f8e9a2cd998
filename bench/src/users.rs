//! A user: one connection, one request after the other.
use crate::connection::{Connection, id};
use crate::load::{Load, NewestRow, Shared};
use crate::mix::{Mix, RequestTemplate};
use std::io::Result;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Things of a stock.
const STOCK: u64 = 100;
/// Pause before a connection is tried again.
const PAUSE: Duration = Duration::from_millis(50);

/// Its last request.
pub async fn user(shared: Rc<Shared>) -> Option<NewestRow> {
    let (mut connection, mut last) = (None, None);
    while let Some(n) = shared.next() {
        match request(&shared, &mut connection, n).await {
            Ok(newest) => last = newest.or(last),
            Err(_) => {
                shared.outcome.borrow_mut().lost += 1;
                connection = None;
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    last
}

async fn request(shared: &Shared, connection: &mut Option<Connection>, n: u64) -> Result<Option<NewestRow>> {
    let connection = match connection {
        Some(open) => open,
        None => connection.insert(Connection::open(shared.load.address).await?),
    };
    let (nth, mix) = shared.load.mix(n);
    let of = match (&mix.own, shared.stock.get(nth)) {
        (Some(own), _) => post(shared, connection, mix, own, (n, 0)).await?,
        (None, Some(stock)) if !stock.is_empty() => Some(stock[n as usize % stock.len()]),
        (None, _) => Some(0),
    };
    let Some(of) = of else { return Ok(None) };
    let began = Instant::now();
    let Some(id) = post(shared, connection, mix, &mix.request, (n, of)).await? else { return Ok(None) };
    shared.outcome.borrow_mut().times.add(began.elapsed());
    let newest = NewestRow { nth, row: if mix.own.is_some() { of } else { id }, id };
    shared.newest.borrow_mut()[nth] = Some(newest);
    Ok(Some(newest))
}

/// The id of what came of it; none where it was refused.
async fn post(
    shared: &Shared,
    connection: &mut Connection,
    mix: &Mix,
    step: &RequestTemplate,
    (n, of): (u64, u64),
) -> Result<Option<u64>> {
    let (path, body) = (format!("/{}{}", mix.system, step.path), (step.body)(n, of));
    let answer = connection.send("POST", &path, &body).await?;
    *shared.outcome.borrow_mut().statuses.entry(answer.status).or_default() += 1;
    Ok(id(answer.body).filter(|_| answer.status < 300))
}

/// What requests choose from, of each system that has a choice.
pub async fn stock(load: &Load) -> Result<Vec<Vec<u64>>> {
    let mut made = vec![vec![]; load.mixes.len()];
    let mut connection = Connection::open(load.address).await?;
    for (made, mix) in made.iter_mut().zip(load.mixes) {
        let Some(stock) = &mix.stock else { continue };
        for n in 0..STOCK {
            let (path, body) = (format!("/{}{}", mix.system, stock.path), (stock.body)(n, 0));
            made.extend(id(connection.send("POST", &path, &body).await?.body));
        }
    }
    Ok(made)
}
