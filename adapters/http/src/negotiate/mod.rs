//! What the client prefers: a language, a media type.
pub(crate) mod language;
pub(crate) mod media_type;
pub(crate) mod preference;
