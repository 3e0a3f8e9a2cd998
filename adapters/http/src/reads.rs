//! Reads of the stores: they block for a moment, so they run beside the async threads, a limited number at once.
use crate::cause;
use crate::problem::{Outcome, Problem};
use runtime::store::StoreError;
use tokio::sync::Semaphore;

pub(crate) struct Reads {
    turns: Semaphore,
    retry_after_ms: u64,
}

impl Reads {
    pub fn new(at_once: usize, retry_after_ms: u64) -> Reads {
        Reads { turns: Semaphore::new(at_once), retry_after_ms }
    }

    pub async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> Outcome<T> {
        let later = || Problem::later(&cause::UNAVAILABLE, self.retry_after_ms);
        let Ok(_turn) = self.turns.acquire().await else { return Err(later()) };
        match tokio::task::spawn_blocking(read).await {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(error)) => {
                tracing::error!(%error, "a store could not be read");
                Err(later())
            }
            Err(error) => {
                tracing::error!(%error, "a read did not finish");
                Err(later())
            }
        }
    }
}
