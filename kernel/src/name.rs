//! Names as declarations give them.

/// A name that is part of a declaration.
pub type Name = &'static str;
