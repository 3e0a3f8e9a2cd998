//! Host names that are answered: those of this machine itself, or those a setting names. A page whose name was made to point at this machine
//! asks under that name, and gets nothing.
use axum::http::uri::Authority;
use kernel::{SettingKind, SettingValue, TextRule};
use std::net::IpAddr;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostNames {
    /// `localhost`, loopback addresses, and the address that is listened on.
    Own,
    Any,
    /// In small letters, without a port.
    Named(Vec<String>),
}

impl HostNames {
    /// What `localhost` and the two usual loopback addresses are, and nothing else.
    pub fn of_this_machine() -> HostNames {
        HostNames::Named(["localhost", "127.0.0.1", "[::1]"].map(String::from).to_vec())
    }

    /// Whether a request for this host is answered; `listened` is the address of the ports.
    pub fn includes(&self, host: &str, listened: IpAddr) -> bool {
        match (self, host_name(host)) {
            (_, None) => false,
            (HostNames::Any, Some(_)) => true,
            (HostNames::Named(names), Some(name)) => names.contains(&name),
            (HostNames::Own, Some(name)) => is_own(&name, listened),
        }
    }
}

/// Names below `localhost` belong to the machine that asks, like `localhost` (RFC 6761).
fn is_own(name: &str, listened: IpAddr) -> bool {
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name).parse::<IpAddr>();
    match address {
        Ok(address) => address.to_canonical().is_loopback() || address == listened,
        Err(_) => name == "localhost" || name.ends_with(".localhost"),
    }
}

impl SettingValue for HostNames {
    const KIND: SettingKind = SettingKind::Checked(TextRule {
        wanted: "host names separated by commas, each such as api.example, or * alone for all",
        is_met: |text| parse(text).is_some(),
    });

    fn read(text: &str) -> HostNames {
        parse(text).expect("the text is checked against the setting's rule")
    }
}

fn parse(text: &str) -> Option<HostNames> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => Some(HostNames::Own),
        ["*"] => Some(HostNames::Any),
        parts => parts.iter().map(|part| host_name(part)).collect::<Option<_>>().map(HostNames::Named),
    }
}

/// The name of a host, with or without a port: in small letters, without the port and the dot at the end.
fn host_name(text: &str) -> Option<String> {
    let authority: Authority = text.parse().ok()?;
    let name = authority.host().trim_end_matches('.').to_ascii_lowercase();
    (has_sound_port(&authority) && !text.contains(['@', '*']) && !name.is_empty()).then_some(name)
}

/// Whether nothing or a port stands behind the host: the port of another text reads as none.
pub(super) fn has_sound_port(authority: &Authority) -> bool {
    let rest = authority.as_str().strip_prefix(authority.host()).unwrap_or_default();
    rest.is_empty() || authority.port_u16().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 7));

    #[test]
    fn the_machine_itself_is_answered_under_its_own_names() {
        for own in [
            "localhost",
            "LOCALHOST:8088",
            "localhost.",
            "taxi.localhost",
            "127.0.0.1:1",
            "127.9.9.9",
            "[::1]:8088",
            "10.0.0.7",
        ] {
            assert!(HostNames::Own.includes(own, HERE), "{own}");
        }
        for other in
            ["rebound.example:8088", "localhost.example", "10.0.0.8", "", "[::2]", "127.0.0.1.example", "localhost:x"]
        {
            assert!(!HostNames::Own.includes(other, HERE), "{other}");
        }
    }

    #[test]
    fn a_name_is_read_without_its_port() {
        let names = parse("localhost:8088, API.example.").expect("two names");
        assert_eq!(names, HostNames::Named(vec!["localhost".into(), "api.example".into()]));
        assert!(names.includes("api.example:443", HERE) && !names.includes("127.0.0.1", HERE));
        assert!(parse("*").expect("all names").includes("rebound.example", HERE));
    }

    #[test]
    fn what_is_no_host_name_is_refused() {
        for written in ["http://api.example", "a@api.example", "*.example", "a b", "api.example/x", ":8088"] {
            assert_eq!(parse(written), None, "{written}");
        }
    }
}
