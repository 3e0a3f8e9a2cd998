//! Who somebody is: tokens of an OpenID Connect provider or of this data folder, and the sessions of pages.
//!
//! [`Identity`] is opened once a process and asked for each request. From there: `token/` takes a token apart, proves it under `keys/` and checks its
//! claims; `session/` is what a browser keeps; `sign_in/` is its way to a provider and back.
//!
//! **Invariant:** nothing of a token or a cookie is repeated in an answer or written to a log.
//! **To take another algorithm:** a line in `token/compact.rs`, its keys in `keys/key_set.rs`, its signature in the crate `signatures`.
mod identity;
mod keys;
mod not_believed;
mod private_file;
mod provider_client;
mod return_path;
mod session;
pub mod settings;
mod sign_in;
mod signed_in;
mod taken;
mod token;

pub use identity::{Identity, Opening};
pub use keys::LocalKey;
pub use keys::local_key::Bearing;
pub use not_believed::NotBelieved;
pub use settings::{AccessMode, AccessSettings};
pub use sign_in::{NextPage, PagesSignIn, SignInFault};
pub use signed_in::{Evidence, SignedIn, is_subject, person};
