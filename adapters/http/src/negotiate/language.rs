//! The language a client reads: Korean or English, by `Accept-Language`.
use crate::negotiate::preference;
use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};
use kernel::{RefusalReason, Texts};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    En,
    Ko,
}

impl Language {
    /// English, unless the client likes Korean better.
    pub fn preferred_by(headers: &HeaderMap) -> Language {
        let Some(accepted) = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else {
            return Language::En;
        };
        let (mut en, mut ko) = (0.0, 0.0);
        for item in accepted.split(',') {
            let (tag, quality) = preference::read(item);
            let primary = tag.split('-').next().unwrap_or_default();
            if primary.eq_ignore_ascii_case("ko") {
                ko = f32::max(ko, quality);
            } else if primary.eq_ignore_ascii_case("en") || tag == "*" {
                en = f32::max(en, quality);
            }
        }
        if ko > en || (ko > 0.0 && ko == en && comes_before(accepted, "ko", "en")) {
            Language::Ko
        } else {
            Language::En
        }
    }

    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Ko => "ko",
        }
    }

    pub fn texts(self, reason: &RefusalReason) -> Texts {
        match self {
            Language::En => reason.en,
            Language::Ko => reason.ko,
        }
    }
}

fn comes_before(text: &str, first: &str, second: &str) -> bool {
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

    fn preferred(text: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, text.parse().expect("a header"));
        Language::preferred_by(&headers)
    }

    #[test]
    fn the_client_gets_the_language_it_likes_better() {
        assert_eq!(preferred("ko-KR,ko;q=0.9,en;q=0.8"), Language::Ko);
        assert_eq!(preferred("en-US,en;q=0.9,ko;q=0.8"), Language::En);
        assert_eq!(preferred("en;q=0.1, ko;q=0.2"), Language::Ko);
        assert_eq!(preferred("ko,en"), Language::Ko);
        assert_eq!(preferred("en,ko"), Language::En);
    }

    #[test]
    fn a_header_that_is_not_understood_means_english() {
        assert_eq!(Language::preferred_by(&HeaderMap::new()), Language::En);
        assert_eq!(preferred("fr"), Language::En);
        assert_eq!(preferred("ko;q=0"), Language::En);
        assert_eq!(preferred("ko;q=x"), Language::En);
        assert_eq!(preferred(";,;;"), Language::En);
    }
}
