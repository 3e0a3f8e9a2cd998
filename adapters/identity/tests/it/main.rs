//! Who asks, with a provider on loopback that says what a test wants it to, and a clock that the test moves.
mod issuer;
mod outage;
