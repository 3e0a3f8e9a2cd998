//! A body that ends at a time, whatever its source still has.
use axum::body::{Body, HttpBody};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

pub(super) struct EndingBody {
    body: Body,
    end: Pin<Box<Sleep>>,
}

impl EndingBody {
    pub fn new(body: Body, left: Duration) -> EndingBody {
        EndingBody { body, end: Box::pin(sleep(left)) }
    }
}

impl HttpBody for EndingBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.end.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => Pin::new(&mut self.body).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream::pending;
    use std::convert::Infallible;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn a_body_without_an_end_ends_at_its_time() {
        let endless = Body::from_stream(pending::<Result<Bytes, Infallible>>());
        let (body, began) = (Body::new(EndingBody::new(endless, Duration::from_secs(90))), Instant::now());
        let read = axum::body::to_bytes(body, 9).await.expect("it ends in order");
        assert_eq!((read.len(), began.elapsed().as_secs()), (0, 90));
    }
}
