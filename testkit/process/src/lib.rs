//! The binary as its users meet it: a real process on a folder and a port of its own, asked over HTTP, and killed.
mod event_stream;
mod http_answer;
mod http_client;
mod idle;
mod load;
mod nadul;
mod rows;
mod server;

pub use event_stream::{EventStream, StreamEvent};
pub use http_answer::HttpAnswer;
pub use http_client::HttpClient;
pub use nadul::{CommandOutput, Nadul};
pub use rows::without_links;
pub use server::{ServerProcess, WAIT_LIMIT};
