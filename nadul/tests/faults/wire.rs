//! A connection on which anything can be sent, at any pace, and answers are read as they come.
use process::{HttpAnswer, WAIT_LIMIT};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use ureq::http::{HeaderMap, HeaderName, HeaderValue};

pub struct Wire(BufReader<TcpStream>);

impl Wire {
    pub fn open(url: &str) -> Wire {
        let stream = TcpStream::connect(url.trim_start_matches("http://")).expect("the gateway listens");
        stream.set_read_timeout(Some(WAIT_LIMIT)).expect("a socket");
        stream.set_write_timeout(Some(WAIT_LIMIT)).expect("a socket");
        Wire(BufReader::new(stream))
    }

    /// Whether it could be sent: the other side may have hung up.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.get_mut().write_all(bytes.as_ref()).is_ok()
    }

    /// The next answer; `None`: it hung up without one.
    #[track_caller]
    pub fn answer(&mut self) -> Option<HttpAnswer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no status in {first:?}"));
        let mut headers = HeaderMap::new();
        while let Some((name, value)) = self.line()?.split_once(": ") {
            let name = HeaderName::try_from(name).expect("a header's name");
            headers.insert(name, HeaderValue::from_str(value).expect("a header's value"));
        }
        let length = headers.get("content-length").and_then(|length| length.to_str().ok()?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        self.0.read_exact(&mut body).ok()?;
        Some(HttpAnswer { status, headers, text: String::from_utf8(body).expect("answers are UTF-8") })
    }

    #[track_caller]
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(line.trim_end().to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => None,
            Err(error) => panic!("it hangs: {error}"),
        }
    }
}

/// A POST as a client sends it.
pub fn post(path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}
