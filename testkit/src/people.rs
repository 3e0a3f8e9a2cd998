//! People for tests: who they are follows from their names.
use kernel::{Caller, Person};
use std::sync::Arc;

pub const ISSUER: &str = "https://people.example";

/// Somebody of this name with these roles.
pub fn somebody(subject: &str, roles: &[&str]) -> Arc<Caller> {
    let mut digest = [0; 12];
    for (at, byte) in subject.bytes().enumerate() {
        // from the end: that is where the keys of rows come from, and two people must not have the same one
        digest[11 - at % 12] ^= byte.wrapping_add((at / 12) as u8);
    }
    let roles = roles.iter().map(|role| (*role).into()).collect();
    Arc::new(Caller {
        issuer: ISSUER.into(),
        subject: subject.into(),
        roles,
        person: Person::from_digests(*b"test", digest),
        former: vec![],
    })
}
