//! bookstore's faults: a provider that does not pay, contexts that are down and come back, and kill −9 at any moment.
mod down;
mod killed;
mod provider;
