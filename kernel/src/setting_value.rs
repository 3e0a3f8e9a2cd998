//! Types that a setting's text is read into.
use crate::setting::{SettingKind, TextRule};
use core::net::IpAddr;

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
