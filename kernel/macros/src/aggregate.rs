//! `#[aggregate("kind")]`: an `impl` with `decide` and `evolve` becomes an `Aggregate`; its types are those of `decide`.
use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Error, FnArg, GenericArgument, ImplItem, ImplItemFn, ItemImpl, LitStr, PathArguments, Result, ReturnType, Type,
};

const SHAPE: &str = "an aggregate has `fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal>`";

pub fn expand(kind: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let kind: LitStr = syn::parse2(kind)?;
    let ItemImpl { generics, self_ty, items, .. } = syn::parse2(item)?;
    let decide = items.iter().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == "decide" => Some(function),
        _ => None,
    });
    let (command, event, refusal) = decide.and_then(types).ok_or_else(|| Error::new_spanned(&self_ty, SHAPE))?;
    Ok(quote! {
        impl #generics ::kernel::Aggregate for #self_ty {
            const KIND: ::kernel::Name = #kind;
            type Command = #command;
            type Event = #event;
            type Refusal = #refusal;
            #(#items)*
        }
    })
}

/// The command, the event and the refusal of a `decide`.
fn types(decide: &ImplItemFn) -> Option<(&Type, &Type, &Type)> {
    let FnArg::Typed(command) = decide.sig.inputs.get(1)? else { return None };
    let ReturnType::Type(_, result) = &decide.sig.output else { return None };
    let [events, refusal] = arguments(result)?[..] else { return None };
    let [event] = arguments(events)?[..] else { return None };
    Some((&command.ty, event, refusal))
}

/// The types between the angle brackets of a type.
fn arguments(of: &Type) -> Option<Vec<&Type>> {
    let Type::Path(path) = of else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    let types = arguments.args.iter().map(|argument| match argument {
        GenericArgument::Type(argument) => Some(argument),
        _ => None,
    });
    types.collect()
}
