//! Settings from a TOML file, each with its line.
use super::declared::{find, no_group};
use super::value::wrong;
use super::{Given, Origin, SettingGroup, Value};
use kernel::{Name, Setting, SettingKind};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const USUAL: &str = "nadul.toml";

/// A named file that is missing is a fault; the usual one may be missing.
pub fn read(named: Option<&Path>, groups: &[SettingGroup]) -> Vec<Given> {
    let path = named.unwrap_or(Path::new(USUAL));
    match std::fs::read_to_string(path) {
        Ok(text) => parse(path, &text, groups),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => vec![],
        Err(error) => vec![Err(format!("{}: can't be read: {error}", path.display()))],
    }
}

fn parse(path: &Path, text: &str, groups: &[SettingGroup]) -> Vec<Given> {
    let file = File { path, text, groups };
    match DeTable::parse(text) {
        Ok(table) => in_order(table.get_ref()).into_iter().flat_map(|(name, value)| file.group(name, value)).collect(),
        Err(error) => {
            let line = file.line(error.span().map_or(0, |span| span.start));
            vec![Err(format!("{}:{line}: {}", path.display(), error.message()))]
        }
    }
}

type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;

/// As they stand in the file, so that faults are told from top to bottom.
fn in_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Key<'a>, &'t Spanned<DeValue<'a>>)> {
    let mut all: Vec<_> = table.iter().collect();
    all.sort_by_key(|(name, _)| name.span().start);
    all
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
    groups: &'a [SettingGroup],
}

impl File<'_> {
    fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    fn origin(&self, at: usize) -> Origin {
        Origin::File { path: PathBuf::from(self.path), line: self.line(at) }
    }

    fn group(&self, name: &Key<'_>, value: &Spanned<DeValue<'_>>) -> Vec<Given> {
        let (origin, group) = (self.origin(name.span().start), name.get_ref());
        let DeValue::Table(table) = value.get_ref() else {
            let advice = "write it below the name of its group, such as [runtime]";
            return vec![Err(format!("{origin}: {group} stands outside any group; {advice}"))];
        };
        if !self.groups.iter().any(|known| known.name == group) {
            return vec![Err(format!("{origin}: {}", no_group(self.groups, group)))];
        }
        in_order(table).into_iter().map(|(name, value)| self.setting(group, name, value)).collect()
    }

    fn setting(&self, group: &str, name: &Key<'_>, value: &Spanned<DeValue<'_>>) -> Given {
        let origin = self.origin(name.span().start);
        let (group, setting) = find(self.groups, group, name.get_ref()).map_err(|why| format!("{origin}: {why}"))?;
        let text = plain(setting, value.get_ref()).ok_or_else(|| {
            let written = self.text.get(value.span()).unwrap_or_default();
            wrong(&origin, group, setting, &expected(setting, written))
        })?;
        Ok((group, Value::given(group, setting, text, origin)?))
    }
}

/// The value as text, where its type is the setting's.
fn plain(setting: &Setting, value: &DeValue<'_>) -> Option<String> {
    match (setting.kind, value) {
        (SettingKind::Whole { .. }, DeValue::Integer(number)) => {
            let digits: String = number.as_str().chars().filter(|c| *c != '_').collect();
            i128::from_str_radix(&digits, number.radix()).ok().map(|number| number.to_string())
        }
        (SettingKind::Flag, DeValue::Boolean(flag)) => Some(flag.to_string()),
        (
            SettingKind::Text | SettingKind::Secret | SettingKind::OneOf(_) | SettingKind::Checked(_),
            DeValue::String(text),
        ) => Some(text.to_string()),
        _ => None,
    }
}

fn expected(setting: &Setting, written: &str) -> String {
    match setting.kind {
        SettingKind::Whole { min, max } => format!("a whole number from {min} to {max}, not {written}"),
        SettingKind::Flag => format!("true or false, not {written}"),
        SettingKind::Text => format!("a text in quotes, not {written}"),
        SettingKind::Secret => "a text in quotes".into(),
        SettingKind::Checked(rule) => format!("a text in quotes ({}), not {written}", rule.wanted),
        SettingKind::OneOf(words) => format!("one of {}, in quotes, not {written}", quoted(words)),
    }
}

fn quoted(words: &[Name]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}
