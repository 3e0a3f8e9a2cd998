//! What an event-driven service is made of: plain values that can be listed, drawn, checked and run. No I/O, no clock, no async, no randomness.
//!
//! **To add a command:** a variant in the aggregate's `Command`, its arm with its own refusal in `decide`, a route in `context()`.
//! **To add an event:** a variant in `Event`, its arm in `evolve`; the compiler then names every consumer that has to say what it does with it.
//! **To add a policy:** a `match` over another context's `Published` that returns [`then`] or [`nothing`], registered with [`Context::policy`].
//! **To add a view:** a fold per source, a function from the folded value to the row people see, registered with [`Context::view`].
//! **To add a context:** a module with `pub fn context() -> Context`, listed in the system's value.
extern crate self as kernel;

mod access;
mod aggregate;
mod blank;
mod call;
mod caller;
mod check;
mod collection;
mod commit;
mod conservation;
mod consumer;
mod context;
mod decimal;
mod erased;
mod event;
mod example;
mod form;
mod frame;
mod id;
mod id_ranges;
mod life;
mod name;
mod path;
mod policy;
mod refusal;
mod route;
mod saga;
mod sentence;
mod setting;
mod setting_group;
mod setting_value;
mod system;
mod table_name;
mod time;
mod view;

pub use access::{Denied, Grant, Grants, OPERATOR, Permission, Reach, Rights, Role, Whose};
pub use aggregate::{AddressedCommand, Aggregate, Decision, Kind, NewEvent, Rule, Then, fold, nothing, then};
pub use blank::{blank_ranges, is_blank};
pub use call::{CallBody, CallKey, CallRecord, Callee};
pub use caller::{Caller, Owners, Person, Relation, Signature};
pub use check::{DeclarationFault, RESERVED};
pub use collection::{Collection, CollectionBuilder, Find, RowSource, Shown, ShownRow, Sort};
pub use commit::{Commit, Group, Head, KnownStore, Parked, Row, RowChange, Skipped, StateChange, StoredAnswer};
pub use conservation::{Entry, HOLDS, Ledger};
pub use consumer::{Consumer, NoSuchName, SubscriptionKey};
pub use context::{Context, Provider};
pub use decimal::Decimal;
pub use erased::Erased;
pub use event::{Event, EventKind, EventSet, Meta, Recorded};
pub use form::{Body, Field, FieldEdit, FieldSchema, Form, FormLimits, Invalid, InvalidField, Nothing};
pub use id::{Id, Won, pair_key, text_key};
pub use id_ranges::IdRanges;
pub use life::Life;
pub use nadul_kernel_macros::{aggregate, event, form, labels, record, refusal, sentence, state};
pub use name::Name;
pub use path::{PathTemplate, Segment};
pub use policy::{EventContext, Policy};
pub use refusal::{ReasonClass, RefusalReason, RefusalSet, Texts};
pub use route::{
    EmptyReader, ErasedRequest, FormShape, LocalReader, LocalReaderExt, Method, Request, Route, RouteAction,
    RouteBuilder, Success, delete, get, patch, path_id, post, put,
};
pub use saga::{Saga, SagaPlan, SagaSteps, Step, saga};
pub use sentence::Sentence;
pub use setting::{Setting, SettingKind, Settings, TextRule};
pub use setting_value::{Secret, SettingValue};
pub use system::{COMMON_SETTINGS, HOLD_TIMEOUT_MS, PAYMENT_TIMEOUT_MS, System};
pub use table_name::TableName;
pub use time::Timestamp;
pub use view::{Folded, HistoryEntry, SourceFold, View, ViewBuilder};

pub use {schemars, serde, serde_json, uuid};
