//! Asking other processes.
use crate::tokens::Signer;
use kernel::Head;
use runtime::port::replica::Ownership;
use std::sync::Arc;
use tokio::runtime::Handle;

/// Why a question got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// Nothing was done: nobody was there, or the process that was asked said so.
    Untouched(String),
    /// It was asked, and may have been done.
    Unknown(String),
}

/// Asks in the name of one context, or of the gateway. Copies share their connections.
#[derive(Clone)]
pub struct Client {
    _handle: Handle,
}

impl Client {
    pub fn new(handle: Handle, _signer: Arc<Signer>) -> Client {
        Client { _handle: handle }
    }

    /// The same connections, in another name.
    #[must_use]
    pub fn signed_by(&self, _signer: Arc<Signer>) -> Client {
        self.clone()
    }

    /// Who owns a context and who is there, as the process at this base knows it.
    pub async fn replicas(&self, _base: &str, _context: &str) -> Result<Ownership, Unanswered> {
        Err(Unanswered::Untouched("not yet".into()))
    }

    /// What is durable in a context.
    pub async fn head(&self, _base: &str, _context: &str) -> Result<Head, Unanswered> {
        Err(Unanswered::Untouched("not yet".into()))
    }

    /// Tells an heir that the context was given to it.
    pub async fn yours(&self, _base: &str, _context: &str) -> Result<(), Unanswered> {
        Err(Unanswered::Untouched("not yet".into()))
    }
}
