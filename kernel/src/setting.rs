//! Settings as a system declares them, and their values as it is given them.
use crate::name::Name;
use crate::setting_value::SettingValue;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    Whole {
        min: u64,
        max: u64,
    },
    Flag,
    Text,
    /// A text that is never shown.
    Secret,
    OneOf(&'static [Name]),
    /// A text of a kind of its own.
    Checked(TextRule),
}

/// What a text has to be, in words, and whether one is.
#[derive(Clone, Copy)]
pub struct TextRule {
    pub wanted: Name,
    pub is_met: fn(&str) -> bool,
}

/// By its words: no two rules share them.
impl PartialEq for TextRule {
    fn eq(&self, other: &TextRule) -> bool {
        self.wanted == other.wanted
    }
}

impl Eq for TextRule {}

impl fmt::Debug for TextRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wanted)
    }
}

/// A named setting: its default, its unit (last in its name) and a line of documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    pub name: Name,
    pub kind: SettingKind,
    /// As one would write it; empty: unset.
    pub default: Name,
    pub about: Name,
    /// An environment variable of its own, beside `NADUL_…`, which wins over it.
    pub env: Option<Name>,
}

impl Setting {
    pub const fn whole(name: Name, default: Name, min: u64, max: u64, about: Name) -> Setting {
        Setting { name, kind: SettingKind::Whole { min, max }, default, about, env: None }
    }

    pub const fn flag(name: Name, default: Name, about: Name) -> Setting {
        Setting { name, kind: SettingKind::Flag, default, about, env: None }
    }

    pub const fn text(name: Name, default: Name, about: Name) -> Setting {
        Setting { name, kind: SettingKind::Text, default, about, env: None }
    }

    pub const fn one_of(name: Name, words: &'static [Name], default: Name, about: Name) -> Setting {
        Setting { name, kind: SettingKind::OneOf(words), default, about, env: None }
    }

    /// A field of `settings!`: its type says what values it takes.
    pub const fn field<T: SettingValue>(name: Name, default: Name, about: Name) -> Setting {
        Setting { name, kind: T::KIND, default, about, env: None }
    }

    /// Only the whole numbers of `range`, its default among them; as a constant it does not compile otherwise.
    pub const fn within(self, range: RangeInclusive<u64>) -> Setting {
        let (min, max) = (*range.start(), *range.end());
        let SettingKind::Whole { max: most, .. } = self.kind else { panic!("only a whole number has a range") };
        let Ok(default) = u64::from_str_radix(self.default, 10) else { panic!("the default is no whole number") };
        assert!(max <= most, "the field's type can't hold the range");
        assert!(min <= default && default <= max, "the default is not in the range");
        Setting { kind: SettingKind::Whole { min, max }, ..self }
    }

    pub const fn or_env(self, env: Name) -> Setting {
        Setting { env: Some(env), ..self }
    }

    /// What is wrong with a value, said so that its owner can mend it.
    pub fn fault(&self, value: &str) -> Option<String> {
        match self.kind {
            SettingKind::Whole { min, max } => match value.parse::<u64>() {
                Ok(number) if (min..=max).contains(&number) => None,
                _ => Some(format!("a whole number from {min} to {max}, not \"{value}\"")),
            },
            SettingKind::Flag => {
                (!["true", "false"].contains(&value)).then(|| format!("true or false, not \"{value}\""))
            }
            SettingKind::OneOf(words) => {
                (!words.contains(&value)).then(|| format!("one of {}, not \"{value}\"", words.join(", ")))
            }
            SettingKind::Checked(rule) => (!(rule.is_met)(value)).then(|| format!("{}, not \"{value}\"", rule.wanted)),
            SettingKind::Text | SettingKind::Secret => None,
        }
    }
}

/// The values of one group of settings, each checked against its declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings(BTreeMap<Name, String>);

impl Settings {
    pub fn defaults(declared: &[Setting]) -> Settings {
        Settings(declared.iter().map(|setting| (setting.name, setting.default.to_string())).collect())
    }

    pub fn set(&mut self, name: Name, value: impl Into<String>) {
        self.0.insert(name, value.into());
    }

    /// What is wrong with the values of a group, each with its name.
    pub fn faults(&self, declared: &[Setting]) -> Vec<String> {
        let fault = |setting: &Setting| Some(format!("{}: {}", setting.name, setting.fault(self.value(setting.name))?));
        declared.iter().filter_map(fault).collect()
    }

    fn value(&self, name: &str) -> &str {
        self.0.get(name).map_or_else(|| panic!("no setting {name} is declared"), String::as_str)
    }

    pub fn read<T: SettingValue>(&self, name: &str) -> T {
        T::read(self.value(name))
    }

    pub fn whole(&self, name: &str) -> u64 {
        self.value(name).parse().expect("a value is checked when it is set")
    }

    pub fn flag(&self, name: &str) -> bool {
        self.value(name) == "true"
    }

    /// `None` where unset or blank.
    pub fn text(&self, name: &str) -> Option<&str> {
        Some(self.value(name).trim()).filter(|text| !text.is_empty())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}
