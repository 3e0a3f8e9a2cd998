//! Settings from the command line: `--set group.name=value`.
use super::declared::find;
use super::{Given, Origin, SettingGroup, Value};

pub fn read(flags: &[String], groups: &[SettingGroup]) -> Vec<Given> {
    flags.iter().map(|flag| parse_flag(flag, groups)).collect()
}

fn parse_flag(flag: &str, groups: &[SettingGroup]) -> Given {
    let parts = flag.split_once('=').and_then(|(path, value)| Some((path.split_once('.')?, value)));
    let Some(((group, name), value)) = parts else {
        return Err(format!("--set {flag}: write it as group.name=value, such as runtime.drain_ms=5000"));
    };
    let (group, setting) =
        find(groups, group.trim(), name.trim()).map_err(|why| format!("--set {group}.{name}: {why}"))?; // the value may be a secret
    Ok((group, Value::given(group, setting, value, Origin::Flag)?))
}
