//! The port to the recorder of metrics.
use std::sync::Arc;

/// Renders the text of `/metrics` from the recorder's present counts.
pub type RenderMetrics = Arc<dyn Fn() -> String + Send + Sync>;
