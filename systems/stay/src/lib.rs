//! stay: book a room, and a rental car with it. Both are held and paid for in one call, or nothing is.
pub mod bookable;
pub mod message;
pub mod payment;
pub mod rentcar;
pub mod reservation;
pub mod review;
pub mod room;
pub mod viewpage;

use kernel::{HOLD_TIMEOUT_MS, PAYMENT_TIMEOUT_MS, Role, Setting, Settings, System};

pub const CUSTOMER: Role = Role::new("customer", "Books rooms and cars, and pays for them.");
pub const HOST: Role = Role::new("host", "Offers rooms and cars.");

const CITY_NAME: Setting =
    Setting::text("city_name", "", "The city that messages name; unset, they name none.").or_env("CITYNAME");
pub const SETTINGS: &[Setting] = &[PAYMENT_TIMEOUT_MS, HOLD_TIMEOUT_MS, CITY_NAME];

pub fn system(settings: &Settings) -> System {
    System::new("stay", "airbnb", "Book a room, and a rental car with it.")
        .context(room::context())
        .context(rentcar::context())
        .context(reservation::context())
        .context(payment::context())
        .context(viewpage::context())
        .context(message::context(settings.text(CITY_NAME.name)))
        .conserves("money", "paid and not cancelled = amount of the reservations not cancelled")
        .conserves("holds", "no money stays held")
        .conserves(
            "room",
            "each room held or reserved belongs to exactly one reservation not cancelled, and each such has its room",
        )
        .conserves(
            "rentcar",
            "each car held or reserved belongs to exactly one reservation not cancelled that asked for it",
        )
}

#[cfg(test)]
mod tests;
