//! fruit: order fruit, have it delivered. The order is paid in the same call; whoever may have delivered it already is asked before a cancel.
pub mod delivery;
pub mod message;
pub mod mypage;
pub mod order;
pub mod payment;

use kernel::{COMMON_SETTINGS, Role, Setting, Settings, System};

pub const CUSTOMER: Role = Role::new("customer", "Orders fruit and pays for it.");
pub const COURIER: Role = Role::new("courier", "Brings what was ordered.");

pub const SETTINGS: &[Setting] = COMMON_SETTINGS;

pub fn system(_: &Settings) -> System {
    System::new("fruit", "fruitstore", "Order fruit, have it delivered.")
        .context(order::context())
        .context(payment::context())
        .context(delivery::context())
        .context(mypage::context())
        .context(message::context())
        .conserves("money", "approved and not refunded = price of the orders not cancelled")
        .conserves("holds", "no money stays held")
        .conserves("deliveries", "a delivery is completed or under way exactly for each order not cancelled")
        .conserves("stops", "no delivery waits for the outcome of a cancel")
}

#[cfg(test)]
mod tests;
