//! A reader: it reads rows and pages of the customer's view, chosen at random, while others write.
use crate::connection::Connection;
use crate::load::LoadState;
use crate::mix::Mix;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Rows of a page.
const ROWS: u64 = 20;
/// The pause of a customer between two reads.
const PAUSE: Duration = Duration::from_millis(5);

pub async fn reader(state: Rc<LoadState>, nth: usize) {
    let Ok(mut connection) = Connection::open_by(state.load.address, state.bearers.operator()).await else { return };
    let mut random = fastrand::Rng::with_seed(nth as u64);
    while !state.finished.get() {
        let (nth, mix) = state.load.mix(random.u64(..));
        let newest = state.newest.borrow()[nth];
        if let Some(newest) = newest {
            let row = format!("/{}", random.u64(1..=newest.row));
            let page = format!("?size={ROWS}&page={}", random.u64(0..=newest.row / ROWS));
            read(&state, &mut connection, mix, &row, false).await;
            read(&state, &mut connection, mix, &page, true).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn read(state: &LoadState, connection: &mut Connection, mix: &Mix, what: &str, page: bool) {
    let (path, began) = (format!("/{}/{}{what}", mix.system, mix.view), Instant::now());
    let answer = connection.send("GET", &path, "").await;
    let mut outcome = state.outcome.borrow_mut();
    match answer {
        Ok(answer) if answer.status == 200 && page => outcome.pages.add(began.elapsed()),
        Ok(answer) if answer.status == 200 => outcome.rows.add(began.elapsed()),
        // A row comes to the page a moment after the response to its request; a reader in between gets 404.
        Ok(answer) if answer.status == 404 && !page => outcome.not_there += 1,
        Ok(_) | Err(_) => outcome.unread += 1,
    }
}
