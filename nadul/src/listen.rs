//! `--listen ADDR[:PORT]`, a short way to two settings.
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen {
    address: IpAddr,
    port: Option<u16>,
}

pub fn parse(text: &str) -> Result<Listen, String> {
    let named = text.strip_prefix("localhost").map(|port| format!("{}{port}", Ipv4Addr::LOCALHOST));
    let text = named.as_deref().unwrap_or(text);
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse() {
        return Ok(Listen { address, port: None });
    }
    let both: Result<SocketAddr, _> = text.parse();
    both.map(|both| Listen { address: both.ip(), port: Some(both.port()) })
        .map_err(|_| "write an IP address, or an address and a port, such as 127.0.0.1:8088 or [::1]:8088".into())
}

impl Listen {
    /// As they would be written with `--set`.
    pub fn flags(&self) -> Vec<String> {
        let port = self.port.map(|port| format!("http.gateway_port={port}"));
        std::iter::once(format!("http.address={}", self.address)).chain(port).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_and_without_a_port() {
        let flags = |text| parse(text).map(|listen| listen.flags());
        assert_eq!(flags("127.0.0.1:9000"), Ok(vec!["http.address=127.0.0.1".into(), "http.gateway_port=9000".into()]));
        assert_eq!(flags("127.0.0.2"), Ok(vec!["http.address=127.0.0.2".into()]));
        assert_eq!(flags("[::1]:80"), Ok(vec!["http.address=::1".into(), "http.gateway_port=80".into()]));
        assert_eq!(flags("::1"), Ok(vec!["http.address=::1".into()]));
        assert_eq!(flags("localhost:81"), flags("127.0.0.1:81"));
        assert!(parse("8088").is_err() && parse("127.0.0.1:x").is_err());
    }
}
