//! Certificates and private keys from PEM files: what a server shows under TLS, and what a client believes.
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{Error, ServerConfig, crypto};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a server's certificate, with those above it, and its private key lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFiles {
    pub certificate: PathBuf,
    pub private_key: PathBuf,
}

/// What stands in them. Two of the same bytes are the same certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateTexts {
    files: CertificateFiles,
    certificate: Vec<u8>,
    private_key: Vec<u8>,
}

/// A file that can't be read, or does not hold what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateError {
    pub path: PathBuf,
    pub reason: String,
}

impl CertificateFiles {
    /// # Errors
    /// One of them can't be read.
    pub fn read(&self) -> Result<CertificateTexts, CertificateError> {
        let read = |path: &Path| fs::read(path).map_err(|error| CertificateError::at(path, &error));
        let (certificate, private_key) = (read(&self.certificate)?, read(&self.private_key)?);
        Ok(CertificateTexts { files: self.clone(), certificate, private_key })
    }
}

impl CertificateTexts {
    /// The server's own certificate first.
    ///
    /// # Errors
    /// There is none.
    pub fn chain(&self) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
        parsed(&self.files.certificate, &self.certificate)
    }

    /// A server that shows it under TLS 1.3 and 1.2, to clients that show none.
    ///
    /// # Errors
    /// There is no certificate or no key, or the key is not the certificate's.
    pub fn server_config(&self) -> Result<ServerConfig, CertificateError> {
        let CertificateFiles { certificate, private_key } = &self.files;
        let chain = self.chain()?;
        let key = PrivateKeyDer::from_pem_slice(&self.private_key)
            .map_err(|error| CertificateError::at(private_key, &error))?;
        ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| match error {
                Error::InconsistentKeys(_) => {
                    CertificateError::at(private_key, &format_args!("it is not the key of {}", certificate.display()))
                }
                error => CertificateError::at(certificate, &error),
            })
    }
}

/// Every certificate of a PEM file.
///
/// # Errors
/// It can't be read, or holds none.
pub fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    parsed(path, &fs::read(path).map_err(|error| CertificateError::at(path, &error))?)
}

fn parsed(path: &Path, text: &[u8]) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    let certificates = CertificateDer::pem_slice_iter(text).collect::<Result<Vec<_>, _>>();
    let certificates = certificates.map_err(|error| CertificateError::at(path, &error))?;
    if certificates.is_empty() {
        return Err(CertificateError::at(path, &"no certificate is in this file"));
    }
    Ok(certificates)
}

impl CertificateError {
    pub fn at(path: &Path, reason: &dyn fmt::Display) -> CertificateError {
        CertificateError { path: path.to_path_buf(), reason: reason.to_string() }
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for CertificateError {}
