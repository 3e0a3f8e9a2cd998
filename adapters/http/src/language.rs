//! Which language a client reads: Korean or English, by `Accept-Language`.
use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};
use kernel::{Reason, Texts};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    En,
    Ko,
}

impl Language {
    /// English unless Korean is liked better.
    pub fn of(headers: &HeaderMap) -> Language {
        let Some(accepted) = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else {
            return Language::En;
        };
        let (mut en, mut ko) = (0.0, 0.0);
        for item in accepted.split(',') {
            let (tag, quality) = quality(item);
            let primary = tag.split('-').next().unwrap_or_default();
            if primary.eq_ignore_ascii_case("ko") {
                ko = f32::max(ko, quality);
            } else if primary.eq_ignore_ascii_case("en") || tag == "*" {
                en = f32::max(en, quality);
            }
        }
        if ko > en || (ko > 0.0 && ko == en && before(accepted, "ko", "en")) { Language::Ko } else { Language::En }
    }

    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Ko => "ko",
        }
    }

    pub fn words(self, reason: &Reason) -> Texts {
        match self {
            Language::En => reason.en,
            Language::Ko => reason.ko,
        }
    }
}

/// An item of an `Accept` header without its parameters, and how much it is liked.
pub(crate) fn quality(item: &str) -> (&str, f32) {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let liked = parts.find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")));
    (name, liked.map_or(1.0, |q| q.parse().unwrap_or(0.0)))
}

fn before(text: &str, first: &str, second: &str) -> bool {
    let at = |word: &str| {
        text.split(',').position(|item| item.trim().get(..2).is_some_and(|t| t.eq_ignore_ascii_case(word)))
    };
    match (at(first), at(second)) {
        (Some(first), Some(second)) => first < second,
        (first, _) => first.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, text.parse().expect("a header"));
        Language::of(&headers)
    }

    #[test]
    fn the_better_liked_language_is_spoken() {
        assert_eq!(of("ko-KR,ko;q=0.9,en;q=0.8"), Language::Ko);
        assert_eq!(of("en-US,en;q=0.9,ko;q=0.8"), Language::En);
        assert_eq!(of("en;q=0.1, ko;q=0.2"), Language::Ko);
        assert_eq!(of("ko,en"), Language::Ko);
        assert_eq!(of("en,ko"), Language::En);
    }

    #[test]
    fn what_is_not_understood_is_english() {
        assert_eq!(Language::of(&HeaderMap::new()), Language::En);
        assert_eq!(of("fr"), Language::En);
        assert_eq!(of("ko;q=0"), Language::En);
        assert_eq!(of("ko;q=x"), Language::En);
        assert_eq!(of(";,;;"), Language::En);
    }
}
