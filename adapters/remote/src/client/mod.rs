//! Asking other processes: one pool of connections, a token with every request, and what it means when no answer comes.
pub(crate) mod ask;
mod connections;
mod plain;

use crate::tls::BelievedCertificates;
use crate::tokens::Signer;
use connections::Connections;
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
pub struct ProcessClient {
    handle: Handle,
    connections: Connections,
    signer: Arc<Signer>,
    owning: Option<Owning>,
}

/// Where the context that asks is owned, and in which epoch, while it is owned by this process: whoever is asked learns of it at once.
pub type Owning = Arc<dyn Fn() -> Option<(String, u64)> + Send + Sync>;

impl ProcessClient {
    pub fn new(handle: Handle, signer: Arc<Signer>) -> ProcessClient {
        ProcessClient { handle, connections: Connections::plain(), signer, owning: None }
    }

    /// One that asks under TLS only, and only who proves to work for the context that is asked.
    pub fn with_tls(handle: Handle, signer: Arc<Signer>, tls: BelievedCertificates) -> ProcessClient {
        ProcessClient { handle, connections: Connections::tls(tls, signer.system()), signer, owning: None }
    }

    /// The same connections, in another name.
    #[must_use]
    pub fn signed_by(&self, signer: Arc<Signer>) -> ProcessClient {
        ProcessClient { signer, ..self.clone() }
    }

    /// The same, for a context that may be owned by this process.
    #[must_use]
    pub fn owning(&self, owning: Owning) -> ProcessClient {
        ProcessClient { owning: Some(owning), ..self.clone() }
    }

    /// Where the tasks run that ask.
    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}
