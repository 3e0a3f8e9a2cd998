//! A watch: how long after its answer a request is on the customer's page.
use crate::connection::Connection;
use crate::load::{NewestRow, Shared};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Between two looks for a row that is waited for.
const LOOK: Duration = Duration::from_millis(1);
/// Between two rows that are waited for.
const PAUSE: Duration = Duration::from_millis(20);
/// A page that comes later than this does not come.
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn watch(shared: Rc<Shared>) {
    let Ok(mut connection) = Connection::open(shared.load.address).await else { return };
    let mut mixes = (0..shared.load.mixes.len()).cycle();
    while !shared.over.get() {
        let newest = mixes.next().and_then(|nth| shared.newest.borrow()[nth]);
        let since = Instant::now();
        if let Some(newest) = newest
            && shows(&shared, &mut connection, newest, since + PATIENCE).await
        {
            shared.outcome.borrow_mut().lag.add(since.elapsed());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Until the last request of every user is on the page.
pub async fn drain(shared: &Shared, last: &[NewestRow]) -> Option<Duration> {
    let mut connection = Connection::open(shared.load.address).await.ok()?;
    let since = Instant::now();
    for newest in last {
        if !shows(shared, &mut connection, *newest, since + PATIENCE).await {
            return None;
        }
    }
    Some(since.elapsed())
}

async fn shows(
    shared: &Shared,
    connection: &mut Connection,
    NewestRow { nth, row, id }: NewestRow,
    until: Instant,
) -> bool {
    let mix = &shared.load.mixes[nth];
    let (path, name) = (format!("/{}/{}/{row}", mix.system, mix.view), format!("\"{}\":{id},", mix.named));
    let named = |body: &[u8]| body.windows(name.len()).any(|part| part == name.as_bytes());
    while Instant::now() < until {
        match connection.send("GET", &path, "").await {
            Ok(answer) if answer.status == 200 && named(answer.body) => return true,
            Ok(_) => tokio::time::sleep(LOOK).await,
            Err(_) => return false,
        }
    }
    false
}
