//! One switch for all that is kept and compared: snapshots, reference pages and golden logs.

/// `NADUL_ACCEPT=1`: what is now is written in the place of what was kept.
pub fn is_wanted() -> bool {
    std::env::var("NADUL_ACCEPT").is_ok_and(|value| value == "1")
}
