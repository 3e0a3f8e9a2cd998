//! laundry: have your clothes washed. The example of docs/a-sixth-system.md, small on purpose.
pub mod message;
pub mod payment;
pub mod ticket;
pub mod wash;

use kernel::{COMMON_SETTINGS, Role, Setting, Settings, System};

pub const CUSTOMER: Role = Role::new("customer", "Brings clothes and pays for the wash.");
pub const WASHER: Role = Role::new("washer", "Washes them.");

pub const SETTINGS: &[Setting] = COMMON_SETTINGS;

pub fn system(_: &Settings) -> System {
    System::new("laundry", "laundry", "Have your clothes washed.")
        .context(wash::context())
        .context(payment::context())
        .context(ticket::context())
        .context(message::context())
        .conserves("money", "paid and not refunded = price of the washes that are not cancelled")
        .conserves("holds", "no money stays held")
}
