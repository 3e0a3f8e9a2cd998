//! Measures a system under load: what a request costs, what its views lag, and how far that is from what the machine can do.
//!
//! To add a system: its request in `mix.rs`. To add a figure: where it is measured, and a line in `measure.rs`.
mod bare_commit;
mod bare_server;
mod bearers;
mod cluster;
mod connection;
mod figures;
mod growth;
mod load;
mod load_run;
mod measure;
pub mod mix;
mod newcomer;
mod options;
mod overload_trial;
mod process;
mod reads;
mod report;
mod run;
pub mod times;
mod trial;
mod users;
mod watch;

pub use bearers::{OPERATOR, Sign};
pub use measure::run;
pub use mix::ALL;
pub use options::{BenchOptions, ClusterOptions};
pub use overload_trial::OverloadTrial;
pub use report::BenchReport;
