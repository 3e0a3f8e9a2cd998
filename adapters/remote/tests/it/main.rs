//! Processes of one system talk to each other over TCP: each server here stands for one process.
mod back;
mod broken;
mod feed;
mod peers;
mod questions;
mod rest;
mod support;
mod tls;
mod tokens;
