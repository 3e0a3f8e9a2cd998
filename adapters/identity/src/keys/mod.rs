//! The keys under which tokens are proven: of a provider, or of this data folder.
pub mod issuer_keys;
mod key_set;
pub mod local_key;
pub mod provider;

pub use issuer_keys::IssuerKeys;
pub use key_set::KeySet;
pub use local_key::LocalKey;
