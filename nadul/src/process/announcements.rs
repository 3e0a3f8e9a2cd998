//! What a run says on standard output, where somebody reads it: neither its start nor its orderly end depends on that.
use std::io::Write;
use telemetry::{BackgroundWriter, FlushOnDrop, printable};

/// `None` where the machine gives no thread to write with.
pub struct Announcements(Option<(BackgroundWriter, FlushOnDrop)>);

impl Announcements {
    pub fn start() -> Announcements {
        let failed = |error: &std::io::Error| tracing::warn!(%error, "nothing is said on standard output");
        Announcements(BackgroundWriter::start(std::io::stdout()).inspect_err(failed).ok())
    }

    pub fn say(&mut self, text: &str) {
        if let Some((writer, _)) = &mut self.0 {
            let _never_fails = writer.write_all(printable::escape_lines(text).as_bytes());
        }
    }
}
