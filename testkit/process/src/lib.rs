//! The binary as its users meet it: a real process on a folder and a port of its own, or many behind a gateway, asked over HTTP, and killed.
mod cluster;
mod event_stream;
mod http_answer;
mod http_client;
mod idle;
mod load;
mod nadul;
mod ports;
mod rows;
mod served;
mod server;
mod stack;

pub use cluster::{Cluster, ClusterPlan};
pub use event_stream::{EventStream, StreamEvent};
pub use http_answer::HttpAnswer;
pub use http_client::HttpClient;
pub use nadul::{CommandOutput, Nadul};
pub use ports::free_port;
pub use rows::without_links;
pub use server::{ServerProcess, WAIT_LIMIT};
pub use stack::is_left_out;
