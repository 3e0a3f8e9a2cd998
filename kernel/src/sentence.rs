//! A sentence people are told, in each language.

/// Written by `sentence!`, from the texts of the crate that tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub en: String,
    pub ko: String,
}
