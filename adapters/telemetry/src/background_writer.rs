//! Writes to a stream from a thread of its own, so that nothing waits for a reader that reads nothing, or needs one at all.
use std::io::{Error, Result, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tracing_subscriber::fmt::MakeWriter;

/// What may wait for a slow reader; further writes are dropped and counted. Some thousand lines.
const QUEUE_BYTES_MAX: usize = 1 << 20;
/// How long a process that ends waits for what is queued to be written.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(1);

/// A write never fails and never waits: bytes are queued, and dropped where too many are queued already.
///
/// Written by hand because `tracing-appender` prints to standard output itself when its queue is full at the end.
#[derive(Clone, Default)]
pub struct BackgroundWriter(Arc<Shared>);

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    bytes: Vec<u8>,
    dropped_writes: u64,
    is_writing: bool,
}

/// Gives what is queued a moment to be written when it goes. Errors of the stream are no one's concern.
pub struct FlushOnDrop(BackgroundWriter);

impl BackgroundWriter {
    /// Starts the thread, which lives as long as the process.
    ///
    /// # Errors
    /// Where the machine gives no thread.
    pub fn start(stream: impl Write + Send + 'static) -> Result<(BackgroundWriter, FlushOnDrop)> {
        let writer = BackgroundWriter::default();
        let shared = writer.0.clone();
        std::thread::Builder::new().name("output".into()).spawn(move || shared.write_all_to(stream))?;
        Ok((writer.clone(), FlushOnDrop(writer)))
    }

    /// Writes that were dropped because nobody read the ones before.
    pub fn dropped_writes(&self) -> u64 {
        self.0.queue().dropped_writes
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_all_to(&self, mut stream: impl Write) {
        loop {
            let bytes = self.next();
            let _reader_is_gone: Option<Error> = stream.write_all(&bytes).and_then(|()| stream.flush()).err();
            self.queue().is_writing = false;
            self.changed.notify_all();
        }
    }

    /// Waits for something to write, and takes all of it.
    fn next(&self) -> Vec<u8> {
        let empty = |queue: &mut Queue| queue.bytes.is_empty();
        let mut queue = self.changed.wait_while(self.queue(), empty).unwrap_or_else(PoisonError::into_inner);
        queue.is_writing = true;
        std::mem::take(&mut queue.bytes)
    }
}

impl Write for BackgroundWriter {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let mut queue = self.0.queue();
        if queue.bytes.len() + bytes.len() > QUEUE_BYTES_MAX {
            queue.dropped_writes += 1;
        } else {
            queue.bytes.extend_from_slice(bytes);
            self.0.changed.notify_all();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for BackgroundWriter {
    type Writer = BackgroundWriter;

    fn make_writer(&'a self) -> BackgroundWriter {
        self.clone()
    }
}

impl Drop for FlushOnDrop {
    fn drop(&mut self) {
        let Shared { changed, .. } = &*self.0.0;
        let unwritten = |queue: &mut Queue| queue.is_writing || !queue.bytes.is_empty();
        drop(changed.wait_timeout_while(self.0.0.queue(), FLUSH_TIMEOUT, unwritten));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, pipe};

    #[test]
    fn what_is_written_is_read_in_order() {
        let (reader, stream) = pipe().expect("a pipe");
        let (mut writer, flush) = BackgroundWriter::start(stream).expect("a thread");
        for line in ["one\n", "two\n"] {
            writer.write_all(line.as_bytes()).expect("a write never fails");
        }
        drop(flush);
        let lines: Vec<String> = BufReader::new(reader).lines().take(2).map(|line| line.expect("UTF-8")).collect();
        assert_eq!(lines, ["one", "two"]);
    }

    #[test]
    fn a_reader_that_is_gone_is_not_missed() {
        let (reader, stream) = pipe().expect("a pipe");
        drop(reader);
        let (mut writer, _flush) = BackgroundWriter::start(stream).expect("a thread");
        (0..3).for_each(|_| writer.write_all(b"a line\n").expect("a write never fails"));
        assert_eq!(writer.dropped_writes(), 0);
    }

    #[test]
    fn a_reader_that_reads_nothing_is_not_waited_for() {
        let (_reader, stream) = pipe().expect("a pipe");
        let (mut writer, _flush) = BackgroundWriter::start(stream).expect("a thread");
        let line = [b'x'; 1 << 10];
        while writer.dropped_writes() == 0 {
            writer.write_all(&line).expect("a write never fails");
        }
        assert!(writer.0.queue().bytes.len() <= QUEUE_BYTES_MAX);
    }
}
