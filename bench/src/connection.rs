//! A keep-alive HTTP/1.1 connection that does no more than a load generator needs.
use crate::bearers::SignedUser;
use std::io::{Error, ErrorKind, Result, Write};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub struct Connection {
    address: SocketAddr,
    /// The header line of whoever asks; empty where nobody signs in.
    authorization: String,
    stream: TcpStream,
    sent: Vec<u8>,
    read: Vec<u8>,
}

pub struct RawAnswer<'a> {
    pub status: u16,
    pub body: &'a [u8],
}

/// Where the head of a response ends, and how long its body is.
struct ResponseHead {
    status: u16,
    ends: usize,
    body: usize,
}

/// The buffer of a response in bytes; a page of rows grows it once.
const BUFFER_BYTES: usize = 8 * 1024;

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (authorization, read) = (String::new(), Vec::with_capacity(BUFFER_BYTES));
        Ok(Connection { address, authorization, stream, sent: vec![], read })
    }

    /// Of somebody, or of nobody.
    pub async fn open_by(address: SocketAddr, bearer: Option<&SignedUser>) -> Result<Connection> {
        let authorization = bearer.map(|bearer| format!("authorization: Bearer {}\r\n", bearer.token));
        Ok(Connection { authorization: authorization.unwrap_or_default(), ..Connection::open(address).await? })
    }

    pub async fn send(&mut self, method: &str, path: &str, body: &str) -> Result<RawAnswer<'_>> {
        let Connection { address, authorization, sent, .. } = self;
        sent.clear();
        write!(sent, "{method} {path} HTTP/1.1\r\nhost: {address}\r\n{authorization}")?;
        if !body.is_empty() {
            write!(sent, "content-type: application/json\r\ncontent-length: {}\r\n", body.len())?;
        }
        write!(sent, "\r\n{body}")?;
        self.stream.write_all(sent).await?;
        self.receive().await
    }

    async fn receive(&mut self) -> Result<RawAnswer<'_>> {
        self.read.clear();
        let head = loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if let Some(head) = parse_head(&self.read)? {
                break head;
            }
        };
        while self.read.len() < head.ends + head.body {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(RawAnswer { status: head.status, body: &self.read[head.ends..head.ends + head.body] })
    }
}

/// `None` while the head is not complete.
fn parse_head(read: &[u8]) -> Result<Option<ResponseHead>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut answer = httparse::Response::new(&mut headers);
    let invalid = |what: &str| Error::new(ErrorKind::InvalidData, what.to_string());
    let httparse::Status::Complete(ends) = answer.parse(read).map_err(|error| invalid(&error.to_string()))? else {
        return Ok(None);
    };
    let status = answer.code.unwrap_or_default();
    let length = answer.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|header| std::str::from_utf8(header.value).ok()?.trim().parse().ok());
    match length {
        Some(body) => Ok(Some(ResponseHead { status, ends, body })),
        None if matches!(status, 204 | 304) => Ok(Some(ResponseHead { status, ends, body: 0 })),
        None => Err(invalid("an answer without a length")),
    }
}

/// The id of the row in a response; the row's JSON begins with it.
pub fn id(body: &[u8]) -> Option<u64> {
    let digits = body.strip_prefix(b"{\"id\":")?;
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_when_its_head_and_its_length_say_so() {
        let text = b"HTTP/1.1 201 Created\r\nContent-Length: 8\r\n\r\n{\"id\":7}";
        assert!(parse_head(&text[..20]).expect("a beginning").is_none());
        let head = parse_head(text).expect("an answer").expect("all of its head");
        assert_eq!((head.status, head.body), (201, 8));
        assert_eq!(id(&text[head.ends..]), Some(7));
    }

    #[test]
    fn a_body_without_a_row_has_no_id() {
        assert_eq!(id(b"{\"type\":\"/problems/down\"}"), None);
    }
}
