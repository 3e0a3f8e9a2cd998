//! `#[refusal]`: the reasons for which a rule says no.
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Error, ExprArray, Ident, ItemEnum, LitInt, Result, Token};

struct Because {
    status: u16,
    waits: bool,
    en: Option<ExprArray>,
    ko: Option<ExprArray>,
}

impl Parse for Because {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut because = Because { status: 409, waits: false, en: None, ko: None };
        while !input.is_empty() {
            if input.peek(LitInt) {
                because.status = input.parse::<LitInt>()?.base10_parse()?;
            } else {
                let name: Ident = input.parse()?;
                if name == "waits" {
                    because.waits = true;
                } else {
                    input.parse::<Token![=]>()?;
                    let words: ExprArray = input.parse()?;
                    if words.elems.len() != 2 {
                        return Err(Error::new(name.span(), "two texts: what happened, what to do"));
                    }
                    match name.to_string().as_str() {
                        "en" => because.en = Some(words),
                        "ko" => because.ko = Some(words),
                        _ => return Err(Error::new(name.span(), "expected a status, `waits`, `en` or `ko`")),
                    }
                }
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
        let attribute =
            attribute.ok_or_else(|| Error::new(ident.span(), "say why: #[because(409, en = …, ko = …)]"))?;
        let Because { status, waits, en, ko } = attribute.parse_args()?;
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
            quote!(&::kernel::Reason { code: #code, status: #status, waits: #waits, en: #en, ko: #ko }),
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
