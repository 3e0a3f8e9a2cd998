//! `sentence!("refunded", price)`: a sentence of the crate's texts in each language, its `{price}` filled in.
use crate::texts::{CrateTexts, TextEntry, tracked};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Expr, Ident, LitStr, Result, Token};

struct Arguments {
    name: LitStr,
    values: Vec<(Ident, Expr)>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream) -> Result<Self> {
        let name = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        let values = Punctuated::<Given, Token![,]>::parse_terminated(input)?;
        Ok(Arguments { name, values: values.into_iter().map(|Given(name, value)| (name, value)).collect() })
    }
}

/// `price`, or `price = paid.price`.
struct Given(Ident, Expr);

impl Parse for Given {
    fn parse(input: ParseStream) -> Result<Self> {
        let name: Ident = input.parse()?;
        let value =
            if input.parse::<Option<Token![=]>>()?.is_some() { input.parse()? } else { syn::parse_quote!(#name) };
        Ok(Given(name, value))
    }
}

pub fn expand(item: TokenStream) -> Result<TokenStream> {
    let Arguments { name, values } = syn::parse2(item)?;
    let (at, tracked) = (name.span(), tracked());
    let texts = CrateTexts::read(at)?;
    let entries = texts.get(&name.value(), at)?;
    if let Some((unused, _)) = values.iter().find(|(value, _)| !entries.iter().any(|entry| names(entry, value))) {
        return Err(Error::new(unused.span(), format!("no language of {} says {{{unused}}}", name.value())));
    }
    let [en, ko] = entries.map(|entry| filled(entry, &values, at));
    let (en, ko) = (en?, ko?);
    let values = values.iter().map(|(name, value)| quote!(let #name = &#value;));
    Ok(quote!({ #tracked #(#values)* ::kernel::Sentence { en: #en, ko: #ko } }))
}

fn names(entry: TextEntry<'_>, value: &Ident) -> bool {
    entry.as_str().is_some_and(|text| text.contains(&format!("{{{value}}}")))
}

fn filled(entry: TextEntry<'_>, values: &[(Ident, Expr)], at: Span) -> Result<TokenStream> {
    let text = entry.as_str().ok_or_else(|| Error::new(at, "a sentence is one text"))?;
    let text = LitStr::new(text, at);
    let values = values.iter().filter(|(name, _)| names(entry, name)).map(|(name, _)| quote!(#name = #name));
    Ok(quote!(::std::format!(#text, #(#values),*)))
}
