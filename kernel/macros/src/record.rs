//! `#[record]` and `#[labels]`: serde and a schema.
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, Result};

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

pub fn labels(item: TokenStream) -> Result<TokenStream> {
    let item: syn::ItemEnum = syn::parse2(item)?;
    Ok(quote! {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ::kernel::serde::Serialize, ::kernel::serde::Deserialize, ::kernel::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde")]
        #[schemars(crate = "::kernel::schemars")]
        #item
    })
}
