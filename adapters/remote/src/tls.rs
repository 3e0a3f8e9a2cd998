//! TLS between processes, by setting: every server has a certificate for the contexts that it works for, and is known by their names
//! whatever its address is.
use crate::keys::KeyError;
use certificates::{CertificateFiles, read_certificates};
use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, RootCertStore, ServerConfig, crypto};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a server shows. Copies are cheap.
#[derive(Clone)]
pub struct OwnCertificate {
    pub(crate) config: Arc<ServerConfig>,
    leaf: CertificateDer<'static>,
    path: PathBuf,
}

/// What a client believes.
#[derive(Clone)]
pub struct BelievedCertificates {
    pub(crate) config: ClientConfig,
}

impl OwnCertificate {
    /// Reads PEM files: a certificate with those above it, for the names `CONTEXT.SYSTEM.nadul`, and its private key.
    ///
    /// # Errors
    /// A file that can't be read, or a key that is not the certificate's.
    pub fn read(certificate: &Path, private_key: &Path) -> Result<OwnCertificate, KeyError> {
        let files = CertificateFiles { certificate: certificate.into(), private_key: private_key.into() };
        let texts = files.read()?;
        let (config, leaf) = (texts.server_config()?, texts.chain()?.swap_remove(0));
        Ok(OwnCertificate { config: Arc::new(config), leaf, path: certificate.to_path_buf() })
    }

    /// # Errors
    /// It is not for the name of a context, so nobody would believe that this process works for it.
    pub fn expect_name(&self, context: &str, system: &str) -> Result<(), KeyError> {
        let name = server_name(context, system);
        let parsed = ParsedCertificate::try_from(&self.leaf).map_err(|error| KeyError::at(&self.path)(&error))?;
        let verified = ServerName::try_from(name.as_str()).map(|known| verify_server_name(&parsed, &known));
        match verified {
            Ok(Ok(())) => Ok(()),
            _ => Err(KeyError::at(&self.path)(&format_args!("it is no certificate for the name {name}"))),
        }
    }
}

impl BelievedCertificates {
    /// Reads the PEM file of the certificates that servers' certificates must lead to.
    ///
    /// # Errors
    /// A file that can't be read, or holds none.
    pub fn read(roots: &Path) -> Result<BelievedCertificates, KeyError> {
        let mut believed = RootCertStore::empty();
        for certificate in read_certificates(roots)? {
            believed.add(certificate).map_err(|error| KeyError::at(roots)(&error))?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| KeyError::at(roots)(&error))?
            .with_root_certificates(believed)
            .with_no_client_auth();
        Ok(BelievedCertificates { config })
    }
}

/// What a server proves to be that is asked for a context.
pub(crate) fn server_name(context: &str, system: &str) -> String {
    format!("{context}.{system}.nadul")
}
