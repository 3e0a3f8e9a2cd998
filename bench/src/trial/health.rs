//! What an orchestrator does: it asks for health on a new connection each time.
use crate::connection::Connection;
use crate::times::Times;
use std::io::Result;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

/// The pause between two requests.
const PAUSE: Duration = Duration::from_millis(20);
/// After this time an orchestrator takes the process for dead.
const ANSWER_MAX: Duration = Duration::from_secs(1);

#[derive(Default)]
pub struct HealthSeen {
    pub times: Times,
    pub unanswered: u64,
}

pub async fn watch(address: SocketAddr, time: Duration) -> HealthSeen {
    let (began, mut seen) = (Instant::now(), HealthSeen::default());
    while began.elapsed() < time {
        let asked = Instant::now();
        match timeout(ANSWER_MAX, ask(address)).await {
            Ok(Ok(200)) => seen.times.add(asked.elapsed()),
            _ => seen.unanswered += 1,
        }
        sleep(PAUSE).await;
    }
    seen
}

async fn ask(address: SocketAddr) -> Result<u16> {
    Ok(Connection::open(address).await?.send("GET", "/health/live", "").await?.status)
}
