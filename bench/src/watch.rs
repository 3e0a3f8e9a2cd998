//! How long after its response a request is on the customer's page.
use crate::connection::Connection;
use crate::load::{LoadState, NewestRow};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// The pause between two looks for one row.
const LOOK_PAUSE: Duration = Duration::from_millis(1);
/// The pause between two rows.
const ROW_PAUSE: Duration = Duration::from_millis(20);
/// A row that is not on the page after this time counts as lost.
const WAIT_MAX: Duration = Duration::from_secs(60);

pub async fn watch(state: Rc<LoadState>) {
    let Ok(mut connection) = Connection::open_by(state.load.address, state.bearers.operator()).await else { return };
    let mut mixes = (0..state.load.mixes.len()).cycle();
    while !state.finished.get() {
        let newest = mixes.next().and_then(|nth| state.newest.borrow()[nth]);
        let since = Instant::now();
        if let Some(newest) = newest
            && is_shown(&state, &mut connection, newest, since + WAIT_MAX).await
        {
            state.outcome.borrow_mut().lag.add(since.elapsed());
        }
        tokio::time::sleep(ROW_PAUSE).await;
    }
}

/// Waits until the last request of every user is on the page.
pub async fn drain(state: &LoadState, last: &[NewestRow]) -> Option<Duration> {
    let mut connection = Connection::open_by(state.load.address, state.bearers.operator()).await.ok()?;
    let since = Instant::now();
    for newest in last {
        if !is_shown(state, &mut connection, *newest, since + WAIT_MAX).await {
            return None;
        }
    }
    Some(since.elapsed())
}

async fn is_shown(
    state: &LoadState,
    connection: &mut Connection,
    NewestRow { nth, row, id }: NewestRow,
    until: Instant,
) -> bool {
    let mix = &state.load.mixes[nth];
    let (path, name) = (format!("/{}/{}/{row}", mix.system, mix.view), format!("\"{}\":{id},", mix.named));
    let named = |body: &[u8]| body.windows(name.len()).any(|part| part == name.as_bytes());
    while Instant::now() < until {
        match connection.send("GET", &path, "").await {
            Ok(answer) if answer.status == 200 && named(answer.body) => return true,
            Ok(_) => tokio::time::sleep(LOOK_PAUSE).await,
            Err(_) => return false,
        }
    }
    false
}
