//! A user: one connection, one request after the other.
use crate::connection::{Connection, id};
use crate::load::Shared;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Pause before a connection is tried again.
const PAUSE: Duration = Duration::from_millis(50);

/// The id of its last request.
pub async fn user(shared: Rc<Shared>) -> Option<u64> {
    let (mut connection, mut last) = (None, None);
    while let Some(n) = shared.next() {
        match request(&shared, &mut connection, n).await {
            Ok(id) => last = id.or(last),
            Err(_) => {
                shared.outcome.borrow_mut().lost += 1;
                connection = None;
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    last
}

async fn request(shared: &Shared, connection: &mut Option<Connection>, n: u64) -> std::io::Result<Option<u64>> {
    let connection = match connection {
        Some(open) => open,
        None => connection.insert(Connection::open(shared.load.address).await?),
    };
    let (request, system) = (shared.load.mix.nth(n), shared.load.mix.system);
    let (path, body) = (format!("/{system}{}", request.path), (request.body)(n));
    let began = Instant::now();
    let answer = connection.send(request.method, &path, &body).await?;
    let (took, mut outcome) = (began.elapsed(), shared.outcome.borrow_mut());
    *outcome.statuses.entry(answer.status).or_default() += 1;
    if answer.status >= 300 {
        return Ok(None);
    }
    outcome.times.add(took);
    let id = id(answer.body);
    id.iter().for_each(|id| shared.newest.set(*id));
    Ok(id)
}
