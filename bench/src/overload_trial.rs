//! The trials there are, by name.

/// What clients do to a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverloadTrial {
    /// They ask for the largest page of large rows and read nothing.
    IdleReaders,
    /// They send the first byte of a body.
    SlowBodies,
    /// They open a live stream, of a process that may have few files open.
    Streams,
}

impl OverloadTrial {
    pub const ALL: [OverloadTrial; 3] = [OverloadTrial::IdleReaders, OverloadTrial::SlowBodies, OverloadTrial::Streams];

    pub fn name(self) -> &'static str {
        match self {
            OverloadTrial::IdleReaders => "idle-readers",
            OverloadTrial::SlowBodies => "slow-bodies",
            OverloadTrial::Streams => "streams",
        }
    }

    pub fn named(name: &str) -> Option<OverloadTrial> {
        OverloadTrial::ALL.into_iter().find(|trial| trial.name() == name)
    }
}
