//! `#[record]`, `#[state]` and `#[labels]`: serde and a schema.
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, Expr, ExprLit, Fields, Item, ItemEnum, Lit, Result, parse_quote};

pub fn expand(item: TokenStream) -> Result<TokenStream> {
    let item: Item = syn::parse2(item)?;
    let rename = match &item {
        Item::Enum(_) => quote!(rename_all = "camelCase", rename_all_fields = "camelCase"),
        _ => quote!(rename_all = "camelCase"),
    };
    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, ::kernel::serde::Serialize, ::kernel::serde::Deserialize, ::kernel::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde", #rename)]
        #[schemars(crate = "::kernel::schemars")]
        #item
    })
}

/// A record whose first variant is its default.
pub fn state(item: TokenStream) -> Result<TokenStream> {
    let mut item: ItemEnum = syn::parse2(item)?;
    let name = item.ident.clone();
    match item.variants.first_mut().filter(|first| matches!(first.fields, Fields::Unit)) {
        Some(first) => first.attrs.push(parse_quote!(#[default])),
        None => return Err(Error::new(name.span(), "a state begins with the variant before the first event: `New`")),
    }
    expand(quote!(#[derive(Default)] #item))
}

pub fn labels(item: TokenStream) -> Result<TokenStream> {
    let mut item: ItemEnum = syn::parse2(item)?;
    for variant in &mut item.variants {
        match variant.discriminant.take() {
            Some((_, Expr::Lit(ExprLit { lit: Lit::Str(text), .. }))) => {
                variant.attrs.push(parse_quote!(#[serde(rename = #text)]));
            }
            Some((_, other)) => return Err(Error::new_spanned(other, "a label is written as a text")),
            None => {}
        }
    }
    Ok(quote! {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ::kernel::serde::Serialize, ::kernel::serde::Deserialize, ::kernel::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde")]
        #[schemars(crate = "::kernel::schemars")]
        #item
    })
}
