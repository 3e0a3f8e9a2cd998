//! The address under which clients know the gateway, where a proxy or a name stands before it.
use crate::settings::origin::origin;
use axum::http::Uri;
use kernel::{SettingKind, SettingValue, TextRule};
use std::net::IpAddr;

/// As a browser writes an origin; empty: not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    pub fn is_set(&self) -> bool {
        !self.0.is_empty()
    }

    /// Empty: not set.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether a page of this origin is ours.
    pub fn is_origin(&self, origin: &str) -> bool {
        self.is_set() && self.0 == origin
    }

    /// Without its port.
    pub fn host(&self) -> Option<String> {
        self.0.parse::<Uri>().ok()?.host().map(str::to_string)
    }
}

impl SettingValue for PublicUrl {
    const KIND: SettingKind = SettingKind::Checked(TextRule {
        wanted: "empty, or the address that clients ask, without a path, such as https://taxi.example; http only for this machine, such as http://localhost:8088",
        is_met: |text| parse(text).is_some(),
    });

    fn read(text: &str) -> PublicUrl {
        parse(text).expect("the text is checked against the setting's rule")
    }
}

fn parse(text: &str) -> Option<PublicUrl> {
    if text.trim().is_empty() {
        return Some(PublicUrl::default());
    }
    let url = PublicUrl(origin(text.trim())?);
    (url.is_https() || is_here(&url.host()?)).then_some(url)
}

fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_https_or_of_this_machine() {
        for (written, read) in [
            ("https://Taxi.Example/", "https://taxi.example"),
            (" https://taxi.example:8443 ", "https://taxi.example:8443"),
            ("http://localhost:8088", "http://localhost:8088"),
            ("http://127.0.0.1", "http://127.0.0.1"),
            ("http://[::1]:80", "http://[::1]"),
            ("", ""),
        ] {
            assert_eq!(parse(written), Some(PublicUrl(read.into())), "{written}");
        }
        assert!(parse("https://taxi.example").expect("a url").is_origin("https://taxi.example"));
        assert!(!PublicUrl::default().is_origin(""));
    }

    #[test]
    fn what_others_could_read_or_what_has_a_path_is_refused() {
        for written in [
            "http://taxi.example",
            "http://127.0.0.1.example",
            "https://taxi.example/x",
            "https://taxi.example?x",
            "https://kim@taxi.example",
            "https://*.example",
            "taxi.example",
            "https://a.example, https://b.example",
            "ftp://localhost",
        ] {
            assert_eq!(parse(written), None, "{written}");
        }
    }
}
