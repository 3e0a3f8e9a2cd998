//! Texts as Postgres can keep them. It has no U+0000, so that one is written in two characters, and so is the one that announces it.
use bytes::BytesMut;
use std::borrow::Cow;
use std::sync::Arc;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use xxhash_rust::xxh3::xxh3_128;

/// Announces a character that stands for another one.
const MARK: char = '\u{1}';

/// A part of a key may be so long in an index.
const KEY_BYTES_MAX: usize = 1000;
/// Of a longer one, so many characters stand in the index, and a hash of all.
const KEY_CHARS: usize = 100;

type Refused = Box<dyn std::error::Error + Sync + Send>;

/// A text on its way into a column.
#[derive(Debug)]
pub(crate) struct Kept<'a>(pub Cow<'a, str>);

impl<'a> Kept<'a> {
    pub fn new(text: &'a str) -> Kept<'a> {
        Kept(keep(text))
    }
}

fn keep(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', MARK]) {
        return text.into();
    }
    let mut kept = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\0' => kept.extend([MARK, '0']),
            MARK => kept.extend([MARK, '1']),
            other => kept.push(other),
        }
    }
    kept.into()
}

fn back(kept: &str) -> Option<Cow<'_, str>> {
    if !kept.contains(MARK) {
        return Some(kept.into());
    }
    let (mut text, mut characters) = (String::with_capacity(kept.len()), kept.chars());
    while let Some(character) = characters.next() {
        text.push(match (character, character == MARK) {
            (other, false) => other,
            _ => match characters.next()? {
                '0' => '\0',
                '1' => MARK,
                _ => return None,
            },
        });
    }
    Some(text.into())
}

impl ToSql for Kept<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Refused> {
        self.0.as_ref().to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        <&str as ToSql>::accepts(kind)
    }

    to_sql_checked!();
}

/// A text out of a column.
pub(crate) struct Read(pub Arc<str>);

impl<'a> FromSql<'a> for Read {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Read, Refused> {
        let kept = <&str>::from_sql(kind, raw)?;
        Ok(Read(back(kept).ok_or("a text was changed outside this program")?.into()))
    }

    fn accepts(kind: &Type) -> bool {
        <&str as FromSql>::accepts(kind)
    }
}

/// A text that is part of a key: as the index has it, and whole where that is not all of it.
pub(crate) fn key(text: &str) -> (Kept<'_>, Option<Kept<'_>>) {
    let whole = keep(text);
    if whole.len() <= KEY_BYTES_MAX {
        return (Kept(whole), None);
    }
    let start: String = text.chars().take(KEY_CHARS).collect();
    let short = format!("{}{MARK}2{:032x}", keep(&start), xxh3_128(text.as_bytes()));
    (Kept(short.into()), Some(Kept(whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_and_none_has_what_postgres_refuses() {
        for text in ["", "a", "\0", "\u{1}", "\u{1}0", "a\0b\u{1}1\0", "나들\0"] {
            let kept = keep(text);
            assert!(!kept.contains('\0'));
            assert_eq!(back(&kept).as_deref(), Some(text));
        }
        assert_eq!((back("\u{1}"), back("\u{1}7")), (None, None));
    }

    #[test]
    fn keys_are_short_and_differ() {
        let long = |end: char| "k".repeat(5000) + &end.to_string();
        let (a, b) = (long('a'), long('b'));
        let ((a, whole), (b, _)) = (key(&a), key(&b));
        assert!(a.0.len() < 200 && a.0 != b.0 && whole.is_some_and(|whole| whole.0.len() == 5001));
        assert!(key("k").1.is_none());
    }
}
