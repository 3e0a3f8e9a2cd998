//! A field or a query parameter that the server can't take, and why, in both languages.
use crate::negotiate::language::Language;
use kernel::{Invalid, InvalidField, Name};

/// One field or parameter of a request, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InvalidInput {
    pub part: InputPart,
    pub name: String,
    pub code: &'static str,
    pub en: String,
    pub ko: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputPart {
    Field,
    Parameter,
}

impl InvalidInput {
    pub fn field(invalid: &InvalidField) -> InvalidInput {
        InvalidInput::new(InputPart::Field, invalid.field, &invalid.why)
    }

    pub fn parameter(name: &str, why: &Invalid) -> InvalidInput {
        InvalidInput::new(InputPart::Parameter, name, why)
    }

    /// None of the parameters came of which one is needed.
    pub fn missing_one_of(names: &[Name]) -> InvalidInput {
        let (first, others) = names.split_first().unwrap_or((&"", &[]));
        let missing = InvalidInput::parameter(first, &Invalid::Missing);
        if others.is_empty() {
            return missing;
        }
        let others = others.join(", ");
        let (en, ko) = (
            format!("is missing, or instead of it {others}"),
            format!("값이 필요합니다. {others}로도 찾을 수 있습니다"),
        );
        InvalidInput { en, ko, ..missing }
    }

    /// A query parameter that the path does not have.
    pub fn unknown(name: &str) -> InvalidInput {
        let (en, ko) = ("is not known here".into(), "쓸 수 없는 조건입니다".into());
        InvalidInput { part: InputPart::Parameter, name: name.into(), code: "unknown", en, ko }
    }

    /// A name that came twice. A proxy may read the first value and this server the last.
    pub fn repeated(part: InputPart, name: &str) -> InvalidInput {
        let (en, ko) = ("came more than once".into(), "한 번만 쓸 수 있습니다".into());
        InvalidInput { part, name: name.into(), code: "twice", en, ko }
    }

    /// A value that is none of the choices.
    pub fn none_of(part: InputPart, name: &str, choices: &str) -> InvalidInput {
        let (en, ko) = (format!("must be one of {choices}"), format!("다음 중 하나여야 합니다: {choices}"));
        InvalidInput { part, name: name.into(), code: "choice", en, ko }
    }

    /// A value that should have been a path of this server.
    pub fn no_path(name: &str) -> InvalidInput {
        let (en, ko) = (
            "must be a path of this server, which begins with /".into(),
            "/로 시작하는 이 서버의 경로여야 합니다".into(),
        );
        InvalidInput { part: InputPart::Parameter, name: name.into(), code: "path", en, ko }
    }

    /// A name that may come several times came too often.
    pub fn too_many(name: &str, most: usize) -> InvalidInput {
        let (en, ko) = (format!("may come {most} times at most"), format!("{most}번까지 쓸 수 있습니다"));
        InvalidInput { part: InputPart::Parameter, name: name.into(), code: "many", en, ko }
    }

    fn new(part: InputPart, name: &str, why: &Invalid) -> InvalidInput {
        let (code, en, ko) = texts(why);
        InvalidInput { part, name: name.into(), code, en, ko }
    }

    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Ko => &self.ko,
        }
    }
}

/// The stable code, the English text and the Korean one.
fn texts(why: &Invalid) -> (&'static str, String, String) {
    match why {
        Invalid::Missing => ("missing", "is missing".into(), "값이 필요합니다".into()),
        Invalid::Type(wanted) => ("type", format!("must be a {wanted}"), format!("{}여야 합니다", korean(wanted))),
        Invalid::Range(range) => {
            let (min, max) = (range.start(), range.end());
            ("range", format!("must be from {min} to {max}"), format!("{min} 이상 {max} 이하여야 합니다"))
        }
        Invalid::Positive(max) => {
            ("range", format!("must be above 0 and at most {max}"), format!("0보다 크고 {max} 이하여야 합니다"))
        }
        Invalid::Decimals(most) => {
            let (en, ko) = (format!("may have at most {most} decimals"), format!("소수는 {most}자리까지입니다"));
            ("decimals", en, ko)
        }
        Invalid::Length(most) => {
            let (en, ko) = (format!("may have at most {most} characters"), format!("{most}자까지 쓸 수 있습니다"));
            ("length", en, ko)
        }
        Invalid::Character => ("character", "may not contain U+0000".into(), "U+0000은 쓸 수 없습니다".into()),
        Invalid::Contradiction(other) => {
            ("contradiction", format!("differs from {other}"), format!("{other} 값과 다릅니다"))
        }
    }
}

fn korean(wanted: &str) -> &str {
    match wanted {
        "text" => "문자",
        "whole number" => "정수",
        "decimal number" => "소수",
        "true or false" => "true 또는 false",
        other => other,
    }
}
