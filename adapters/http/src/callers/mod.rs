//! Callers as the edge tells them apart before it knows who they are: where they may be, and how much each of them may ask for.
mod caller_limits;
mod client;
mod failure_limit;
mod request_limit;
mod stream_limit;

pub(crate) use caller_limits::CallerLimits;
pub(crate) use client::Client;
pub(crate) use request_limit::{Counted, LIMIT, POLICY};

use std::net::IpAddr;
use std::sync::Arc;

/// What the `[access]` settings say to the edge of its callers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Callers {
    pub reach: ReachableFrom,
    pub quotas: CallerQuotas,
}

/// From where the edge may be reached, as that depends on whether callers have to prove who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReachableFrom {
    /// From this machine: nobody signs in. There are no quotas.
    #[default]
    Open,
    /// From this machine: everybody signs in, under any name.
    Local,
    /// From anywhere.
    Anywhere,
}

/// How much one caller may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallerQuotas {
    pub requests_per_s: u32,
    /// Requests at once.
    pub burst: u32,
    /// Open live streams.
    pub streams: u32,
    /// Of an address: refused tokens and failed sign-ins.
    pub failures_per_min: u32,
}

impl Default for CallerQuotas {
    fn default() -> CallerQuotas {
        CallerQuotas { requests_per_s: 50, burst: 100, streams: 50, failures_per_min: 10 }
    }
}

/// Whose requests are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CallerKey {
    /// Somebody who is signed in, by the issuer and the subject.
    Person(Arc<str>, Arc<str>),
    /// Whoever is at this address.
    Address(IpAddr),
}
