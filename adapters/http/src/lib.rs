//! The edge: everything of a system that speaks HTTP, made from the system's own value. Routes, responses, live streams, documents, pages for people, operations.
//!
//! [`serve`] opens the ports, and its `routes.rs` says which path leads to which handler. From there: `endpoint/` runs a request, `request/` reads it,
//! `callers/` tells whose it is and how many they may send, `collection/` and `command/` answer it, `problem/` refuses it; `documents/`, `operate/` and `pages/` are all other paths.
//!
//! **To add a reason of the edge's own:** a [`kernel::RefusalReason`] in `problem/reasons.rs`; its page and its place in the documents follow.
//! **To add an endpoint:** a type with [`endpoint::Handler`] in a file of its own, and its path in `serve/routes.rs`.
//! **To add a setting:** a line in `settings.rs`.
mod callers;
mod collection;
mod command;
mod documents;
mod endpoint;
mod negotiate;
mod operate;
mod pages;
mod pass_on;
mod problem;
mod request;
mod response;
mod serve;
mod server;
pub mod settings;
mod sign_in;

pub use callers::{CallerQuotas, Callers, ReachableFrom};
pub use documents::asyncapi::document as asyncapi_document;
pub use documents::openapi::document as openapi_document;
pub use pages::files::{PageFile, PageFiles};
pub use pass_on::{NoAnswer, PassOn, SendOn, SentOn};
pub use serve::{BoundPorts, Edge, EdgeError, Serving, bind, serve, serve_on};
pub use server::hosted_system::HostedSystem;
pub use server::hub::Hub;
pub use server::render_metrics::RenderMetrics;
