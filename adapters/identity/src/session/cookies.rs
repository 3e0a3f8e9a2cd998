//! Cookies as browsers are told to keep them, and as they come back.
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use hyper::HeaderMap;
use hyper::header::COOKIE;

/// Browsers take no larger ones.
const COOKIE_BYTES_MAX: usize = 4_096;

/// What the cookies are called, and whether they are for https alone.
#[derive(Clone, Copy, Debug)]
pub struct CookieRules {
    is_https: bool,
}

/// What a request has under the name of a cookie.
#[derive(Debug, PartialEq, Eq)]
pub enum GivenCookie {
    None,
    /// Twice, or larger than any of ours.
    Unreadable,
    Value(String),
}

impl CookieRules {
    pub fn new(is_https: bool) -> CookieRules {
        CookieRules { is_https }
    }

    pub fn session(self) -> &'static str {
        if self.is_https { "__Host-nadul" } else { "nadul" }
    }

    pub fn sign_in(self) -> &'static str {
        if self.is_https { "__Host-nadul-sign-in" } else { "nadul-sign-in" }
    }

    /// The value of a `Set-Cookie`; `None` where it is too large.
    pub fn set(self, name: &'static str, value: String, life_s: u64) -> Option<String> {
        let fits = name.len() + value.len() < COOKIE_BYTES_MAX;
        fits.then(|| self.cookie(name, value, i64::try_from(life_s).unwrap_or(i64::MAX)))
    }

    pub fn delete(self, name: &'static str) -> String {
        self.cookie(name, String::new(), 0)
    }

    fn cookie(self, name: &'static str, value: String, life_s: i64) -> String {
        let cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax);
        cookie.secure(self.is_https).max_age(Duration::seconds(life_s)).build().to_string()
    }
}

/// The one cookie of this name.
pub fn find(headers: &HeaderMap, name: &str) -> GivenCookie {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
    let all = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
    let mut named = all.filter(|cookie| cookie.name() == name);
    match (named.next(), named.next()) {
        (None, _) => GivenCookie::None,
        (Some(one), None) if one.value().len() <= COOKIE_BYTES_MAX => GivenCookie::Value(one.value().to_string()),
        _ => GivenCookie::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (COOKIE, line.parse().expect("a line"))).collect()
    }

    #[test]
    fn a_cookie_is_found_once_among_others() {
        let found = |lines: &[&str]| find(&headers(lines), "nadul");
        assert_eq!(found(&["a=1; nadul=x; nadul-sign-in=y"]), GivenCookie::Value("x".into()));
        assert_eq!(found(&["a=1", "nadul=x"]), GivenCookie::Value("x".into()));
        assert_eq!(found(&["a=1; nadulx=2"]), GivenCookie::None);
        assert_eq!(found(&["nadul=x; nadul=y"]), GivenCookie::Unreadable);
        assert_eq!(found(&["nadul=x", "nadul=x"]), GivenCookie::Unreadable);
        assert_eq!(found(&[&format!("nadul={}", "x".repeat(4_097))]), GivenCookie::Unreadable);
    }

    #[test]
    fn a_cookie_is_for_this_server_and_no_script() {
        assert_eq!(
            CookieRules::new(false).set("nadul", "x".into(), 60).as_deref(),
            Some("nadul=x; HttpOnly; SameSite=Lax; Path=/; Max-Age=60")
        );
        assert_eq!(
            CookieRules::new(true).delete("__Host-nadul"),
            "__Host-nadul=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"
        );
        assert_eq!(CookieRules::new(true).set("nadul", "x".repeat(4_096), 60), None);
    }
}
