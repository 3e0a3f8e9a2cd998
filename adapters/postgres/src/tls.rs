//! Whether a connection is encrypted, and whose certificate is believed.
use crate::fault::{Done, failed};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::path::PathBuf;
use std::sync::Arc;
use tokio_postgres::config::SslMode;

/// As every client of Postgres names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ServerTls {
    Disable,
    /// Where the server offers it; anybody's certificate.
    #[default]
    Prefer,
    /// Always; anybody's certificate.
    Require,
    /// Always, and the server's name stands in a certificate that one of this file's has signed.
    VerifyFull(PathBuf),
}

impl ServerTls {
    pub(crate) fn mode(&self) -> SslMode {
        match self {
            ServerTls::Disable => SslMode::Disable,
            ServerTls::Prefer => SslMode::Prefer,
            ServerTls::Require | ServerTls::VerifyFull(_) => SslMode::Require,
        }
    }

    pub(crate) fn config(&self) -> Done<ClientConfig> {
        let provider = Arc::new(ring::default_provider());
        let Ok(builder) = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()
        else {
            return failed("This machine has no version of TLS.".into());
        };
        Ok(match self {
            ServerTls::VerifyFull(file) => builder.with_root_certificates(roots(file)?).with_no_client_auth(),
            ServerTls::Disable | ServerTls::Prefer | ServerTls::Require => {
                builder.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(provider))).with_no_client_auth()
            }
        })
    }
}

fn roots(file: &PathBuf) -> Done<RootCertStore> {
    let shown = file.display();
    let advice = "Name a file of PEM certificates, such as /etc/ssl/certs/ca-certificates.crt.";
    let certificates = match CertificateDer::pem_file_iter(file) {
        Ok(certificates) => certificates.filter_map(Result::ok),
        Err(error) => return failed(format!("The root certificate {shown} can't be read ({error}). {advice}")),
    };
    let mut roots = RootCertStore::empty();
    let (believed, _) = roots.add_parsable_certificates(certificates);
    if believed == 0 {
        return failed(format!("There is no certificate in {shown}. {advice}"));
    }
    Ok(roots)
}

/// The connection is encrypted; who is at its other end is not asked.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
