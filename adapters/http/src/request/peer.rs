//! The client's end of a connection.
use axum::http::HeaderMap;
use std::net::SocketAddr;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub SocketAddr);

/// Marks a request whose connection is one more than there may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OverLimit;

impl Peer {
    /// Whether the client runs on this machine.
    pub fn is_local(self) -> bool {
        self.0.ip().to_canonical().is_loopback()
    }
}

/// Headers by which proxies, gateways and tunnels tell of the client they speak for.
const PASSED_ON: [&str; 12] = [
    "cf-connecting-ip",
    "fastly-client-ip",
    "fly-client-ip",
    "forwarded",
    "true-client-ip",
    "via",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "x-original-host",
    "x-real-ip",
    "x-remote-ip",
];

/// Whether somebody passed the request on, so that the peer is not the client.
pub(crate) fn is_passed_on(headers: &HeaderMap) -> bool {
    headers.keys().map(|name| name.as_str()).any(|name| {
        PASSED_ON.contains(&name) || name.starts_with("x-forwarded") || name.starts_with("x-original-forwarded")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_was_passed_on_says_so() {
        for name in ["forwarded", "via", "x-real-ip", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"] {
            let headers =
                HeaderMap::from_iter([(name.parse().expect("a name"), "127.0.0.1".parse().expect("a value"))]);
            assert!(is_passed_on(&headers), "{name}");
        }
        assert!(!is_passed_on(&HeaderMap::from_iter([(
            axum::http::header::HOST,
            "localhost".parse().expect("a value")
        )])));
    }

    #[test]
    fn this_machine_is_every_loopback_address() {
        for (address, is_local) in [
            ("127.0.0.1:1", true),
            ("127.9.9.9:1", true),
            ("[::1]:1", true),
            ("[::ffff:127.0.0.1]:1", true),
            ("10.0.0.7:1", false),
        ] {
            assert_eq!(Peer(address.parse().expect("an address")).is_local(), is_local, "{address}");
        }
    }
}
