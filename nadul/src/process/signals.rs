//! Ctrl-C and SIGTERM: the first one asks for an orderly end, the second one ends at once.
use crate::command_error::{CommandError, CommandResult};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// As a shell tells of a process that a signal ended: 128 and the signal's number.
const INTERRUPTED: i32 = 130;
const TERMINATED: i32 = 143;

pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

pub fn listen() -> CommandResult<Signals> {
    let failed = |error| CommandError::new(format!("this machine gives no signals: {error}"));
    let interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    Ok(Signals { interrupt, terminate: signal(SignalKind::terminate()).map_err(failed)? })
}

impl Signals {
    /// Waits for one, and says with which code a process ends that it ends.
    pub async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.interrupt.recv() => INTERRUPTED,
            _ = self.terminate.recv() => TERMINATED,
        }
    }

    /// From now on one more ends the process, whatever it is doing.
    pub fn again(mut self) {
        tokio::spawn(async move { std::process::exit(self.next().await) });
    }
}
