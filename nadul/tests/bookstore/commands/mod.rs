//! The commands of a shop owner, a buyer, a seller and a courier, each with its good and its refused answers.
mod books;
mod courier;
mod orders;
mod seller;
