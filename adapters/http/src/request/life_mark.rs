//! Numbers that clients give back (versions, stream ids, positions), each with a mark of the life of the store that it belongs to: what a
//! lost life gave out matches nothing after a backup is restored.
use kernel::Life;
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LifeMark(u64);

impl LifeMark {
    pub fn new(life: Life) -> LifeMark {
        LifeMark(life.mark())
    }

    /// `7.0f9c2d61a4b8`.
    pub fn write(self, number: u64) -> String {
        format!("{number}.{self}")
    }

    /// `None` for a number of another life, and for what this server did not give.
    pub fn read(self, text: &str) -> Option<u64> {
        let (number, mark) = text.split_once('.')?;
        number.parse().ok().filter(|_| mark == self.to_string())
    }
}

impl fmt::Display for LifeMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_belongs_to_its_life() {
        let (mine, other) = (LifeMark::new(Life::random(1 << 90)), LifeMark::new(Life::random(2 << 90)));
        assert_ne!(mine, other);
        assert_eq!(mine.read(&mine.write(7)), Some(7));
        assert_eq!(mine.read(&other.write(7)), None);
        for text in ["", "7", "7.", ".", "x", &format!("-7.{mine}")] {
            assert_eq!(mine.read(text), None, "{text}");
        }
    }
}
