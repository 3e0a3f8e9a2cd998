//! A reader: rows and pages of the customer's view, wherever they lie, while others write.
use crate::connection::Connection;
use crate::load::Shared;
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
        let newest = shared.newest.get();
        if newest > 0 {
            let row = format!("/{}", random.u64(1..=newest));
            let page = format!("?size={ROWS}&page={}", random.u64(0..=newest / ROWS));
            look(&shared, &mut connection, &row, false).await;
            look(&shared, &mut connection, &page, true).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn look(shared: &Shared, connection: &mut Connection, what: &str, page: bool) {
    let mix = shared.load.mix;
    let (path, began) = (format!("/{}/{}{what}", mix.system, mix.view), Instant::now());
    let answer = connection.send("GET", &path, "").await;
    let mut outcome = shared.outcome.borrow_mut();
    match answer {
        Ok(answer) if answer.status == 200 && page => outcome.pages.add(began.elapsed()),
        Ok(answer) if answer.status == 200 => outcome.rows.add(began.elapsed()),
        Ok(_) | Err(_) => outcome.unread += 1,
    }
}
