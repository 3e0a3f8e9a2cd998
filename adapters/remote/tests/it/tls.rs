//! Processes under TLS: who is asked proves to work for the context, whatever the address is.
use crate::broken::Counting;
use crate::peers::{peers, undo};
use crate::support::{KEYS, Known, SYSTEM, runtime, wait_until};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use remote::{
    BelievedCertificates, Guard, OwnCertificate, ProcessClient, Signer, TrialPaths, Unanswered, make_trial_certificate,
    router, serve_tls,
};
use runtime::port::peers::Peers;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

/// An authority with its file.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    roots: PathBuf,
}

impl Authority {
    fn new(folder: &Path, name: &str) -> Authority {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("signed");
        let roots = folder.join(format!("{name}.pem"));
        fs::write(&roots, issuer.pem()).expect("written");
        Authority { issuer, roots }
    }

    fn server(&self, folder: &Path, name: &str) -> OwnCertificate {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![name.to_string()]).expect("a name");
        let certificate = params.signed_by(&key, &self.issuer).expect("signed");
        let (at, key_at) = (folder.join("certificate.pem"), folder.join("key.pem"));
        fs::write(&at, certificate.pem()).expect("written");
        fs::write(&key_at, key.serialize_pem()).expect("written");
        OwnCertificate::read(&at, &key_at).expect("read")
    }

    fn client(&self, runtime: &Runtime) -> ProcessClient {
        let tls = BelievedCertificates::read(&self.roots).expect("read");
        ProcessClient::with_tls(runtime.handle().clone(), signer(), tls)
    }
}

fn signer() -> Arc<Signer> {
    Arc::new(Signer::new(KEYS.clone(), SYSTEM, "catch"))
}

/// A process that works for `payment`; its address without the scheme.
fn start(runtime: &Runtime, tls: OwnCertificate) -> (Arc<Counting>, String) {
    let (counting, guard) = (Arc::new(Counting::default()), Arc::new(Guard::new(KEYS.clone(), SYSTEM, &["payment"])));
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(serve_tls(listener, router(counting.clone(), guard), tls, CancellationToken::new()));
    (counting, address.to_string())
}

#[test]
fn given_a_certificate_for_the_context_then_messages_arrive_whatever_the_address_is() {
    let (runtime, folder) = (runtime(), tempfile::tempdir().expect("a folder"));
    let authority = Authority::new(folder.path(), "roots");
    let (counting, address) = start(&runtime, authority.server(folder.path(), "payment.taxi.nadul"));
    let peers = peers(authority.client(&runtime), Arc::new(Known::new(&format!("https://{address}"))));
    for ticket in 0..100 {
        assert_eq!(peers.send(undo(ticket)), Ok(()));
    }
    wait_until("all have arrived", || peers.waiting() == 0);
    assert_eq!(counting.count(), 100);
}

#[test]
fn given_a_server_that_proves_another_name_or_none_then_nothing_is_asked() {
    let (runtime, folder) = (runtime(), tempfile::tempdir().expect("a folder"));
    let authority = Authority::new(folder.path(), "roots");
    let stranger = Authority::new(folder.path(), "strangers");
    let good = start(&runtime, authority.server(folder.path(), "payment.taxi.nadul")).1;
    for (client, url) in [
        (authority.client(&runtime), start(&runtime, authority.server(folder.path(), "catch.taxi.nadul")).1),
        (authority.client(&runtime), start(&runtime, authority.server(folder.path(), "payment.stay.nadul")).1),
        (stranger.client(&runtime), good.clone()),
    ] {
        let answer = runtime.block_on(client.yours(&format!("https://{url}"), "payment"));
        assert!(matches!(answer, Err(Unanswered::Untouched(_))), "{answer:?}");
    }
    assert_eq!(runtime.block_on(authority.client(&runtime).yours(&format!("https://{good}"), "payment")), Ok(()));
}

#[test]
fn given_tls_then_nothing_is_sent_or_answered_without_it() {
    let (runtime, folder) = (runtime(), tempfile::tempdir().expect("a folder"));
    let authority = Authority::new(folder.path(), "roots");
    let (counting, address) = start(&runtime, authority.server(folder.path(), "payment.taxi.nadul"));
    let plain_address = format!("http://{address}");
    let refused = runtime.block_on(authority.client(&runtime).yours(&plain_address, "payment"));
    assert!(matches!(refused, Err(Unanswered::Untouched(_))), "{refused:?}");
    let plain = ProcessClient::new(runtime.handle().clone(), signer());
    assert!(runtime.block_on(plain.yours(&plain_address, "payment")).is_err());
    assert_eq!(counting.count(), 0);
}

#[test]
fn a_certificate_to_try_out_is_for_the_contexts_of_its_system() {
    let (runtime, folder) = (runtime(), tempfile::tempdir().expect("a folder"));
    let file = |name: &str| folder.path().join(name);
    let paths =
        TrialPaths { root: file("root.pem"), certificate: file("certificate.pem"), private_key: file("key.pem") };
    make_trial_certificate(&paths, &["catch", "payment"], SYSTEM).expect("made");
    let own = OwnCertificate::read(&paths.certificate, &paths.private_key).expect("read");
    assert!(own.expect_name("catch", SYSTEM).is_ok());
    let said = own.expect_name("pickup", SYSTEM).expect_err("it is not for this name").to_string();
    assert!(said.contains("certificate.pem") && said.contains("pickup.taxi.nadul"), "{said}");
    let url = format!("https://{}", start(&runtime, own).1);
    let believed = BelievedCertificates::read(&paths.root).expect("read");
    let client = ProcessClient::with_tls(runtime.handle().clone(), signer(), believed);
    assert_eq!(runtime.block_on(client.yours(&url, "payment")), Ok(()));
    make_trial_certificate(&paths, &["catch"], SYSTEM).expect_err("what is there is never replaced");
}

#[test]
fn files_that_hold_no_certificate_are_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "").expect("written");
    let error = BelievedCertificates::read(&empty).err().expect("no certificate");
    assert!(error.to_string().contains("empty.pem"), "{error}");
    assert!(OwnCertificate::read(&empty, &empty).is_err());
}
