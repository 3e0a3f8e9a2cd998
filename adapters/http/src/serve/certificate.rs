//! The certificate that every port shows: read when the edge opens, and again whenever its files change.
use crate::serve::error::EdgeError;
use crate::settings::HttpSettings;
use certificates::{CertificateError, CertificateFiles, CertificateTexts};
use rustls::ServerConfig;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

/// The pause between two looks at the files.
const LOOK: Duration = Duration::from_secs(2);
/// What is spoken, the better one first.
const PROTOCOLS: [&[u8]; 2] = [HTTP_2, b"http/1.1"];
pub(super) const HTTP_2: &[u8] = b"h2";

pub(super) struct Certificate {
    files: CertificateFiles,
    /// As they were at the last look, sound or not.
    seen: Result<CertificateTexts, CertificateError>,
    shown: watch::Sender<Arc<ServerConfig>>,
}

impl Certificate {
    /// `None`: TLS is not set.
    pub fn read(settings: &HttpSettings) -> Result<Option<Certificate>, EdgeError> {
        let (certificate, key) = (settings.tls_cert.as_str(), settings.tls_key.as_str());
        let wrong = |fault: String| EdgeError::Settings(vec![fault]);
        match (certificate, key) {
            ("", "") => return Ok(None),
            (_, "") => return Err(wrong(half("tls_key", "tls_cert"))),
            ("", _) => return Err(wrong(half("tls_cert", "tls_key"))),
            _ => {}
        }
        let files = CertificateFiles { certificate: certificate.into(), private_key: key.into() };
        let named = |error: CertificateError| {
            let name = if error.path == files.certificate { "tls_cert" } else { "tls_key" };
            wrong(format!("{name}: {error}"))
        };
        let texts = files.read().map_err(named)?;
        let shown = watch::Sender::new(Arc::new(config(&texts).map_err(named)?));
        Ok(Some(Certificate { files, seen: Ok(texts), shown }))
    }

    /// What a new connection is shown.
    pub fn shown(&self) -> watch::Receiver<Arc<ServerConfig>> {
        self.shown.subscribe()
    }

    /// Looks at the files now and then, until the edge ends.
    pub async fn follow(mut self, shutdown: CancellationToken) {
        while shutdown.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_some() {
            let looked = spawn_blocking(move || {
                self.look();
                self
            });
            let Ok(looked) = looked.await else { return };
            self = looked;
        }
    }

    fn look(&mut self) {
        let read = self.files.read();
        if read == self.seen {
            return;
        }
        match read.as_ref().map_err(CertificateError::clone).and_then(config) {
            Ok(config) => {
                self.shown.send_replace(Arc::new(config));
                tracing::info!("http.tls_cert has changed; new connections are shown the new certificate");
            }
            Err(error) => tracing::warn!(
                %error,
                "http.tls_cert and http.tls_key have changed and can't be used; the certificate from before stays until they can"
            ),
        }
        self.seen = read;
    }
}

fn half(missing: &str, named: &str) -> String {
    format!(
        "{missing}: is not set, and {named} is: name the PEM files of both a certificate and its key, or of neither"
    )
}

fn config(texts: &CertificateTexts) -> Result<ServerConfig, CertificateError> {
    let mut config = texts.server_config()?;
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}
