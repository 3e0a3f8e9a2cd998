//! What a proven token says, checked against whom and when it is for.
use super::roles;
use crate::not_believed::NotBelieved;
use crate::signed_in::is_subject;
use kernel::Timestamp;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Every reader of JSON has whole numbers below this exactly.
const NUMERIC_DATE_MAX: f64 = (1_u64 << 53) as f64;

/// For whom tokens have to be, and where they say who somebody is.
#[derive(Clone, Debug)]
pub struct ClaimRules {
    pub issuer: Arc<str>,
    pub audience: String,
    pub subject_claim: String,
    pub roles_claim: String,
    pub leeway_s: u64,
    /// Those that a system knows; others are passed over.
    pub known_roles: Arc<[Arc<str>]>,
}

/// What is left of the claims.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedClaims {
    pub subject: String,
    /// As the provider calls somebody, whatever claim is the subject.
    pub sub: Option<String>,
    pub roles: Vec<Arc<str>>,
    pub nonce: Option<String>,
    /// In microseconds since 1970, leeway included.
    pub until: Timestamp,
}

impl ClaimRules {
    /// The same for tokens that are made for somebody else.
    pub fn for_audience(&self, audience: &str) -> ClaimRules {
        ClaimRules { audience: audience.to_string(), ..self.clone() }
    }

    pub fn check(&self, claims: &Map<String, Value>, now: Timestamp) -> Result<CheckedClaims, NotBelieved> {
        if claims.contains_key("cnf") {
            return Err(NotBelieved::Unproven); // whoever sends it would have to prove another key
        }
        if claims.get("iss").and_then(Value::as_str) != Some(&self.issuer) || !self.is_for_us(claims) {
            return Err(NotBelieved::ForOthers);
        }
        let until = self.in_time(claims, now)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_string);
        Ok(CheckedClaims {
            subject: self.subject(claims).ok_or(NotBelieved::Subject)?.to_string(),
            sub: text("sub"),
            roles: roles::read(claims, &self.roles_claim, &self.known_roles),
            nonce: text("nonce"),
            until,
        })
    }

    fn is_for_us(&self, claims: &Map<String, Value>) -> bool {
        match claims.get("aud") {
            Some(Value::String(audience)) => *audience == self.audience,
            Some(Value::Array(all)) => {
                all.iter().all(Value::is_string) && all.iter().any(|one| one.as_str() == Some(&self.audience))
            }
            _ => false,
        }
    }

    /// Until when.
    fn in_time(&self, claims: &Map<String, Value>, now: Timestamp) -> Result<Timestamp, NotBelieved> {
        let (now, leeway) = (now.0 as f64 / 1e6, self.leeway_s as f64);
        let date =
            |name: &str| claims.get(name).map(|date| numeric_date(date).ok_or(NotBelieved::Unproven)).transpose();
        let (ends, begins) = (date("exp")?.ok_or(NotBelieved::Unproven)?, [date("nbf")?, date("iat")?]);
        if begins.into_iter().flatten().any(|begins| now + leeway < begins) {
            return Err(NotBelieved::NotYetValid);
        }
        if now >= ends + leeway {
            return Err(NotBelieved::Expired);
        }
        Ok(Timestamp(((ends + leeway) * 1e6) as i64))
    }

    fn subject<'a>(&self, claims: &'a Map<String, Value>) -> Option<&'a str> {
        let is_believed = self.subject_claim != "email" || claims.get("email_verified") == Some(&Value::Bool(true));
        let subject = claims.get(&self.subject_claim).filter(|_| is_believed)?.as_str()?;
        is_subject(subject).then_some(subject)
    }
}

/// Seconds since 1970, also with decimals.
fn numeric_date(value: &Value) -> Option<f64> {
    value.as_f64().filter(|date| date.abs() < NUMERIC_DATE_MAX)
}
