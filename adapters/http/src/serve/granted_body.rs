//! An answer under HTTP/2, given to the connection in small pieces as its client grants them: what is granted nobody has yet is held here, where its bounds
//! are, and not in the buffers of the connection.
use crate::serve::exchanges::Exchange;
use axum::body::{Body, HttpBody};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Most bytes of one answer that the connection holds before its client grants them.
pub(super) const PIECE_BYTES: usize = 8 * 1024;

/// The connection takes a piece when some of it is granted, and so all before it. The last byte is a piece of its own, so that the body is given up when
/// nothing of it waits for its client any more.
pub(super) struct GrantedBody {
    body: Body,
    /// Of the last piece of `body`.
    rest: Bytes,
    /// Ended after the body, whose permits then wait to be sent: the connection looks once more whether they are.
    exchange: Exchange,
}

impl GrantedBody {
    pub fn new(body: Body, exchange: Exchange) -> GrantedBody {
        GrantedBody { body, rest: Bytes::new(), exchange }
    }

    fn next_piece(&mut self) -> Bytes {
        let most = if self.body.is_end_stream() { self.rest.len() - 1 } else { self.rest.len() };
        self.rest.split_to(most.clamp(1, PIECE_BYTES))
    }
}

impl HttpBody for GrantedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.is_empty() {
            self.exchange.is_taken();
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else { return Poll::Pending };
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) if !data.is_empty() => self.rest = data,
                other => {
                    return Poll::Ready(other.map(|frame| frame.map(|data| data.map_or_else(|it| it, Frame::data))));
                }
            }
        }
        self.exchange.is_offered();
        let piece = self.next_piece();
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (body, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::exchanges::Exchanges;
    use http_body_util::BodyExt;

    async fn pieces(body: Body) -> Vec<usize> {
        let mut body = GrantedBody::new(body, Exchanges::default().begin());
        let mut lengths = vec![];
        while !body.is_end_stream() {
            let said = body.size_hint().exact();
            let Some(frame) = body.frame().await else { break };
            let length = frame.expect("a frame").into_data().expect("data").len();
            assert!(body.size_hint().exact() == said.map(|said| said - length as u64));
            lengths.push(length);
        }
        lengths
    }

    #[tokio::test]
    async fn an_answer_comes_in_pieces_and_its_last_byte_alone() {
        assert!(pieces(Body::empty()).await.is_empty());
        assert_eq!(pieces(Body::from("a")).await, [1]);
        assert_eq!(pieces(Body::from("rows")).await, [3, 1]);
        let large = vec![0; 2 * PIECE_BYTES + 1];
        assert_eq!(pieces(Body::from(large)).await, [PIECE_BYTES, PIECE_BYTES, 1]);
    }

    #[tokio::test]
    async fn a_live_answer_is_passed_on_as_it_comes() {
        let frames = ["one", "two"].map(Ok::<_, std::convert::Infallible>);
        assert_eq!(pieces(Body::from_stream(futures_util::stream::iter(frames))).await, [3, 3]);
    }
}
