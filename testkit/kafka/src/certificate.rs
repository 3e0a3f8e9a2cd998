//! What a broker shows to clients under TLS, and what these believe.
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, Error, IsCa, KeyPair};

/// As PEM.
pub(crate) struct BrokerCertificate {
    /// Of the authority.
    pub root: String,
    /// The broker's key and its certificate.
    pub keystore: String,
}

impl BrokerCertificate {
    /// For one address and no other name, signed by an authority of its own.
    pub fn of(address: &str) -> Result<BrokerCertificate, Error> {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // Under the same name as the authority, the certificate would count as signed by itself.
        authority.distinguished_name.push(DnType::CommonName, "the authority of a test");
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let certificate = CertificateParams::new(vec![address.to_string()])?.signed_by(&key, &authority)?;
        Ok(BrokerCertificate { root: authority.pem(), keystore: key.serialize_pem() + &certificate.pem() })
    }
}
