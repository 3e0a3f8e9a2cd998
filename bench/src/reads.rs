//! A reader: rows and pages of the customer's view, wherever they lie, while others write.
use crate::connection::Connection;
use crate::load::Shared;
use crate::mix::Mix;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Rows of a page.
const ROWS: u64 = 20;
/// A customer looks, then thinks.
const PAUSE: Duration = Duration::from_millis(5);

pub async fn reader(shared: Rc<Shared>, nth: usize) {
    let Ok(mut connection) = Connection::open(shared.load.address).await else { return };
    let mut random = fastrand::Rng::with_seed(nth as u64);
    while !shared.over.get() {
        let (nth, mix) = shared.load.mix(random.u64(..));
        let newest = shared.newest.borrow()[nth];
        if let Some(newest) = newest {
            let row = format!("/{}", random.u64(1..=newest.row));
            let page = format!("?size={ROWS}&page={}", random.u64(0..=newest.row / ROWS));
            look(&shared, &mut connection, mix, &row, false).await;
            look(&shared, &mut connection, mix, &page, true).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn look(shared: &Shared, connection: &mut Connection, mix: &Mix, what: &str, page: bool) {
    let (path, began) = (format!("/{}/{}{what}", mix.system, mix.view), Instant::now());
    let answer = connection.send("GET", &path, "").await;
    let mut outcome = shared.outcome.borrow_mut();
    match answer {
        Ok(answer) if answer.status == 200 && page => outcome.pages.add(began.elapsed()),
        Ok(answer) if answer.status == 200 => outcome.rows.add(began.elapsed()),
        // The page follows the answer to a request; who looks in between is told that there is no row yet.
        Ok(answer) if answer.status == 404 && !page => outcome.not_there += 1,
        Ok(_) | Err(_) => outcome.unread += 1,
    }
}
