//! Asking other processes: one pool of connections, a token with every request, and what it means when no answer comes.
pub(crate) mod ask;
mod connections;
mod plain;

use crate::tls::ClientTls;
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
pub struct Client {
    handle: Handle,
    connections: Connections,
    signer: Arc<Signer>,
}

impl Client {
    pub fn new(handle: Handle, signer: Arc<Signer>) -> Client {
        Client { handle, connections: Connections::plain(), signer }
    }

    /// One that asks under TLS only, and only who proves to work for the context that is asked.
    pub fn with_tls(handle: Handle, signer: Arc<Signer>, tls: ClientTls) -> Client {
        Client { handle, connections: Connections::tls(tls), signer }
    }

    /// The same connections, in another name.
    #[must_use]
    pub fn signed_by(&self, signer: Arc<Signer>) -> Client {
        Client { signer, ..self.clone() }
    }

    /// Where the tasks run that ask.
    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}
