//! `#[refusal]`: the reasons for which a rule says no. What people are told stands in the crate's texts, under the reason's code.
use crate::texts::{CrateTexts, TextEntry, tracked};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Error, Expr, ItemEnum, Result, Variant};

pub fn expand(item: TokenStream) -> Result<TokenStream> {
    let mut item: ItemEnum = syn::parse2(item)?;
    let texts = CrateTexts::read(item.ident.span())?;
    let reasons = item.variants.iter_mut().map(|variant| reason(variant, &texts)).collect::<Result<Vec<_>>>()?;
    let (name, idents, tracked) = (&item.ident, item.variants.iter().map(|variant| &variant.ident), tracked());
    Ok(quote! {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #item
        #tracked
        impl ::kernel::RefusalSet for #name {
            const ALL: &'static [&'static ::kernel::RefusalReason] = &[#(#reasons),*];
            fn reason(self) -> &'static ::kernel::RefusalReason {
                match self { #(Self::#idents => #reasons),* }
            }
        }
        impl From<#name> for &'static ::kernel::RefusalReason {
            fn from(refusal: #name) -> Self { ::kernel::RefusalSet::reason(refusal) }
        }
    })
}

/// One variant's reason; its class and `#[waits]` are taken off the variant.
fn reason(variant: &mut Variant, texts: &CrateTexts) -> Result<TokenStream> {
    let at = variant.ident.span();
    let Some((_, Expr::Path(class))) = variant.discriminant.take() else {
        return Err(Error::new(at, "say which class of no it is: `NotOpen = NotAllowedNow`"));
    };
    let code = kebab(&variant.ident.to_string());
    let [en, ko] = texts.get(&code, at)?;
    let (en, ko) = (two(en, &code, at)?, two(ko, &code, at)?);
    let waits = variant.attrs.iter().any(|a| a.path().is_ident("waits"));
    variant.attrs.retain(|a| !a.path().is_ident("waits"));
    Ok(
        quote!(&::kernel::RefusalReason { code: #code, class: ::kernel::ReasonClass::#class, waits: #waits, en: #en, ko: #ko }),
    )
}

fn two(entry: TextEntry<'_>, code: &str, at: Span) -> Result<TokenStream> {
    let texts: Option<Vec<&str>> =
        entry.as_array().map(|both| both.iter().map(|text| text.as_str().unwrap_or_default()).collect());
    let Some([happened, advice]) = texts.as_deref() else {
        return Err(Error::new(at, format!("{code} needs two texts: what happened, what to do")));
    };
    Ok(quote!(::kernel::Texts { happened: #happened, advice: #advice }))
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
