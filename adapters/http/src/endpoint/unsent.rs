//! What an answer holds until the client's end has taken all of it.
use crate::endpoint::held_body;
use axum::response::Response;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedSemaphorePermit;

/// Marks a response that has a bound of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HoldsNothing;

/// Permits of answers that the server has written and the connection has not sent yet. One a connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unsent(Arc<Mutex<Vec<OwnedSemaphorePermit>>>);

impl Unsent {
    /// Everything that was written is sent.
    pub fn sent(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn keep(&self, permits: Vec<OwnedSemaphorePermit>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(permits);
    }

    /// The response holds the permits until its last byte is sent, or its connection is closed.
    pub fn hold(&self, response: Response, permits: impl IntoIterator<Item = OwnedSemaphorePermit>) -> Response {
        let held: Vec<_> = permits.into_iter().collect();
        if held.is_empty() || response.extensions().get::<HoldsNothing>().is_some() {
            return response;
        }
        held_body::holding(response, Permits { held, unsent: self.clone() })
    }
}

/// What a body leaves behind that is written.
struct Permits {
    held: Vec<OwnedSemaphorePermit>,
    unsent: Unsent,
}

impl Drop for Permits {
    fn drop(&mut self) {
        self.unsent.keep(std::mem::take(&mut self.held));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, HttpBody};
    use tokio::sync::Semaphore;

    #[tokio::test]
    async fn an_answer_holds_its_permit_until_it_is_sent() {
        let bound = Arc::new(Semaphore::new(1));
        let unsent = Unsent::default();
        let permit = bound.clone().try_acquire_owned().ok();
        let response = unsent.hold(Response::new(Body::from("rows")), permit);
        assert_eq!(response.body().size_hint().exact(), Some(4));
        let read = axum::body::to_bytes(response.into_body(), 9).await.expect("the whole body");
        assert_eq!((read.as_ref(), bound.available_permits()), (b"rows".as_slice(), 0));
        unsent.sent();
        assert_eq!(bound.available_permits(), 1);
    }

    #[test]
    fn a_connection_that_is_closed_gives_back_what_its_answers_hold() {
        let bound = Arc::new(Semaphore::new(1));
        let unsent = Unsent::default();
        drop(unsent.hold(Response::new(Body::from("rows")), bound.clone().try_acquire_owned().ok()));
        assert_eq!(bound.available_permits(), 0);
        drop(unsent);
        assert_eq!(bound.available_permits(), 1);
    }
}
