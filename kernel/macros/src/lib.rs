//! Attributes that turn plain structs and enums into the kernel's records, events, forms and refusals.
mod event;
mod form;
mod record;
mod refusal;

use proc_macro::TokenStream;

/// Data that is stored, sent and shown: serde in camelCase and a schema.
///
/// `#[record] pub struct Trip { pub id: Id, pub starting_point: String }`
#[proc_macro_attribute]
pub fn record(_: TokenStream, item: TokenStream) -> TokenStream {
    record::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Labels: an enum of the names a status can have, written as they stand, or as `#[serde(rename = "…")]` says.
///
/// `#[labels] pub enum Status { #[serde(rename = "approve")] Approve, Cancel }`
#[proc_macro_attribute]
pub fn labels(_: TokenStream, item: TokenStream) -> TokenStream {
    record::labels(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// All that happens in a context, in one enum. Variants marked `#[private]` stay in their context; the others also form the enum
/// `Published`, which other contexts match without a wildcard, so that the compiler sees a forgotten event.
///
/// `#[event("catch")] pub enum Event { CatchRequested(Trip), #[private] Reopened { id: Id } }`
///
/// Where all of them carry the same record, `record()` gives it.
///
/// A changed event gets `#[version(2)]`; `#[event("catch", lift = path)]` names `fn(name, version, body) -> body`, which reads older ones.
#[proc_macro_attribute]
pub fn event(attributes: TokenStream, item: TokenStream) -> TokenStream {
    event::expand(attributes.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// What a client sends: read leniently, checked field by field, described by a schema.
///
/// `#[form] pub struct Hail { pub price: Won, #[form(min = 0)] pub tip: Won, #[form(alias = "qty")] pub quantity: u64 }`
///
/// `#[form(some)]`: none of its fields is needed, but one of them is; its route refuses a form that says nothing.
/// `#[form(example = "{ … }")]`: what one may look like, as JSON, for who tries the documents.
#[proc_macro_attribute]
pub fn form(arguments: TokenStream, item: TokenStream) -> TokenStream {
    form::expand(arguments.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// The reasons for which a rule says no, each with its class and what people are told.
///
/// `#[refusal] pub enum Refusal { #[because(not_allowed_now, en = ["What happened.", "What to do."], ko = ["…", "…"])] NotOpen }`
///
/// `#[because(waits, …)]`: not decided yet; the machine asks again when the thing has changed.
#[proc_macro_attribute]
pub fn refusal(_: TokenStream, item: TokenStream) -> TokenStream {
    refusal::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
