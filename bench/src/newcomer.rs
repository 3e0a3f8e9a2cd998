//! A newcomer: a client that connects anew for each request, beside the users who stay connected.
use crate::connection::Connection;
use crate::load::LoadState;
use std::io::Result;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// The pause between two newcomers: few enough that they are no load.
const PAUSE: Duration = Duration::from_millis(50);

pub async fn newcomers(state: Rc<LoadState>) {
    while let Some((n, _)) = state.next() {
        let began = Instant::now();
        match post(&state, n).await {
            Ok(true) => state.outcome.borrow_mut().newcomers.add(began.elapsed()),
            Ok(false) | Err(_) => state.outcome.borrow_mut().newcomers_lost += 1,
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Sends what a user sends, and says whether it was done.
async fn post(state: &LoadState, n: u64) -> Result<bool> {
    let (nth, mix) = state.load.mix(n);
    let of = state.stock.get(nth).and_then(|stock| stock.first()).copied().unwrap_or(0);
    let bearer = state.bearers.user(n as usize);
    let mut connection = Connection::open_by(state.load.address, bearer).await?;
    let request = mix.own.as_ref().unwrap_or(&mix.request);
    let (path, body) = (format!("/{}{}", mix.system, request.path), request.body_by(bearer, n, of));
    Ok(connection.send("POST", &path, &body).await?.status < 300)
}
