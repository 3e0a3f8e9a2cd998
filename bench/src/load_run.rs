//! Runs a load: users, readers and a watch on one thread, until a time or a count.
use crate::bearers::Bearers;
use crate::load::{Load, LoadOutcome, LoadState};
use crate::{newcomer, reads, users, watch};
use std::cell::{Cell, RefCell};
use std::io::Result;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use tokio::task::LocalSet;

pub fn run(load: Load, bearers: &Arc<Bearers>) -> Result<LoadOutcome> {
    run_until((load, bearers), Arc::default())
}

/// The same, or until it is said to be over.
pub fn run_until((load, bearers): (Load, &Arc<Bearers>), over: Arc<AtomicBool>) -> Result<LoadOutcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stock = LocalSet::new().block_on(&runtime, users::stock(&load, bearers))?;
    let began = Instant::now();
    let state = Rc::new(LoadState {
        load,
        began,
        bearers: bearers.clone(),
        over,
        until: began + load.time,
        sent: Cell::new(0),
        stock,
        newest: RefCell::new(vec![None; load.mixes.len()]),
        finished: Cell::new(false),
        outcome: RefCell::default(),
    });
    LocalSet::new().block_on(&runtime, run_tasks(state.clone(), began));
    let mut outcome = state.outcome.take();
    outcome.sent = state.sent.get();
    Ok(outcome)
}

async fn run_tasks(state: Rc<LoadState>, began: Instant) {
    let Load { users, readers, newcomers, watched, .. } = state.load;
    let users: Vec<_> = (0..users).map(|nth| tokio::task::spawn_local(users::user(state.clone(), nth))).collect();
    let mut others: Vec<_> =
        (0..readers).map(|nth| tokio::task::spawn_local(reads::reader(state.clone(), nth))).collect();
    if newcomers {
        others.push(tokio::task::spawn_local(newcomer::newcomers(state.clone())));
    }
    if watched {
        others.push(tokio::task::spawn_local(watch::watch(state.clone())));
    }
    let mut last = vec![];
    for user in users {
        last.extend(user.await.ok().flatten());
    }
    state.outcome.borrow_mut().took = began.elapsed();
    state.finished.set(true);
    for other in others {
        let _a_task_that_broke_shows_in_its_figures = other.await;
    }
    if watched {
        let drained = watch::drain(&state, &last).await;
        state.outcome.borrow_mut().drained = drained;
    }
}
