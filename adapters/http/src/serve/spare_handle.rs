//! A file handle kept for the moment when the process has no other left: it lets one more client in, who is told so.
use std::fs::File;
use std::io;

/// The process has as many open files as it may, or the machine has.
const OUT_OF_HANDLES: [i32; 2] = [23, 24]; // ENFILE, EMFILE

pub(super) struct SpareHandle(Option<File>);

impl SpareHandle {
    pub fn new() -> SpareHandle {
        SpareHandle(File::open("/dev/null").ok())
    }

    /// Makes room for one connection.
    pub fn release(&mut self) {
        self.0 = None;
    }

    pub fn take_back(&mut self) {
        *self = SpareHandle::new();
    }
}

pub(super) fn is_out_of_handles(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| OUT_OF_HANDLES.contains(&code))
}
