//! Who the users of a load are, where they sign in: each a person with a token of their own.
use std::io::{Error, Result};
use std::path::Path;

/// Gives somebody of this name a token of the data folder of a process that takes it.
pub type Sign = fn(folder: &Path, name: &str) -> std::result::Result<String, String>;

#[derive(Clone, Debug)]
pub struct SignedUser {
    pub name: String,
    pub token: String,
}

/// Nobody, where nobody has to sign in.
#[derive(Clone, Debug, Default)]
pub struct Bearers {
    users: Vec<SignedUser>,
    /// Who looks at the pages of all of them.
    operator: Option<SignedUser>,
}

/// The one name that is given the role of an operator; all others are customer, host and seller at once.
pub const OPERATOR: &str = "operator";
/// What a process is started with that lets nobody in without a token, and slows nobody down.
pub const SETTINGS: [&str; 6] =
    ["--set", "access.mode=local", "--set", "access.requests_per_s=1000000", "--set", "access.burst=1000000"];

impl Bearers {
    pub fn sign(sign: Sign, folder: &Path, users: usize) -> Result<Bearers> {
        let bearer = |name: String| {
            let token = sign(folder, &name).map_err(Error::other)?;
            Ok::<_, Error>(SignedUser { name, token })
        };
        let users = (0..users).map(|nth| bearer(format!("user{nth}"))).collect::<Result<_>>()?;
        Ok(Bearers { users, operator: Some(bearer(OPERATOR.into())?) })
    }

    pub fn user(&self, nth: usize) -> Option<&SignedUser> {
        self.users.get(nth % self.users.len().max(1))
    }

    pub fn operator(&self) -> Option<&SignedUser> {
        self.operator.as_ref()
    }
}
