//! Bodies that nobody read before the answer: what is left is thrown away, or the answer says that the connection ends. Otherwise the client's next
//! request on the same connection would fail (RFC 9112, section 9.3).
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, EXPECT};
use axum::http::{HeaderMap, HeaderValue, Version};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// More is not read for the sake of a connection.
const LEFT_BYTES_MAX: u64 = 1 << 20;
/// Whoever sends more slowly than this opens another connection.
const LEFT_TIME: Duration = Duration::from_millis(500);

/// Answers, then throws away what is left of the body. Under HTTP/2 a body is in nobody's way.
pub(super) async fn discard(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() || request.version() == Version::HTTP_2 {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let is_worth_reading = is_worth_reading(&parts.headers);
    let left = Left::default();
    let body = Body::new(Returning { body: Some(body), left: left.clone() });
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let rest = left.take();
    if let Some(rest) = rest
        && !(is_worth_reading && is_read_to_its_end(rest).await)
    {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Whoever asked first sends the body only when it is read; and nobody waits for a body that is too large.
fn is_worth_reading(headers: &HeaderMap) -> bool {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    !headers.contains_key(EXPECT) && announced.is_none_or(|length| length <= LEFT_BYTES_MAX)
}

async fn is_read_to_its_end(mut rest: Body) -> bool {
    let reading = async {
        let mut length = 0;
        while let Some(frame) = rest.frame().await {
            let Ok(frame) = frame else { return false };
            length += frame.data_ref().map_or(0, |data| data.len() as u64);
            if length > LEFT_BYTES_MAX {
                return false;
            }
        }
        true
    };
    tokio::time::timeout(LEFT_TIME, reading).await.unwrap_or(false)
}

/// The body that was given up before its end, if it was.
#[derive(Clone, Default)]
struct Left(Arc<Mutex<Option<Body>>>);

impl Left {
    fn put(&self, body: Body) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(body);
    }

    fn take(&self) -> Option<Body> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A body that comes back when its reader gives it up before its end.
struct Returning {
    body: Option<Body>,
    left: Left,
}

impl HttpBody for Returning {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let polled = Pin::new(body).poll_frame(cx);
        if matches!(polled, Poll::Ready(None)) {
            self.body = None; // read to its end
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(HttpBody::size_hint).unwrap_or_default()
    }
}

impl Drop for Returning {
    fn drop(&mut self) {
        if let Some(body) = self.body.take().filter(|body| !body.is_end_stream()) {
            self.left.put(body);
        }
    }
}
