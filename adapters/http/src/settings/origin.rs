//! Origins whose pages may ask: read from their setting as browsers write them, or refused with the setting's name.
use crate::settings::host_name::has_sound_port;
use axum::http::Uri;
use kernel::{SettingKind, SettingValue, TextRule};

/// Which pages of other origins may send requests that a browser lets them read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorsOrigins {
    /// Every page, without what the browser knows of its user.
    Any,
    /// Each as a browser writes it: `https://app.example`.
    Named(Vec<String>),
}

impl CorsOrigins {
    pub fn includes(&self, origin: &str) -> bool {
        match self {
            CorsOrigins::Any => true,
            CorsOrigins::Named(names) => names.iter().any(|name| name == origin),
        }
    }
}

impl SettingValue for CorsOrigins {
    const KIND: SettingKind = SettingKind::Checked(TextRule {
        wanted: "origins separated by commas, each such as https://app.example or http://localhost:3000, or * alone for all",
        is_met: |text| parse(text).is_some(),
    });

    fn read(text: &str) -> CorsOrigins {
        parse(text).expect("the text is checked against the setting's rule")
    }
}

fn parse(text: &str) -> Option<CorsOrigins> {
    if text.trim() == "*" {
        return Some(CorsOrigins::Any);
    }
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(origin).collect::<Option<_>>().map(CorsOrigins::Named)
}

/// The scheme, the host and the port that is not the scheme's usual one, in small letters; a `/` behind them is dropped.
pub(super) fn origin(text: &str) -> Option<String> {
    let uri: Uri = text.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?.to_ascii_lowercase(), uri.authority()?);
    let usual = match scheme.as_str() {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let is_bare = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
    if !is_bare || !has_sound_port(authority) || authority.host().is_empty() || authority.host().contains('*') {
        return None;
    }
    let port = authority.port_u16().filter(|port| *port != usual).map(|port| format!(":{port}"));
    Some(format!("{scheme}://{}{}", authority.host().to_ascii_lowercase(), port.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<Vec<String>> {
        match parse(text)? {
            CorsOrigins::Named(names) => Some(names),
            CorsOrigins::Any => None,
        }
    }

    #[test]
    fn an_origin_is_what_a_browser_writes() {
        for (written, read) in [
            ("http://localhost:3000/", "http://localhost:3000"),
            ("HTTPS://App.Example", "https://app.example"),
            ("https://app.example:443", "https://app.example"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(named(written), Some(vec![read.to_string()]), "{written}");
        }
        assert_eq!(named(" , ").as_deref(), Some(&[][..]));
        assert_eq!(named("http://a.example, http://b.example").map(|names| names.len()), Some(2));
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        let others =
            ["localhost:3000", "localhost", "https://a.example/b", "https://a.example?b", "null", "ftp://a.example"];
        for written in others.into_iter().chain([
            "https://*.example",
            "https://a@b.example",
            "*, https://a.example",
            "https://",
            "http://a:b",
        ]) {
            assert_eq!(parse(written), None, "{written}");
        }
    }

    #[test]
    fn a_star_means_every_origin() {
        assert_eq!(parse(" * "), Some(CorsOrigins::Any));
        assert!(CorsOrigins::Any.includes("https://evil.example"));
    }
}
