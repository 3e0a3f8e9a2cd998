//! The edge: everything of a system that speaks HTTP, made from the system's own value. Routes, answers, live streams, documents, pages for people, operations.
//!
//! **To add a cause of the edge's own:** a [`kernel::Reason`] in `cause.rs`, listed in its `ALL`; its page and its place in the documents follow.
//! **To add an endpoint:** a type with [`door::Handle`] in a file of its own, hung in `site.rs` or `house.rs`.
//! **To add a setting:** a line in `settings.rs`, in both tables.
mod accept;
mod answer;
mod asyncapi;
mod board;
mod body;
mod call;
mod cause;
mod collection;
mod collection_ref;
mod command;
mod cors;
mod docs;
mod door;
mod edge;
mod field;
mod filter;
mod hal;
mod health;
mod house;
mod hub;
mod index;
mod language;
mod listen;
mod live;
mod meter;
mod metrics_page;
mod openapi;
mod operator;
mod precondition;
mod problem;
mod problem_page;
mod query;
mod reads;
mod render_metrics;
mod repeat;
mod row;
mod sandbox;
pub mod settings;
mod site;
mod status;
mod trace;
mod wait;

pub use asyncapi::document as asyncapi_document;
pub use edge::{Edge, EdgeError, Hosted, Serving, serve};
pub use hub::Hub;
pub use openapi::document as openapi_document;
pub use render_metrics::RenderMetrics;
