//! Texts that show nothing: empty, only blanks, or only characters without a picture.
use icu_properties::CodePointSetData;
use icu_properties::props::{DefaultIgnorableCodePoint, WhiteSpace};
use std::ops::RangeInclusive;

/// A Braille pattern without dots. Unicode counts it as a symbol, and it looks like a blank.
const BRAILLE_BLANK: char = '\u{2800}';

/// Whether a text shows nothing, so that it counts as missing.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(shows_nothing)
}

fn shows_nothing(character: char) -> bool {
    CodePointSetData::new::<WhiteSpace>().contains(character)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
        || character == BRAILLE_BLANK
}

/// The code points that show nothing, as ranges in no order: for documents.
pub fn blank_ranges() -> impl Iterator<Item = RangeInclusive<u32>> {
    let braille = u32::from(BRAILLE_BLANK);
    let spaces = CodePointSetData::new::<WhiteSpace>().iter_ranges();
    spaces.chain(CodePointSetData::new::<DefaultIgnorableCodePoint>().iter_ranges()).chain([braille..=braille])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_picture_is_blank() {
        let blank =
            ["", " \t\r\n", "\u{a0}\u{3000}", "\u{200b}\u{feff}", "\u{3164}", "\u{115f}\u{1160}", "\u{ad}", "\u{2800}"];
        for text in blank.into_iter().chain(["\u{202e}\u{2066}", "\u{e0041}\u{e0100}", "\u{1d173}", "\u{85}\u{2028}"]) {
            assert!(is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn one_character_with_a_picture_is_enough() {
        for text in ["a", "가", "\u{200b}.\u{200b}", "👩\u{200d}💻", "\u{301}", "\u{2801}", "\u{1}"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn the_ranges_are_exactly_the_characters_that_show_nothing() {
        let ranges: Vec<_> = blank_ranges().collect();
        for character in '\0'..=char::MAX {
            let listed = ranges.iter().any(|range| range.contains(&u32::from(character)));
            assert_eq!(listed, shows_nothing(character), "{character:?}");
        }
    }
}
