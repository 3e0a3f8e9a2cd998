//! taxi: hail a taxi at your own price. The customer names start, destination and price; paid requests appear on the drivers' list; a driver picks one.
pub mod catch;
pub mod message;
pub mod mypage;
pub mod payment;
pub mod pickup;

use kernel::{COMMON_SETTINGS, Role, Setting, Settings, System};

pub const CUSTOMER: Role = Role::new("customer", "Hails taxis and pays for them.");
pub const DRIVER: Role = Role::new("driver", "Picks requests and drives their customers.");

pub const SETTINGS: &[Setting] = COMMON_SETTINGS;

pub fn system(_: &Settings) -> System {
    System::new("taxi", "taxiteam", "Hail a taxi at your own price.")
        .context(catch::context())
        .context(pickup::context())
        .context(payment::context())
        .context(mypage::context())
        .context(message::context())
        .conserves("money", "approved and not refunded = price of the catches that are not cancelled")
        .conserves("holds", "no money stays held")
        .conserves("open", "a request is listed exactly while it waits for a driver")
        .conserves("matched", "a request is matched for its customer exactly while it is for a driver")
}
