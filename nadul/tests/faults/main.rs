//! Real faults on a real process and a real disk: whatever goes wrong around it, nothing is lost, and it says what is the matter.
mod killed;
mod poison;
#[path = "../it/trip.rs"]
mod trip;
