//! The machine part by part: given state and events, when an input comes, then what it says and what is durable.
mod deadline;
mod desk;
mod shop;

mod calls;
mod doubt;
mod driver;
mod events;
mod fence;
mod flush;
mod hidden;
mod parking;
mod repeats;
mod requests;
mod sagas;
mod tombstone;
mod undo;
mod views;
mod waits;
