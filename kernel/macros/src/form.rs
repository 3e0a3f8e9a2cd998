//! `#[form]`: what a client sends, read field by field.
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, Fields, ItemStruct, LitStr, Meta, Result, Token, parse_quote};

pub fn expand(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let mut item: ItemStruct = syn::parse2(item)?;
    for argument in Punctuated::<Meta, Token![,]>::parse_terminated.parse2(arguments)? {
        item.attrs.push(note(&argument)?);
    }
    let name = item.ident.clone();
    if matches!(item.fields, Fields::Unnamed(_)) {
        return Err(Error::new(name.span(), "a form has named fields"));
    }
    let (mut reads, mut names, mut sender) = (vec![], vec![], quote!(None));
    for field in item.fields.iter_mut() {
        let ident = field.ident.clone().ok_or_else(|| Error::new(name.span(), "a form has named fields"))?;
        let (mut min, mut alias, mut person, mut noted) = (quote!(None), quote!(None), quote!(false), vec![]);
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("form")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("min") {
                    let value: Expr = meta.value()?.parse()?;
                    min = quote!(Some(#value));
                    noted.push(syn::parse_quote!(#[schemars(extend("x-min" = #value))]));
                } else if meta.path.is_ident("alias") {
                    let value: LitStr = meta.value()?.parse()?;
                    alias = quote!(Some(#value));
                    noted.push(syn::parse_quote!(#[schemars(extend("x-alias" = #value))]));
                } else if meta.path.is_ident("person") {
                    person = quote!(true);
                    noted.push(syn::parse_quote!(#[schemars(extend("x-person" = true))]));
                } else {
                    return Err(meta.error("a field of a form knows `min`, `alias` and `person`"));
                }
                Ok(())
            })?;
        }
        field.attrs.retain(|a| !a.path().is_ident("form"));
        field.attrs.extend(noted); // for whoever describes the form as it is read
        let text = camel(&ident.to_string());
        if person.to_string() == "true" {
            sender = quote!(Some(#text));
        }
        let schema = quote!(::kernel::FieldSchema { name: #text, min: #min, alias: #alias, person: #person });
        let kind = &field.ty;
        let read = quote_spanned!(kind.span() => body.field::<#kind>); // a type that can't be sent is pointed at
        reads.push(quote!(let #ident = #read(&#schema, &mut wrong);));
        names.push(ident);
    }
    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, ::kernel::schemars::JsonSchema)]
        #[schemars(crate = "::kernel::schemars", rename_all = "camelCase")]
        #item
        impl ::kernel::Form for #name {
            const PERSON: Option<&'static str> = #sender;
            fn read(body: &::kernel::Body<'_>) -> ::std::result::Result<Self, Vec<::kernel::InvalidField>> {
                #[allow(unused_mut)]
                let mut wrong = Vec::new();
                #(#reads)*
                match (#(#names,)*) {
                    (#(Some(#names),)*) if wrong.is_empty() => Ok(Self { #(#names),* }),
                    _ => Err(wrong),
                }
            }
        }
    })
}

/// What is said of a form as a whole, for whoever describes it.
fn note(argument: &Meta) -> Result<Attribute> {
    match argument {
        Meta::Path(path) if path.is_ident("some") => Ok(parse_quote!(#[schemars(extend("x-some" = true))])),
        Meta::NameValue(named) if named.path.is_ident("example") => {
            let text = &named.value;
            Ok(parse_quote!(#[schemars(extend("x-example" = #text))]))
        }
        other => Err(Error::new_spanned(other, "a form knows `some` and `example`")),
    }
}

fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let first = words.next().unwrap_or_default().to_string();
    words.fold(first, |text, word| {
        let mut letters = word.chars();
        let head = letters.next().map(|c| c.to_ascii_uppercase().to_string()).unwrap_or_default();
        text + &head + letters.as_str()
    })
}
