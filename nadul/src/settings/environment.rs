//! Settings from the environment: `NADUL_<GROUP>_<NAME>`, and a setting's own variable just below it.
use super::cluster;
use super::{Given, Origin, SettingGroup, Value};
use crate::identities::TOKEN_VARIABLE;
use crate::nearest;
use kernel::{Name, Setting};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

const PREFIX: &str = "NADUL_";

pub fn variable(group: &str, setting: &str) -> String {
    format!("{PREFIX}{group}_{setting}").replace('-', "_").to_uppercase()
}

/// Settings that are given, and mistakes in them. What a cluster says of its services is passed over, under any name.
pub fn read(environment: &[(OsString, OsString)], groups: &[SettingGroup]) -> Vec<Given> {
    let known = known(groups);
    let own = all(groups).filter_map(|(group, setting)| from_own_variable(environment, group, setting));
    let named = environment.iter().filter_map(|(name, value)| {
        let name = ours(name, value)?;
        match known.get(name) {
            Some((group, setting)) => Some(given(name, value, group, setting)),
            None => nearest(name, &known, groups).map(|hint| Err(unknown(name, &hint))),
        }
    });
    own.chain(named).collect()
}

/// Variables that begin as ours do, and are neither a setting nor near one.
pub fn ignored(environment: &[(OsString, OsString)], groups: &[SettingGroup]) -> Vec<String> {
    let known = known(groups);
    let names = environment.iter().filter_map(|(name, value)| ours(name, value));
    let ignored = names.filter(|name| !known.contains_key(*name) && nearest(name, &known, groups).is_none());
    ignored.map(str::to_string).collect()
}

type Known = BTreeMap<String, (Name, &'static Setting)>;

fn all(groups: &[SettingGroup]) -> impl Iterator<Item = (Name, &'static Setting)> {
    groups.iter().flat_map(|group| group.settings.iter().map(move |setting| (group.name, setting)))
}

fn known(groups: &[SettingGroup]) -> Known {
    all(groups).map(|(group, setting)| (variable(group, setting.name), (group, setting))).collect()
}

fn ours<'a>(name: &'a OsStr, value: &OsStr) -> Option<&'a str> {
    let name = name.to_str().filter(|name| name.starts_with(PREFIX))?;
    let is_setting = name != TOKEN_VARIABLE && !cluster::sets(name, &value.to_string_lossy());
    is_setting.then_some(name)
}

fn from_own_variable(environment: &[(OsString, OsString)], group: Name, setting: &'static Setting) -> Option<Given> {
    let name = setting.env?;
    let (_, value) = environment.iter().find(|(known, _)| known.to_str() == Some(name))?;
    Some(given(name, value, group, setting))
}

fn given(name: &str, value: &OsStr, group: Name, setting: &'static Setting) -> Given {
    let text = value.to_str().ok_or_else(|| format!("environment {name}: the value is not UTF-8"))?;
    Ok((group, Value::given(group, setting, text, Origin::Environment(name.to_string()))?))
}

/// A mistyped setting: its name is near one, or begins with the name of a group. The common prefix makes no name nearer.
fn nearest(name: &str, known: &Known, groups: &[SettingGroup]) -> Option<String> {
    let bare = |name: &'_ str| name.strip_prefix(PREFIX).unwrap_or_default().to_string();
    let names: Vec<String> = known.keys().map(|name| bare(name)).collect();
    let of_a_group = |group: &SettingGroup| name.starts_with(&variable(group.name, ""));
    match nearest::name(&bare(name), names.iter().map(String::as_str)) {
        Some(near) => Some(format!("; did you mean {PREFIX}{near}?")),
        None => groups
            .iter()
            .find(|group| of_a_group(group))
            .map(|group| format!(" (all there are: nadul settings {})", group.name)),
    }
}

fn unknown(name: &str, hint: &str) -> String {
    format!("environment {name}: there is no such setting{hint}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::groups;

    fn one(name: &str, value: &str) -> Vec<(OsString, OsString)> {
        vec![(name.into(), value.into())]
    }

    fn fault(name: &str, value: &str) -> Option<String> {
        read(&one(name, value), &groups()).into_iter().find_map(Result::err)
    }

    #[test]
    fn a_group_with_a_dash_has_underscores_in_its_variable() {
        assert_eq!(variable("call-taxi", "payment_timeout_ms"), "NADUL_CALL_TAXI_PAYMENT_TIMEOUT_MS");
    }

    #[test]
    fn a_mistyped_setting_is_refused_with_the_nearest() {
        for (name, meant) in [
            ("NADUL_LOGLEVEL", "NADUL_LOG_LEVEL"),
            ("NADUL_RUNTIM_QUEUE_MAX", "NADUL_RUNTIME_QUEUE_MAX"),
            ("NADUL_HTTP_GATEWY_PORT", "NADUL_HTTP_GATEWAY_PORT"),
        ] {
            let said = fault(name, "9000").unwrap_or_default();
            assert!(said.ends_with(&format!("; did you mean {meant}?")), "{name}: {said:?}");
        }
        assert!(
            fault("NADUL_TAXI_SOMETHING_ELSE_ALTOGETHER", "1").is_some_and(|said| said.contains("nadul settings taxi"))
        );
    }

    #[test]
    fn what_is_no_setting_and_near_none_is_ignored_and_told() {
        for name in ["NADUL_HOME", "NADUL_COLOUR", "NADUL_IMAGE_VERSION"] {
            assert_eq!(fault(name, "1"), None);
            assert_eq!(ignored(&one(name, "1"), &groups()), [name]);
        }
    }

    /// For a service with the name of any setting of ours, and with the name of any group.
    #[test]
    fn no_name_of_a_service_stops_a_start() {
        let all = groups();
        let of_settings = known(&all).into_keys();
        let of_groups = all.iter().map(|group| variable(group.name, "").trim_end_matches('_').to_string());
        let bare = ["NADUL".to_string(), "NADUL_HTTP_GATEWAY".to_string()];
        for service in of_settings.chain(of_groups).chain(bare) {
            for (end, value) in [
                ("SERVICE_HOST", "10.0.0.1"),
                ("SERVICE_PORT", "8088"),
                ("SERVICE_PORT_HTTP", "8088"),
                ("PORT", "tcp://10.0.0.1:8088"),
                ("PORT_8088_TCP", "tcp://10.0.0.1:8088"),
                ("PORT_8088_TCP_PROTO", "tcp"),
                ("PORT_8088_TCP_PORT", "8088"),
                ("PORT_8088_TCP_ADDR", "10.0.0.1"),
                ("PORT_53_UDP_ADDR", "10.0.0.1"),
            ] {
                let name = format!("{service}_{end}");
                assert!(read(&one(&name, value), &all).is_empty(), "{name}");
                assert!(ignored(&one(&name, value), &all).is_empty(), "{name}");
            }
        }
        assert!(read(&one("NADUL_HTTP_GATEWAY_PORT", "9000"), &all)[0].is_ok());
    }
}
