//! A lock that goes on after a panic: a lifetime that panics has failed already.
use std::sync::{Mutex, MutexGuard, PoisonError};

pub fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
