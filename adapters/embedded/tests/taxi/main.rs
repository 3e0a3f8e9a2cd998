//! Taxi at work in this process, through the port that its edge holds.
mod town;

mod lifecycle;
mod readiness;
mod relay;
mod requests;
mod sandbox;
mod snapshots;
