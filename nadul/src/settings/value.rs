//! A setting's value and where it came from.
use kernel::{Setting, SettingKind};
use std::fmt;
use std::path::PathBuf;

/// Who set a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Default,
    File { path: PathBuf, line: usize },
    Environment(String),
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::File { path, line } => write!(f, "{}:{line}", path.display()),
            Origin::Environment(name) => write!(f, "environment {name}"),
            Origin::Flag => f.write_str("--set"),
        }
    }
}

#[derive(Clone)]
pub struct Value {
    pub setting: &'static Setting,
    pub text: String,
    pub origin: Origin,
}

impl Value {
    pub fn default_of(setting: &'static Setting) -> Value {
        Value { setting, text: setting.default.to_string(), origin: Origin::Default }
    }

    /// As it may be read by anybody.
    pub fn shown(&self) -> &str {
        match self.setting.kind {
            SettingKind::Secret if !self.text.is_empty() => "***",
            _ => &self.text,
        }
    }

    /// Checked against its declaration; a fault names the origin, the setting and what is allowed.
    pub fn given(
        group: &str,
        setting: &'static Setting,
        text: impl Into<String>,
        origin: Origin,
    ) -> Result<Value, String> {
        let text = text.into();
        match setting.fault(&text) {
            Some(fault) => Err(wrong(&origin, group, setting, &fault)),
            None => Ok(Value { setting, text, origin }),
        }
    }
}

pub fn wrong(origin: &Origin, group: &str, setting: &Setting, fault: &str) -> String {
    format!("{origin}: {group}.{} must be {fault}", setting.name)
}
