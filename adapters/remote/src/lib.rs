//! What the processes of one system say to each other over HTTP: messages between contexts, logs of sources, and who owns what.
//!
//! Each process has an internal port that the gateway never serves. [`router`] answers there from an [`Inside`]; [`RemotePeers`] and
//! [`RemoteFeed`] are the ports of a context whose partners are in other processes; [`ProcessClient`] asks the few plain questions. Every
//! request carries a token ([`Signer`]), and nothing is answered without one ([`Guard`]).
//!
//! **To add a question:** its path in `wire.rs`, its handler in `server/`, its method in `client/`.
mod client;
mod feed;
mod inside;
mod keys;
mod peers;
mod problem;
mod serve;
mod server;
mod tasks;
mod tls;
mod tokens;
mod trial_certificate;
mod wire;

pub use client::{Owning, ProcessClient, Unanswered};
pub use feed::{CheckSource, FeedOpening, Heard, News, RemoteFeed};
pub use inside::{Inside, Taken};
pub use keys::{KeyError, KeyPaths, Keys, make_key_pair};
pub use peers::{PeersOpening, RemotePeers};
pub use serve::{serve, serve_tls};
pub use server::router;
pub use tls::{BelievedCertificates, OwnCertificate};
pub use tokens::{GATEWAY, Guard, Issuer, Signer, guarded};
pub use trial_certificate::{TrialPaths, make_trial_certificate};
