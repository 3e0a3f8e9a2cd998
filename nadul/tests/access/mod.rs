//! Who asks: in mode local by the key of the data folder, in mode oidc by a provider that runs beside.
mod browser;
mod documents;
mod local;
mod mistakes;
mod own;
mod pages;
mod person;
mod provider;
mod roles;
mod rotation;
mod stay;
mod watches;

use process::{HttpAnswer, Nadul, ServerProcess};

/// A token of the data folder that `arguments` name.
#[track_caller]
pub fn token(nadul: &Nadul, subject: &str, role: &str, arguments: &[&str]) -> String {
    let said = nadul.run(&[&["token", "--subject", subject, "--role", role], arguments].concat());
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    said.out.trim_end().to_string()
}

/// What somebody gets who has this token.
pub fn get(server: &ServerProcess<'_>, path: &str, token: &str) -> HttpAnswer {
    server.request_with("GET", path, &[("authorization", &format!("Bearer {token}"))], "")
}

/// A read with this token that is repeated until it has this status.
#[track_caller]
pub fn wait_for_status(server: &ServerProcess<'_>, path: &str, token: &str, status: u16) -> HttpAnswer {
    let start = std::time::Instant::now();
    loop {
        let answer = get(server, path, token);
        if answer.status == status {
            return answer;
        }
        assert!(start.elapsed() < std::time::Duration::from_secs(30), "{path} never answers {status}: {answer:?}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
