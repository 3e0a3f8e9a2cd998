//! call-taxi: call a taxi by distance. The fare is held in the same call, a drive is assigned at once; what can't be paid is kept as failed.
pub mod call;
pub mod callview;
pub mod drive;
pub mod message;
pub mod payment;

use kernel::{HOLD_TIMEOUT_MS, PAYMENT_TIMEOUT_MS, Role, Setting, Settings, System};

pub const CUSTOMER: Role = Role::new("customer", "Calls taxis and pays for them.");
pub const DRIVER: Role = Role::new("driver", "Drives who has called.");

pub const SETTINGS: &[Setting] = &[
    PAYMENT_TIMEOUT_MS,
    HOLD_TIMEOUT_MS,
    Setting::one_of(
        "log_level",
        &["error", "warn", "info", "debug", "trace"],
        "info",
        "What is logged of this system.",
    ),
];

pub fn system(_: &Settings) -> System {
    System::new("call-taxi", "taxisvc", "Call a taxi by distance.")
        .context(call::context())
        .context(payment::context())
        .context(drive::context())
        .context(callview::context())
        .context(message::context())
        .conserves("money", "paid and not refunded = fare of the calls neither cancelled nor failed")
        .conserves("holds", "no money stays held")
        .conserves("drives", "a call has a drive exactly while it is neither cancelled nor failed")
        .conserves("stops", "no drive waits for the outcome of a cancel")
}

#[cfg(test)]
mod tests;
