//! Attributes that turn plain structs and enums into the kernel's records, events, forms and refusals.
mod aggregate;
mod event;
mod form;
mod record;
mod refusal;
mod sentence;
mod texts;

use proc_macro::TokenStream;

/// Rules of one thing: its kind, `decide` and `evolve`.
///
/// `#[aggregate("catch")] impl Catch { fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> { … } fn evolve(self, event: Event) -> Self { … } }`
///
/// It is `impl Aggregate for Catch` with the types of `decide`; write that where an aggregate is generic or has a `VERSION`.
#[proc_macro_attribute]
pub fn aggregate(kind: TokenStream, item: TokenStream) -> TokenStream {
    aggregate::expand(kind.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Data that is stored, sent and shown: serde in camelCase and a schema.
///
/// `#[record] pub struct Trip { pub id: Id, pub starting_point: String }`
#[proc_macro_attribute]
pub fn record(_: TokenStream, item: TokenStream) -> TokenStream {
    record::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// The state of an aggregate: a record that begins with its first variant, before any event.
///
/// `#[state] pub enum Catch { New, Open(Trip), Cancelled(Trip) }`
#[proc_macro_attribute]
pub fn state(_: TokenStream, item: TokenStream) -> TokenStream {
    record::state(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Labels: an enum of the names a status can have, each written as it stands, or as its text says.
///
/// `#[labels] pub enum Status { Approve = "approve", Cancel }`
#[proc_macro_attribute]
pub fn labels(_: TokenStream, item: TokenStream) -> TokenStream {
    record::labels(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// All that happens in a context, in one enum. Events listed as private stay in their context; the others also form the enum
/// `Published`, which other contexts match without a wildcard, so that the compiler sees a forgotten event.
///
/// `#[event("catch", private(Reopened))] pub enum Event { CatchRequested(Trip), Reopened { id: Id } }`
///
/// Where all of them carry the same record, `record()` gives it. An enum that is itself called `Published` is the published part of
/// a context whose private events are another crate's.
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

/// The reasons for which a rule says no, each with its class. Its code is its name: `not-open`. What happened and what to do stand under
/// the code in the crate's `texts/en.toml` and `texts/ko.toml`: `not-open = ["This request is not open.", "Pick another one."]`.
///
/// `#[refusal] pub enum Refusal { NotOpen = NotAllowedNow, #[waits] StopInDoubt = Unavailable }`
///
/// `#[waits]`: not decided yet; the machine asks again when the thing has changed.
#[proc_macro_attribute]
pub fn refusal(_: TokenStream, item: TokenStream) -> TokenStream {
    refusal::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A sentence for a customer, from the crate's `texts/en.toml` and `texts/ko.toml`: `refunded = "{price} won were refunded."`.
///
/// `sentence!("refunded", price)`, `sentence!("refunded", price = paid.price)`
#[proc_macro]
pub fn sentence(item: TokenStream) -> TokenStream {
    sentence::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
