//! `Nadul-Position`: how far each context's log must have been consumed.
use crate::request::life_mark::LifeMark;
use crate::request::list_header;
use crate::response::POSITION;
use crate::server::hosted_system::HostedSystem;
use axum::http::HeaderMap;
use kernel::Name;
use std::collections::BTreeMap;

/// The position that each context's log must be consumed up to.
pub(super) type Positions = BTreeMap<Name, u64>;

/// Reads `catch:123.0f9c2d61a4b8, pickup:4.77aa01b2c3d4`. A context that the system does not have, and a position of another life, is passed over.
pub(super) fn read(hosted: &HostedSystem, headers: &HeaderMap) -> Positions {
    let mut found = Positions::new();
    for (name, position) in list_header::items(headers, POSITION).filter_map(|item| item.split_once(':')) {
        let Some(context) = hosted.context(name) else { continue };
        if let Some(position) = LifeMark::new(hosted.work.life(context.name)).read(position) {
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
