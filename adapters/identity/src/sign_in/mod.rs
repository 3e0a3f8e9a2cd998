//! How somebody signs in with a browser: at a provider and back, or under any name where the key is this data folder's.
mod code_flow;
mod under_way;

pub use code_flow::CodeFlow;

/// The pages' way of a mode.
pub enum PagesSignIn {
    /// A form in which anybody chooses who to be.
    Local,
    AtProvider(Box<CodeFlow>),
}

/// Where a browser goes next, and what it keeps from now on.
#[derive(Debug, PartialEq, Eq)]
pub struct NextPage {
    pub location: String,
    /// Values of `Set-Cookie`.
    pub cookies: Vec<String>,
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInFault {
    /// It is not the way back of somebody who set out here, or the provider said no.
    Failed,
    /// The provider has not told yet where to go.
    Unavailable { retry_after_ms: u64 },
}
