//! Types that a setting's text is read into.
use crate::setting::{SettingKind, TextRule};
use core::net::IpAddr;
use std::fmt;

/// What a field of `settings!` may be. Texts are checked against `KIND` before they are read.
pub trait SettingValue {
    const KIND: SettingKind;
    fn read(text: &str) -> Self;
}

macro_rules! whole {
    ($($type:ty),*) => { $(
        impl SettingValue for $type {
            const KIND: SettingKind = SettingKind::Whole { min: 0, max: <$type>::MAX as u64 };
            fn read(text: &str) -> $type {
                text.parse().expect("the text is checked against the setting's range")
            }
        }
    )* };
}
whole!(u16, u32, u64, usize);

impl SettingValue for bool {
    const KIND: SettingKind = SettingKind::Flag;
    fn read(text: &str) -> bool {
        text == "true"
    }
}

impl SettingValue for String {
    const KIND: SettingKind = SettingKind::Text;
    fn read(text: &str) -> String {
        text.trim().to_string()
    }
}

/// A text that nobody is shown, such as a password; empty: unset.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// For whoever has to use it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "unset" } else { "***" })
    }
}

impl SettingValue for Secret {
    const KIND: SettingKind = SettingKind::Secret;
    fn read(text: &str) -> Secret {
        Secret(text.to_string())
    }
}

/// Parts between commas; blank parts are left out.
impl SettingValue for Vec<String> {
    const KIND: SettingKind = SettingKind::Text;
    fn read(text: &str) -> Vec<String> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect()
    }
}

impl SettingValue for IpAddr {
    const KIND: SettingKind = SettingKind::Checked(TextRule {
        wanted: "an IP address such as 127.0.0.1",
        is_met: |text| text.trim().parse::<IpAddr>().is_ok(),
    });
    fn read(text: &str) -> IpAddr {
        text.trim().parse().expect("the text is checked against the setting's rule")
    }
}
