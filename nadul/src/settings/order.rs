//! Sizes that belong together: the first may not be more than the second, whoever set them.
use super::{Origin, Resolved, SettingGroup, Value};
use kernel::Name;

/// What is wrong between two settings that are each well by themselves.
pub fn faults(resolved: &Resolved, groups: &[SettingGroup]) -> Vec<String> {
    groups.iter().flat_map(|group| group.at_most.iter().filter_map(|pair| fault(resolved, group.name, *pair))).collect()
}

fn fault(resolved: &Resolved, group: Name, (least, most): (Name, Name)) -> Option<String> {
    let value = |name: Name| resolved.values(group).find(|value| value.setting.name == name);
    let (least, most) = (value(least)?, value(most)?);
    (whole(least) > whole(most)).then(|| match least.origin {
        Origin::Default => sentence(group, most, "less", least),
        _ => sentence(group, least, "more", most),
    })
}

fn whole(value: &Value) -> u64 {
    value.text.parse().unwrap_or_default()
}

fn sentence(group: Name, set: &Value, than: &str, other: &Value) -> String {
    let (name, other_name) = (set.setting.name, other.setting.name);
    format!(
        "{}: {group}.{name} must not be {than} than {group}.{other_name} ({}, {}), as {} is",
        set.origin, other.text, other.origin, set.text
    )
}
