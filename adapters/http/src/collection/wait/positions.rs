//! `Nadul-Position`: how far each context's log must have been consumed.
use crate::request::list_header;
use crate::response::POSITION;
use axum::http::HeaderMap;
use kernel::{Name, System};
use std::collections::BTreeMap;

/// The position that each context's log must be consumed up to.
pub(super) type Positions = BTreeMap<Name, u64>;

/// Reads `catch:123, pickup:4`. A context that the system does not have is passed over.
pub(super) fn read(system: &System, headers: &HeaderMap) -> Positions {
    let mut found = Positions::new();
    for (name, position) in list_header::items(headers, POSITION).filter_map(|item| item.split_once(':')) {
        if let (Some(context), Ok(position)) = (system.get(name), position.parse()) {
            raise(&mut found, context.name, position);
        }
    }
    found
}

/// Requires at least this position of a context.
pub(super) fn raise(positions: &mut Positions, context: Name, position: u64) {
    let known = positions.entry(context).or_default();
    *known = position.max(*known);
}
