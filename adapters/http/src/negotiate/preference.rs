//! One item of an `Accept` or `Accept-Encoding` header: a name, and how much the client likes it.

/// The name without its parameters, and its quality from 0 to 1.
pub(crate) fn read(item: &str) -> (&str, f32) {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    (name, quality.map_or(1.0, |quality| quality.parse().unwrap_or(0.0)))
}
