//! The commands of a customer and of a driver, each with its good and its refused answers.
mod customer;
mod driver;
