//! Settings from the environment: `NADUL_<GROUP>_<NAME>`, and a setting's own variable just below it.
use super::{Given, Origin, SettingGroup, Value};
use crate::nearest;
use kernel::{Name, Setting};
use std::collections::BTreeMap;
use std::ffi::OsString;

const PREFIX: &str = "NADUL_";

pub fn variable(group: &str, setting: &str) -> String {
    format!("{PREFIX}{group}_{setting}").replace('-', "_").to_uppercase()
}

pub fn read(environment: &[(OsString, OsString)], groups: &[SettingGroup]) -> Vec<Given> {
    let all = || groups.iter().flat_map(|group| group.settings.iter().map(move |setting| (group.name, setting)));
    let known: BTreeMap<String, _> =
        all().map(|(group, setting)| (variable(group, setting.name), (group, setting))).collect();
    let own = all().filter_map(|(group, setting)| own(environment, group, setting));
    let named = environment.iter().filter_map(|(name, value)| {
        let name = name.to_str().filter(|name| name.starts_with(PREFIX))?;
        match known.get(name) {
            Some((group, setting)) => Some(given(name, value, group, setting)),
            None if of_a_cluster(name) => None,
            None => Some(Err(unknown(name, known.keys().map(String::as_str)))),
        }
    });
    own.chain(named).collect()
}

fn own(environment: &[(OsString, OsString)], group: Name, setting: &'static Setting) -> Option<Given> {
    let name = setting.env?;
    let (_, value) = environment.iter().find(|(known, _)| known.to_str() == Some(name))?;
    Some(given(name, value, group, setting))
}

fn given(name: &str, value: &OsString, group: Name, setting: &'static Setting) -> Given {
    let text = value.to_str().ok_or_else(|| format!("environment {name}: the value is not UTF-8"))?;
    Ok((group, Value::given(group, setting, text, Origin::Environment(name.to_string()))?))
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    format!("environment {name}: there is no such setting{}", nearest::hint(name, known))
}

/// Kubernetes sets such variables for a service called nadul-something; they are no settings.
fn of_a_cluster(name: &str) -> bool {
    name.ends_with("_SERVICE_HOST")
        || name.contains("_SERVICE_PORT")
        || name.ends_with("_PORT")
        || name.contains("_TCP")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_with_a_dash_has_underscores_in_its_variable() {
        assert_eq!(variable("call-taxi", "payment_timeout_ms"), "NADUL_CALL_TAXI_PAYMENT_TIMEOUT_MS");
    }
}
