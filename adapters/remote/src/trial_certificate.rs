//! A certificate to try TLS out with: of an authority that signs this one certificate, so that its own key need not be kept.
use crate::keys::{KeyError, write_new};
use crate::tls::server_name;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use std::path::PathBuf;

/// Where the files of a trial lie.
#[derive(Clone, Debug)]
pub struct TrialPaths {
    /// The authority's certificate: what clients believe.
    pub root: PathBuf,
    pub certificate: PathBuf,
    pub private_key: PathBuf,
}

/// One certificate for all these contexts of a system.
///
/// # Errors
/// A file that can't be written, or is there already.
pub fn make_trial_certificate(paths: &TrialPaths, contexts: &[&str], system: &str) -> Result<(), KeyError> {
    let failed = |error: rcgen::Error| KeyError::at(&paths.certificate)(&error);
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.distinguished_name.push(DnType::CommonName, format!("an authority for trying out {system}"));
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().map_err(failed)?).map_err(failed)?;
    let names: Vec<String> = contexts.iter().map(|context| server_name(context, system)).collect();
    let key = KeyPair::generate().map_err(failed)?;
    let certificate = CertificateParams::new(names).and_then(|named| named.signed_by(&key, &authority));
    write_new(&paths.root, &authority.pem())?;
    write_new(&paths.certificate, &certificate.map_err(failed)?.pem())?;
    write_new(&paths.private_key, &key.serialize_pem())
}
