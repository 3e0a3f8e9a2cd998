//! bookstore: buy books online. The shop front takes the order and the money, the seller accepts it, the courier delivers it.
pub mod delivery;
pub mod message;
pub mod order;
pub mod orderview;
pub mod pay;
pub mod store;

use kernel::{HOLD_TIMEOUT_MS, PAYMENT_TIMEOUT_MS, Role, Setting, Settings, System};

pub const CUSTOMER: Role = Role::new("customer", "Buys books.");
pub const SELLER: Role = Role::new("seller", "Keeps the shop: its books, and the orders to accept.");
pub const COURIER: Role = Role::new("courier", "Brings what was bought.");

pub const SETTINGS: &[Setting] = &[
    PAYMENT_TIMEOUT_MS,
    HOLD_TIMEOUT_MS,
    Setting::flag(
        "auto_accept",
        "false",
        "Paid orders are accepted as soon as their stock is taken, without the seller.",
    ),
];

pub fn system(settings: &Settings) -> System {
    System::new("bookstore", "bookstore", "Buy books online.")
        .context(order::context())
        .context(delivery::context())
        .context(store::context(settings.flag("auto_accept")))
        .context(pay::context())
        .context(message::context())
        .context(orderview::context())
        .conserves("money", "paid and not refunded = amount of the orders neither cancelled nor rejected")
        .conserves("holds", "no money stays held")
        .conserves("stock", "stock on the shelf + stock taken by such orders = stock set")
        .conserves("orders", "the seller has such an order, open or accepted, exactly once")
        .conserves("deliveries", "a delivery is under way or complete exactly for what the seller accepted")
        .conserves("stops", "no delivery waits for the outcome of a cancel")
}

#[cfg(test)]
mod tests;
