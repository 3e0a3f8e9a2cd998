//! Why an edge was not opened.
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};

#[derive(Debug)]
pub enum EdgeError {
    /// What is wrong with the settings, each with its name.
    Settings(Vec<String>),
    /// Nobody proves who they are.
    NotLoopback(IpAddr),
    /// Other machines would be answered without TLS.
    NotEncrypted(IpAddr),
    Port {
        of: String,
        address: SocketAddr,
        error: io::Error,
    },
    NoSystem,
}

impl fmt::Display for EdgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EdgeError::Settings(faults) => {
                let faults: Vec<String> = faults.iter().map(|fault| format!("http.{fault}")).collect();
                f.write_str(&faults.join("\n  "))
            }
            EdgeError::NotLoopback(address) => write!(
                f,
                "http.address {address} can be reached from other machines, and nobody has to prove who they are: use a loopback address such as 127.0.0.1, or access.mode oidc"
            ),
            EdgeError::NotEncrypted(address) => write!(
                f,
                "http.address {address} can be reached from other machines, and nothing is encrypted: set http.tls_cert and http.tls_key, or http.plain_http = true where a proxy or a mesh does TLS"
            ),
            EdgeError::Port { of, address, error } => {
                write!(f, "the port of {of} ({address}) can't be opened: {error}")
            }
            EdgeError::NoSystem => f.write_str("there is no system to serve"),
        }
    }
}

impl std::error::Error for EdgeError {}
