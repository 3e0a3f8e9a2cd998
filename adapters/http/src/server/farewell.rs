//! How live streams end when the edge stops: each client is told when to come back, and not all of them at once.
use crate::server::Server;
use bytes::Bytes;
use std::time::Duration;
use tokio::time::sleep;

/// What each open stream adds to the time over which all of them end.
const OF_EACH: Duration = Duration::from_millis(2);
const TIME_MAX: Duration = Duration::from_secs(3);
/// When clients come back, in milliseconds.
const COME_BACK_MS: std::ops::RangeInclusive<u64> = 500..=1500;

/// The last words of one stream.
#[derive(Debug, Default)]
pub(crate) struct Farewell {
    /// Over which all streams end.
    time: Duration,
    said: bool,
}

impl Server {
    /// For one of the streams that are open now.
    pub fn farewell(&self) -> Farewell {
        let drain = Duration::from_millis(self.settings.drain_ms);
        Farewell { time: spread(self.bounds.open_streams(), drain), said: false }
    }
}

/// Few streams end at once, many within half of the time that connections are given at most.
fn spread(streams: usize, drain: Duration) -> Duration {
    let streams = u32::try_from(streams).unwrap_or(u32::MAX);
    OF_EACH.saturating_mul(streams.saturating_sub(1)).min(TIME_MAX).min(drain / 2)
}

impl Farewell {
    /// First when to come back; then, after a while, the end.
    pub async fn next(&mut self) -> Option<Bytes> {
        if !std::mem::replace(&mut self.said, true) {
            return Some(format!("retry: {}\n\n", fastrand::u64(COME_BACK_MS)).into());
        }
        sleep(self.time.mul_f64(fastrand::f64())).await;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_streams_end_at_once_and_many_over_a_while() {
        let drain = Duration::from_secs(5);
        assert_eq!([0, 1].map(|streams| spread(streams, drain)), [Duration::ZERO; 2]);
        assert_eq!(spread(501, drain), Duration::from_secs(1));
        assert_eq!(spread(100_000, drain), Duration::from_millis(2500));
        assert_eq!(spread(100_000, Duration::from_secs(60)), TIME_MAX);
    }

    #[tokio::test]
    async fn a_stream_says_when_to_come_back_and_ends() {
        let mut farewell = Farewell::default();
        let said = farewell.next().await.expect("a frame");
        let text = std::str::from_utf8(&said).expect("a text");
        let ms: u64 = text.strip_prefix("retry: ").and_then(|rest| rest.trim().parse().ok()).expect("a number");
        assert!(COME_BACK_MS.contains(&ms) && text.ends_with("\n\n"), "{text}");
        assert_eq!(farewell.next().await, None);
    }
}
