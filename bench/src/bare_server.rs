//! A ceiling: the same HTTP server answering a constant, so that only the edge's own work and the load generator are measured.
use crate::load::{Load, LoadOutcome};
use crate::load_run;
use crate::mix;
use axum::Router;
use axum::http::{StatusCode, header};
use std::io::Result;
use std::sync::Arc;
use std::time::Duration;

/// As long as a row of taxi.
const ROW: &str = r#"{"id":1,"price":25000,"startingPoint":"Gangnam Station","destination":"Incheon Airport","customer":"customer1","status":"approve","_links":{"self":{"href":"/catches/1"},"catch":{"href":"/catches/1"}}}"#;

pub fn measure(users: usize, time: Duration) -> Result<LoadOutcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let row = || async { (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/hal+json")], ROW) };
    runtime.spawn(async move { axum::serve(listener, Router::new().fallback(row)).await });
    let mixes = mix::mixes("taxi");
    let outcome = load_run::run(Load { users, time, watched: false, ..Load::of(address, mixes) }, &Arc::default());
    runtime.shutdown_background();
    outcome
}
