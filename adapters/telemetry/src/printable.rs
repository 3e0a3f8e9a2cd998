//! Text for a terminal: what would control the terminal, or hide in it, is written as an escape.
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use std::borrow::Cow;

/// A text in one line: control and format characters, line and paragraph separators (Cc, Cf, Zl, Zp) as `\\n` or `\\u{202e}`.
pub fn escape(text: &str) -> Cow<'_, str> {
    escape_all_but(text, |_| false)
}

/// The same of a text in several lines, whose breaks stay.
pub fn escape_lines(text: &str) -> Cow<'_, str> {
    escape_all_but(text, |character| character == '\n')
}

fn escape_all_but(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    let escaped = |character: char| is_hidden(character) && !stays(character);
    if !text.contains(escaped) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match escaped(character) {
            true => printable.extend(character.escape_default()),
            false => printable.push(character),
        }
    }
    Cow::Owned(printable)
}

fn is_hidden(character: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    matches!(category, Control | Format | LineSeparator | ParagraphSeparator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_controls_a_terminal_or_hides_in_it_is_escaped() {
        for (text, printed) in [
            ("\u{1b}[2J", "\\u{1b}[2J"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("kim\u{202e}mik", "kim\\u{202e}mik"),
            ("a\u{200b}b\u{feff}\u{ad}", "a\\u{200b}b\\u{feff}\\u{ad}"),
            ("a\u{2028}b\u{2029}c", "a\\u{2028}b\\u{2029}c"),
            ("a\tb\r\nc\u{7f}", "a\\tb\\r\\nc\\u{7f}"),
            ("tag\u{e0041}", "tag\\u{e0041}"),
        ] {
            assert_eq!(escape(text), printed);
        }
        assert_eq!(escape_lines("one\n\u{1b}two\n"), "one\n\\u{1b}two\n");
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in ["나들 kim", "Zoë – 50 %", "🙂", "a\\b \"c\"", "\u{3164}"] {
            assert!(matches!(escape(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
