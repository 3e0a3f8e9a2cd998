//! A Kafka broker for tests: Apache Kafka itself, fetched by Maven, in a folder of its own, and gone with the process that started it.
//!
//! `NADUL_TEST_KAFKA=host:port` names a broker to be used instead, for tests that leave it as it is and need to know neither its users nor its certificate.
mod broker;
mod certificate;
mod jars;
mod shell;
mod topic;

pub use broker::{KafkaBroker, PASSWORD, USER};
pub use topic::{ReadMessage, Topic};
