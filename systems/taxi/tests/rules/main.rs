//! taxi's rules: given what has happened, when a command comes, then events follow or it is refused.
mod catch;
mod faults;
mod message;
mod payment;
mod pickup;
