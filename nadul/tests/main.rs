//! The binary as its users meet it, all in one test binary: linked once, and a process is started for a file of tests.
mod accept;
mod bookstore;
mod call_taxi;
mod cluster;
mod command_line;
mod contracts;
mod faults;
mod five;
mod fruit;
mod kafka;
mod postgres;
mod promises;
mod reference;
mod stay;
mod taxi;
mod tour;
mod trip;
