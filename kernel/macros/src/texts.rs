//! What people are told, in `texts/en.toml` and `texts/ko.toml` of the crate that uses it: found by name when the crate is compiled.
use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::path::Path;
use syn::{Error, Result};
use toml::{Table, Value};

const LANGUAGES: [&str; 2] = ["en", "ko"];

/// The texts of one crate, by language.
pub struct CrateTexts([Table; 2]);

/// What one language says under one name.
pub type TextEntry<'a> = &'a Value;

impl CrateTexts {
    pub fn read(at: Span) -> Result<CrateTexts> {
        let folder = std::env::var("CARGO_MANIFEST_DIR").map_err(|_| Error::new(at, "cargo names no folder"))?;
        let table = |language: &str| {
            let path = Path::new(&folder).join("texts").join(language).with_extension("toml");
            let wrong = |why: String| Error::new(at, format!("{}: {why}", path.display()));
            let text = std::fs::read_to_string(&path).map_err(|why| wrong(why.to_string()))?;
            text.parse::<Table>().map_err(|why| wrong(why.to_string()))
        };
        let [en, ko] = LANGUAGES.map(table);
        Ok(CrateTexts([en?, ko?]))
    }

    /// The same name in each language.
    pub fn get(&self, name: &str, at: Span) -> Result<[TextEntry<'_>; 2]> {
        let entry = |language: usize| {
            let missing = || Error::new(at, format!("texts/{}.toml has no {name}", LANGUAGES[language]));
            self.0[language].get(name).ok_or_else(missing)
        };
        Ok([entry(0)?, entry(1)?])
    }
}

/// What makes cargo compile a crate again when its texts have changed.
pub fn tracked() -> TokenStream {
    let track = LANGUAGES.map(|language| {
        let file = format!("/texts/{language}.toml");
        quote!(
            const _: &str = ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #file));
        )
    });
    quote!(#(#track)*)
}
