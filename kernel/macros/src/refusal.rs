//! `#[refusal]`: the reasons for which a rule says no.
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Error, ExprArray, Ident, ItemEnum, Result, Token};

struct Because {
    class: Option<Ident>,
    waits: bool,
    en: Option<ExprArray>,
    ko: Option<ExprArray>,
}

const EXPECTED: &str =
    "expected `invalid`, `declined`, `forbidden`, `not_found`, `not_allowed_now`, `unavailable`, `waits`, `en` or `ko`";

/// The variant of `ReasonClass` that a word names.
fn class(word: &str) -> Option<Ident> {
    let variant = match word {
        "invalid" => "Invalid",
        "declined" => "Declined",
        "forbidden" => "Forbidden",
        "not_found" => "NotFound",
        "not_allowed_now" => "NotAllowedNow",
        "unavailable" => "Unavailable",
        _ => return None,
    };
    Some(format_ident!("{variant}"))
}

/// `= ["What happened.", "What to do."]`.
fn two_texts(name: &Ident, input: ParseStream) -> Result<ExprArray> {
    input.parse::<Token![=]>()?;
    let texts: ExprArray = input.parse()?;
    if texts.elems.len() == 2 {
        Ok(texts)
    } else {
        Err(Error::new(name.span(), "two texts: what happened, what to do"))
    }
}

impl Parse for Because {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut because = Because { class: None, waits: false, en: None, ko: None };
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            match name.to_string().as_str() {
                "waits" => because.waits = true,
                "en" => because.en = Some(two_texts(&name, input)?),
                "ko" => because.ko = Some(two_texts(&name, input)?),
                word => because.class = Some(class(word).ok_or_else(|| Error::new(name.span(), EXPECTED))?),
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(because)
    }
}

pub fn expand(item: TokenStream) -> Result<TokenStream> {
    let mut item: ItemEnum = syn::parse2(item)?;
    let name = item.ident.clone();
    let mut arms = vec![];
    for variant in &mut item.variants {
        let ident = &variant.ident;
        let attribute = variant.attrs.iter().find(|a| a.path().is_ident("because"));
        let attribute = attribute
            .ok_or_else(|| Error::new(ident.span(), "say why: #[because(not_allowed_now, en = …, ko = …)]"))?;
        let Because { class, waits, en, ko } = attribute.parse_args()?;
        let class = class
            .ok_or_else(|| Error::new(ident.span(), "say which kind of no it is: `not_allowed_now`, `not_found`, …"))?;
        let en = en.ok_or_else(|| Error::new(ident.span(), "English words are missing"))?.elems;
        let ko = ko.ok_or_else(|| Error::new(ident.span(), "Korean words are missing"))?.elems;
        let code = kebab(&ident.to_string());
        let words = |two: &syn::punctuated::Punctuated<syn::Expr, Token![,]>| {
            let (happened, advice) = (&two[0], &two[1]);
            quote!(::kernel::Texts { happened: #happened, advice: #advice })
        };
        let (en, ko) = (words(&en), words(&ko));
        arms.push((
            ident.clone(),
            quote!(&::kernel::Reason { code: #code, class: ::kernel::ReasonClass::#class, waits: #waits, en: #en, ko: #ko }),
        ));
        variant.attrs.retain(|a| !a.path().is_ident("because"));
    }
    let (idents, reasons): (Vec<_>, Vec<_>) = arms.into_iter().unzip();
    Ok(quote! {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #item
        impl ::kernel::RefusalSet for #name {
            const ALL: &'static [&'static ::kernel::Reason] = &[#(#reasons),*];
            fn reason(self) -> &'static ::kernel::Reason {
                match self { #(Self::#idents => #reasons),* }
            }
        }
        impl From<#name> for &'static ::kernel::Reason {
            fn from(refusal: #name) -> Self { ::kernel::RefusalSet::reason(refusal) }
        }
    })
}

fn kebab(camel: &str) -> String {
    let mut text = String::new();
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}
