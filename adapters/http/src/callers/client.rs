//! The client of a request, as its connection tells, or a proxy that is trusted.
use crate::settings::trusted_proxies::TrustedProxies;
use axum::http::{HeaderMap, HeaderName};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// How much of an IPv6 address one client has: any address behind it may be the same client.
const IPV6_PREFIX: u32 = 64;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    address: IpAddr,
    /// The host name that it asked for, where a proxy asked under another one.
    pub host: Option<String>,
    /// The scheme that it asked with, where a proxy asked with another one.
    pub scheme: Option<String>,
}

impl Client {
    /// `peer` is the other end of the connection.
    pub fn of(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> Client {
        let peer = peer.to_canonical();
        if !trusted.includes(peer) {
            return Client { address: peer, host: None, scheme: None };
        }
        let last = |name| entries(headers, &name).next().flatten().map(str::to_string);
        let address = first_stranger(peer, entries(headers, &FORWARDED_FOR), trusted);
        Client { address, host: last(FORWARDED_HOST), scheme: last(FORWARDED_PROTO) }
    }

    /// What it shares with nobody who is not the same client.
    pub fn network(&self) -> IpAddr {
        match self.address {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - IPV6_PREFIX))).into(),
        }
    }
}

/// The entries of a list in all its lines, the last one first. `None`: a line that is no text.
fn entries<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = Option<&'a str>> {
    let lines: Vec<Option<&str>> = headers.get_all(name).iter().map(|line| line.to_str().ok()).collect();
    lines.into_iter().rev().flat_map(|line| match line {
        Some(line) => line.rsplit(',').map(|entry| Some(entry.trim())).collect::<Vec<_>>(),
        None => vec![None],
    })
}

/// Each proxy adds whom it was asked by. The one behind an entry that is no address, or behind the first entry of all, is as far as can be told.
fn first_stranger<'a>(
    peer: IpAddr,
    entries: impl Iterator<Item = Option<&'a str>>,
    trusted: &TrustedProxies,
) -> IpAddr {
    let mut known = peer;
    for entry in entries {
        let Some(address) = entry.and_then(address) else { return known };
        known = address;
        if !trusted.includes(address) {
            return known;
        }
    }
    known
}

/// An address with or without a port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = || entry.strip_prefix('[').and_then(|entry| entry.strip_suffix(']'));
    let alone = entry.parse().ok().or_else(|| bare()?.parse::<Ipv6Addr>().ok().map(IpAddr::from));
    let with_port = || entry.parse::<SocketAddr>().ok().map(|both| both.ip());
    alone.or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use kernel::SettingValue;

    const TRUSTED: &str = "10.0.0.0/8, 192.0.2.7, fd00::/8, ::ffff:198.51.100.0/120";

    fn client(peer: &str, lines: &[&str]) -> Client {
        let value = |line: &&str| HeaderValue::from_bytes(line.as_bytes()).expect("a value");
        let headers = lines.iter().map(|line| (FORWARDED_FOR, value(line))).collect();
        Client::of(peer.parse().expect("an address"), &headers, &TrustedProxies::read(TRUSTED))
    }

    #[test]
    fn the_client_is_the_last_one_that_no_trusted_proxy_is() {
        let cases: &[(&str, &[&str], &str)] = &[
            // nobody who is not trusted is believed
            ("203.0.113.9", &["1.1.1.1"], "203.0.113.9"),
            ("::ffff:203.0.113.9", &["1.1.1.1"], "203.0.113.9"),
            ("192.0.2.8", &["1.1.1.1"], "192.0.2.8"),
            // no proxy, or none that says anything
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &[""], "10.0.0.1"),
            // one proxy, and what a client makes up before it
            ("10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("::ffff:10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["1.1.1.1, 203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["1.1.1.1", "203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["1.1.1.1 ,2.2.2.2", "203.0.113.9 ,"], "10.0.0.1"),
            // several proxies, in one line and in several
            ("10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.9.9.9, 192.0.2.7"], "203.0.113.9"),
            ("192.0.2.7", &["203.0.113.9,10.9.9.9", "10.0.0.3"], "203.0.113.9"),
            ("fd00::1", &["203.0.113.9", "fd12::5"], "203.0.113.9"),
            ("198.51.100.4", &["203.0.113.9"], "203.0.113.9"),
            // every one is trusted
            ("10.0.0.1", &["10.0.0.5, 10.0.0.4"], "10.0.0.5"),
            // with a port
            ("10.0.0.1", &["203.0.113.9:4711"], "203.0.113.9"),
            ("10.0.0.1", &["203.0.113.9, 10.0.0.2:80"], "203.0.113.9"),
            ("10.0.0.1", &["[2001:db8:1:2:3:4:5:6]:4711"], "2001:db8:1:2::"),
            ("10.0.0.1", &["[2001:db8:1:2:3:4:5:6]"], "2001:db8:1:2::"),
            ("10.0.0.1", &["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::"),
            // an entry that is no address ends the search at the one after it
            ("10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9, unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["203.0.113.9, _hidden, 10.0.0.2, 192.0.2.7"], "10.0.0.2"),
            ("10.0.0.1", &["203.0.113.9", "가", "10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["203.0.113.9, , 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["203.0.113.9, 010.0.0.1"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9, [10.0.0.2]"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9, 10.0.0.2:99999"], "10.0.0.1"),
            // IPv4 within IPv6
            ("10.0.0.1", &["203.0.113.9, ::ffff:10.0.0.2"], "203.0.113.9"),
            ("10.0.0.1", &["::ffff:203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["[::ffff:203.0.113.9]:80"], "203.0.113.9"),
            ("2001:db8:1:2:ffff::1", &[], "2001:db8:1:2::"),
        ];
        for (peer, lines, expected) in cases {
            assert_eq!(client(peer, lines).network().to_string(), *expected, "{peer} {lines:?}");
        }
    }

    #[test]
    fn host_and_scheme_are_believed_from_a_trusted_proxy_alone_the_last_of_each() {
        let headers = HeaderMap::from_iter([
            (FORWARDED_HOST, HeaderValue::from_static("evil.example")),
            (FORWARDED_HOST, HeaderValue::from_static("evil.example, shop.example")),
            (FORWARDED_PROTO, HeaderValue::from_static("http,https")),
        ]);
        let of = |peer: &str| {
            let client = Client::of(peer.parse().expect("an address"), &headers, &TrustedProxies::read(TRUSTED));
            (client.host, client.scheme)
        };
        assert_eq!(of("10.0.0.1"), (Some("shop.example".into()), Some("https".into())));
        assert_eq!(of("203.0.113.9"), (None, None));
    }
}
