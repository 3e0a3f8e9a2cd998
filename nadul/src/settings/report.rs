//! Every setting with its value, where it came from, its unit and what it is for.
use super::{Resolved, SettingGroup, Value, unit};
use crate::out;
use kernel::SettingKind;
use serde_json::json;

pub fn table(resolved: &Resolved, groups: &[&SettingGroup]) -> String {
    groups.iter().map(|group| format!("[{}]\n{}\n", group.name, out::table(&rows(resolved, group)))).collect()
}

fn rows(resolved: &Resolved, group: &SettingGroup) -> Vec<Vec<String>> {
    let row = |value: &Value| {
        let shown = if value.text.is_empty() { "–" } else { value.shown() };
        let unit = unit::from_name(value.setting.name);
        let origin = value.origin.to_string();
        vec![value.setting.name.into(), shown.to_string(), unit.into(), origin, value.setting.about.into()]
    };
    let head = ["setting", "value", "unit", "source", "meaning"].map(String::from).to_vec();
    std::iter::once(head).chain(resolved.values(group.name).map(row)).collect()
}

pub fn json(resolved: &Resolved, groups: &[&SettingGroup]) -> serde_json::Value {
    let one = |group: &'static str, value: &Value| {
        json!({
            "group": group, "name": value.setting.name, "value": value.shown(), "source": value.origin.to_string(),
            "unit": unit::from_name(value.setting.name), "default": value.setting.default, "allowed": allowed(value),
            "variable": super::environment::variable(group, value.setting.name), "meaning": value.setting.about,
        })
    };
    groups.iter().flat_map(|group| resolved.values(group.name).map(move |value| one(group.name, value))).collect()
}

fn allowed(value: &Value) -> String {
    match value.setting.kind {
        SettingKind::Whole { min, max } => format!("{min} to {max}"),
        SettingKind::Flag => "true, false".into(),
        SettingKind::Text => "any text".into(),
        SettingKind::Secret => "any text; it is never shown".into(),
        SettingKind::Checked(rule) => rule.wanted.into(),
        SettingKind::OneOf(words) => words.join(", "),
    }
}
