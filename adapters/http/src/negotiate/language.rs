//! The language a client reads: Korean or English, by `Accept-Language`.
use crate::negotiate::preference;
use crate::request::list_header;
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
        let mut best = (Language::En, 0.0);
        for (tag, quality) in list_header::items(headers, ACCEPT_LANGUAGE).map(preference::read) {
            if let Some(language) = Language::of_tag(tag).filter(|_| quality > best.1) {
                best = (language, quality);
            }
        }
        best.0
    }

    /// The language of a range such as `ko-KR`; any language is English.
    fn of_tag(tag: &str) -> Option<Language> {
        match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "ko" => Some(Language::Ko),
            "en" | "*" => Some(Language::En),
            _ => None,
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
        assert_eq!(preferred("KO-kr"), Language::Ko);
        assert_eq!(preferred("*;q=0.5, ko"), Language::Ko);
    }

    #[test]
    fn several_lines_are_one_list() {
        let mut headers = HeaderMap::new();
        for line in ["fr", "ko"] {
            headers.append(ACCEPT_LANGUAGE, line.parse().expect("a header"));
        }
        assert_eq!(Language::preferred_by(&headers), Language::Ko);
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
