//! curl as a client of a process under TLS: what a trial certificate is for is asked for by its name, at this machine.
use process::Nadul;
use std::process::Command;

/// A name in the certificates that `nadul keys FOLDER --tls taxi` makes.
pub const HOST: &str = "catch.taxi.nadul";

/// What curl prints of an answer, or says of why there is none. `believed` is the folder of such a certificate.
pub fn curl(nadul: &Nadul, port: &str, believed: &str, path: &str, more: &[&str]) -> String {
    let mut command = Command::new("curl");
    command.current_dir(nadul.path()).args(["-sS", "--max-time", "20", "--cacert"]);
    command.arg(format!("{believed}/root-certificate.pem"));
    command.args(["--resolve", &format!("{HOST}:{port}:127.0.0.1")]).args(more);
    let output = command.arg(format!("https://{HOST}:{port}{path}")).output().expect("there is a curl");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}
