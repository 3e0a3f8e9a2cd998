//! The commands of a host and of a guest, each with its good and its refused answers.
mod offers;
mod reservations;
mod reviews;
