//! A file handle kept for the moment when the process has no other left: it lets one more client in, who is told so.
use std::fs::File;
use std::io;

/// The process has as many open files as it may, or the machine has.
const OUT_OF_HANDLES: [i32; 2] = [23, 24]; // ENFILE, EMFILE

#[derive(Default)]
pub(super) struct SpareHandle {
    file: Option<File>,
    /// Something else has it.
    is_lost: bool,
}

impl SpareHandle {
    pub fn new() -> SpareHandle {
        let mut spare = SpareHandle::default();
        spare.take_back();
        spare
    }

    /// Makes room for one connection.
    pub fn release(&mut self) {
        self.file = None;
    }

    /// Unless something else was faster.
    pub fn take_back(&mut self) {
        if self.file.is_none() {
            let opened = File::open("/dev/null");
            self.is_lost = opened.as_ref().is_err_and(is_out_of_handles);
            self.file = opened.ok();
        }
    }

    pub fn is_lost(&self) -> bool {
        self.is_lost
    }
}

pub(super) fn is_out_of_handles(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| OUT_OF_HANDLES.contains(&code))
}
