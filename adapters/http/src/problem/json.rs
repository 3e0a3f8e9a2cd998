//! A problem as its JSON.
use crate::negotiate::language::Language;
use crate::problem::Problem;
use crate::problem::invalid_input::{InputPart, InvalidInput};
use crate::problem::status::status;
use kernel::{Name, Texts};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ProblemJson<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'a str,
    status: u16,
    detail: String,
    instance: &'a str,
    /// What is down, too slow or full, where that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Name]>::is_empty")]
    roles: &'a [Name],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<InvalidInputJson<'a>>,
}

#[derive(Serialize)]
struct InvalidInputJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    code: &'a str,
    detail: &'a str,
}

impl<'a> ProblemJson<'a> {
    /// `instance` is the path of the request.
    pub fn new(problem: &'a Problem, language: Language, instance: &'a str) -> ProblemJson<'a> {
        let Problem { reason, invalid, note, cause, advice, roles, .. } = problem;
        let advice = advice.map(|advice| match language {
            Language::En => advice.en,
            Language::Ko => advice.ko,
        });
        let texts = language.texts(reason);
        let texts = Texts { advice: advice.unwrap_or(texts.advice), ..texts };
        ProblemJson {
            kind: format!("/problems/{}", reason.code),
            title: texts.happened,
            status: status(reason).as_u16(),
            detail: detail(texts, invalid, note.as_deref(), language),
            instance,
            reason: *cause,
            roles,
            errors: invalid.iter().map(|input| InvalidInputJson::new(input, language)).collect(),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl<'a> InvalidInputJson<'a> {
    fn new(input: &'a InvalidInput, language: Language) -> InvalidInputJson<'a> {
        let name = |part| (input.part == part).then_some(input.name.as_str());
        let (field, parameter) = (name(InputPart::Field), name(InputPart::Parameter));
        InvalidInputJson { field, parameter, code: input.code, detail: input.text(language) }
    }
}

fn detail(texts: Texts, invalid: &[InvalidInput], note: Option<&str>, language: Language) -> String {
    let happened = texts.happened;
    if let Some(note) = note {
        return format!("{happened} {note}");
    }
    if invalid.is_empty() {
        return format!("{happened} {}", texts.advice);
    }
    let each = invalid.iter().map(|input| format!("{}: {}", input.name, input.text(language)));
    format!("{happened} {}", each.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Invalid, InvalidField};

    #[test]
    fn every_invalid_field_is_named_in_the_clients_language() {
        let fields = [
            InvalidField { field: "price", why: Invalid::Range(1..=9) },
            InvalidField { field: "customer", why: Invalid::Missing },
        ];
        let problem = Problem::invalid_fields(&fields);
        let problem = ProblemJson::new(&problem, Language::Ko, "/catches");
        assert_eq!(
            problem.detail,
            "빠졌거나 받을 수 없는 항목이 있습니다. price: 1 이상 9 이하여야 합니다; customer: 값이 필요합니다"
        );
    }
}
