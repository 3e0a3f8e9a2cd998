//! Where somebody goes back to after signing in: a path of ours, and nowhere else.
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What can't stand in a header as it is; so can nothing beyond ASCII.
const NOT_IN_A_HEADER: &AsciiSet = &CONTROLS.add(b' ');

/// Longer ones do not fit beside the rest in one cookie.
const CHARS_MAX: usize = 1_500;

/// The path, or `/` where it leads elsewhere: to a browser `//`, `/\` and control characters may begin the name of a host.
pub fn checked(path: &str) -> String {
    let decoded = percent_decode_str(path).decode_utf8();
    let is_ours = decoded.is_ok_and(|decoded| is_path(path) && is_path(&decoded)) && path.len() <= CHARS_MAX;
    if is_ours { utf8_percent_encode(path, NOT_IN_A_HEADER).to_string() } else { "/".into() }
}

fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//") && !text.contains('\\') && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_ours_is_gone_back_to() {
        for good in ["/", "/taxi/catches?customer=kim&page=2", "/docs/#/a", "/a//b", "/%EA%B0%80"] {
            assert_eq!(checked(good), good);
        }
        assert_eq!(checked("/a b?c=가"), "/a%20b?c=%EA%B0%80");
        for bad in [
            "",
            "taxi",
            "//evil.example",
            "/\\evil.example",
            "/%2Fevil.example",
            "/%5cevil",
            "https://evil.example",
            "/a\nb",
            "/%0d%0aSet-Cookie:x",
            "/a\\b",
            "/%ff",
            "\\/evil",
            " /a",
        ] {
            assert_eq!(checked(bad), "/", "{bad:?}");
        }
        assert_eq!(checked(&format!("/{}", "a".repeat(1_500))), "/");
    }
}
