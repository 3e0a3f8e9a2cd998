//! The port to where the contexts of a system are worked for, as far as it is known at the moment.
//!
//! What it says may be old: who is asked and is not the owner says so, nothing is done, and the directory is asked again.

pub trait Directory: Send + Sync {
    /// The base of the internal address of a context's owner; `None`: it is not known now.
    fn owner(&self, context: &str) -> Option<String>;

    /// Bases of the internal addresses where a context can be read, the best one first.
    fn readers(&self, context: &str) -> Vec<String>;

    /// Who was asked there is gone, or not the owner: a newer answer is wanted soon.
    fn doubt(&self, context: &str, url: &str);
}
