//! Real faults on a real process and a real disk: whatever goes wrong around it, nothing is lost, and it says what is the matter.
mod backup;
mod disk;
mod hostile;
mod killed;
mod overload;
mod poison;
mod repeats;
mod slow;
mod text;
#[path = "../it/trip.rs"]
mod trip;
mod wait;
mod wire;
