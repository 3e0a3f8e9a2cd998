//! The edge over real HTTP on loopback, with whole systems behind it on stores in memory.
mod cancel;
mod client;
mod collections;
mod documents;
mod headers;
mod live;
mod lives;
mod operations;
mod overload;
mod place;
mod problems;
mod protocol;
mod repeats;
mod several;
mod test_server;
mod trust;
mod wait;
