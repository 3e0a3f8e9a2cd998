//! A field or query parameter that can't be taken, said in both languages.
use kernel::{Invalid, InvalidField};
use serde::Serialize;

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub part: Part,
    pub name: String,
    pub code: &'static str,
    pub en: String,
    pub ko: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Part {
    Field,
    Parameter,
}

impl Flaw {
    pub fn field(wrong: &InvalidField) -> Flaw {
        Flaw::of(Part::Field, wrong.field, &wrong.why)
    }

    pub fn parameter(name: &str, fault: &Invalid) -> Flaw {
        Flaw::of(Part::Parameter, name, fault)
    }

    /// A query parameter there is none of.
    pub fn unknown(name: &str) -> Flaw {
        let (en, ko) = ("is not known here".into(), "쓸 수 없는 조건입니다".into());
        Flaw { part: Part::Parameter, name: name.into(), code: "unknown", en, ko }
    }

    /// What came twice: who reads the first one and who reads the last one would read two requests.
    pub fn twice(part: Part, name: &str) -> Flaw {
        let (en, ko) = ("came more than once".into(), "한 번만 쓸 수 있습니다".into());
        Flaw { part, name: name.into(), code: "twice", en, ko }
    }

    /// A value that is none of those there are.
    pub fn choice(part: Part, name: &str, there_are: &str) -> Flaw {
        let (en, ko) = (format!("must be one of {there_are}"), format!("다음 중 하나여야 합니다: {there_are}"));
        Flaw { part, name: name.into(), code: "choice", en, ko }
    }

    fn of(part: Part, name: &str, fault: &Invalid) -> Flaw {
        let (code, en, ko) = match fault {
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
        };
        Flaw { part, name: name.into(), code, en, ko }
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
