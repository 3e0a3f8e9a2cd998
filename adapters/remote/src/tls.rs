//! TLS between processes, by setting: every server has a certificate for the contexts that it works for, and is known by their names
//! whatever its address is.
use crate::keys::KeyError;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig, crypto};
use std::path::Path;
use std::sync::Arc;

/// What a server shows. Copies are cheap.
#[derive(Clone)]
pub struct OwnCertificate {
    pub(crate) config: Arc<ServerConfig>,
}

/// What a client believes.
#[derive(Clone)]
pub struct BelievedCertificates {
    pub(crate) config: ClientConfig,
    system: String,
}

impl OwnCertificate {
    /// Reads PEM files: a certificate with those above it, for the names `CONTEXT.SYSTEM.nadul`, and its private key.
    ///
    /// # Errors
    /// A file that can't be read, or a key that is not the certificate's.
    pub fn read(certificate: &Path, private_key: &Path) -> Result<OwnCertificate, KeyError> {
        let chain = certificates(certificate)?;
        let key = PrivateKeyDer::from_pem_file(private_key).map_err(|error| KeyError::at(private_key)(&error))?;
        let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| KeyError::at(certificate)(&error))?;
        Ok(OwnCertificate { config: Arc::new(config) })
    }
}

impl BelievedCertificates {
    /// Reads the PEM file of the certificates that servers' certificates must lead to.
    ///
    /// # Errors
    /// A file that can't be read, or holds none.
    pub fn read(roots: &Path, system: &str) -> Result<BelievedCertificates, KeyError> {
        let mut believed = RootCertStore::empty();
        for certificate in certificates(roots)? {
            believed.add(certificate).map_err(|error| KeyError::at(roots)(&error))?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| KeyError::at(roots)(&error))?
            .with_root_certificates(believed)
            .with_no_client_auth();
        Ok(BelievedCertificates { config, system: system.into() })
    }

    /// Whom a server must prove to be that is asked for a context.
    pub(crate) fn server_name(&self, context: &str) -> Result<ServerName<'static>, String> {
        ServerName::try_from(format!("{context}.{}.nadul", self.system)).map_err(|error| error.to_string())
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, KeyError> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let certificates = read.map_err(|error| KeyError::at(path)(&error))?;
    if certificates.is_empty() {
        return Err(KeyError::at(path)(&"no certificate is in this file"));
    }
    Ok(certificates)
}
