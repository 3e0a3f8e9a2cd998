//! `#[event("context")]`: the enum of all events, and `Published`, the part other contexts may subscribe to.
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Error, Fields, ItemEnum, LitInt, LitStr, Path, Result, Token, Variant};

struct Arguments {
    context: LitStr,
    lift: Option<Path>,
    private: Vec<syn::Ident>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut arguments = Arguments { context: input.parse()?, lift: None, private: vec![] };
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let name: syn::Ident = input.parse()?;
            if name == "lift" {
                input.parse::<Token![=]>()?;
                arguments.lift = Some(input.parse()?);
            } else if name == "private" {
                let names;
                syn::parenthesized!(names in input);
                arguments.private = names.parse_terminated(syn::Ident::parse, Token![,])?.into_iter().collect();
            } else {
                return Err(Error::new(name.span(), "expected `private(Event, …)` or `lift = path`"));
            }
        }
        Ok(arguments)
    }
}

struct Kind {
    variant: Variant,
    private: bool,
    version: u32,
}

fn kind(mut variant: Variant, private: &[syn::Ident]) -> Result<Kind> {
    let private = private.contains(&variant.ident);
    let version = match variant.attrs.iter().find(|a| a.path().is_ident("version")) {
        Some(attribute) => attribute.parse_args::<LitInt>()?.base10_parse()?,
        None => 1,
    };
    variant.attrs.retain(|a| !a.path().is_ident("version"));
    if matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() != 1) {
        return Err(Error::new(variant.ident.span(), "an event has named fields or one record"));
    }
    Ok(Kind { variant, private, version })
}

pub fn expand(attributes: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let Arguments { context, lift, private } = syn::parse2(attributes)?;
    let item: ItemEnum = syn::parse2(item)?;
    let (visibility, name, docs) = (&item.vis, &item.ident, &item.attrs);
    if let Some(unknown) = private.iter().find(|name| !item.variants.iter().any(|variant| variant.ident == **name)) {
        return Err(Error::new(unknown.span(), "no event has this name"));
    }
    let kinds = item.variants.iter().cloned().map(|v| kind(v, &private)).collect::<Result<Vec<_>>>()?;
    let published: Vec<&Kind> = kinds.iter().filter(|k| !k.private).collect();
    let all: Vec<&Kind> = kinds.iter().collect();
    let everything = enumeration(quote!(#(#docs)* #visibility enum #name), &all);
    let published_name = format_ident!("Published");
    let published_enum = enumeration(
        quote!(#[doc = "What other contexts may subscribe to."] #visibility enum #published_name),
        &published,
    );
    let own = event_set(name, &context, &lift, &all);
    let own_record = record(name, &all);
    if name == "Published" {
        return Ok(quote!(#everything #own #own_record));
    }
    let others = event_set(&published_name, &context, &lift, &published);
    let arms = published.iter().map(|kind| {
        let ident = &kind.variant.ident;
        match &kind.variant.fields {
            Fields::Unit => quote!(#name::#ident => Some(#published_name::#ident)),
            Fields::Unnamed(_) => quote!(#name::#ident(event) => Some(#published_name::#ident(event.clone()))),
            Fields::Named(fields) => {
                let names: Vec<_> = fields.named.iter().map(|f| &f.ident).collect();
                quote!(#name::#ident { #(#names),* } => Some(#published_name::#ident { #(#names: #names.clone()),* }))
            }
        }
    });
    let others_record = record(&published_name, &published);
    let rest = kinds.iter().any(|k| k.private).then(|| quote!(_ => None,));
    Ok(quote! {
        #everything
        #published_enum
        #own
        #others
        #own_record
        #others_record
        impl ::kernel::Event for #name {
            type Published = #published_name;
            fn published(&self) -> Option<#published_name> {
                match self { #(#arms,)* #rest }
            }
        }
    })
}

fn enumeration(head: TokenStream, kinds: &[&Kind]) -> TokenStream {
    let variants = kinds.iter().map(|k| &k.variant);
    quote! {
        #[derive(Clone, Debug, PartialEq, ::kernel::serde::Serialize, ::kernel::serde::Deserialize, ::kernel::schemars::JsonSchema)]
        #[serde(crate = "::kernel::serde", tag = "eventType", rename_all_fields = "camelCase")]
        #[schemars(crate = "::kernel::schemars")]
        #head { #(#variants),* }
    }
}

/// Where every event carries the same record, that one can be had without asking which event it is.
fn record(name: &syn::Ident, kinds: &[&Kind]) -> Option<TokenStream> {
    let carried = |kind: &&Kind| match &kind.variant.fields {
        Fields::Unnamed(fields) => fields.unnamed.first().map(|field| field.ty.to_token_stream()),
        Fields::Named(_) | Fields::Unit => None,
    };
    let first = kinds.first().and_then(carried)?;
    let same = |kind: &&Kind| carried(kind).is_some_and(|record| record.to_string() == first.to_string());
    if !kinds.iter().all(same) {
        return None;
    }
    let idents = kinds.iter().map(|kind| &kind.variant.ident);
    Some(quote! {
        impl #name {
            /// What each of these events carries.
            pub fn record(&self) -> &#first {
                match self { #(Self::#idents(record))|* => record }
            }
        }
    })
}

fn event_set(name: &syn::Ident, context: &LitStr, lift: &Option<Path>, kinds: &[&Kind]) -> TokenStream {
    let table = kinds.iter().map(|k| {
        let (ident, published, version) = (k.variant.ident.to_string(), !k.private, k.version);
        quote!(::kernel::EventKind { name: #ident, published: #published, version: #version })
    });
    let arms = kinds.iter().map(|k| {
        let (ident, text) = (&k.variant.ident, k.variant.ident.to_string());
        quote!(Self::#ident { .. } => #text)
    });
    let lift = lift.as_ref().map(|path| {
        quote! {
            fn lift(name: &str, version: u32, body: ::kernel::serde_json::Value) -> ::kernel::serde_json::Value {
                #path(name, version, body)
            }
        }
    });
    let name_fn = if kinds.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms),* }) };
    quote! {
        impl ::kernel::EventSet for #name {
            const SOURCE: &'static str = #context;
            const KINDS: &'static [::kernel::EventKind] = &[#(#table),*];
            fn name(&self) -> &'static str { #name_fn }
            #lift
        }
    }
}
