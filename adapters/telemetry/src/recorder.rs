//! The recorder of all counters, gauges and histograms, rendered as Prometheus text.
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder};
use std::sync::Arc;

/// Renders the text of `/metrics` from the present counts.
pub type RenderPrometheus = Arc<dyn Fn() -> String + Send + Sync>;

/// Upper bounds of a request's time, in seconds: from a read in memory to the longest a client waits.
const SECONDS: [f64; 14] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0];

/// Records from now on. Once a process, before anything is counted: earlier counts are lost.
pub fn install_recorder() -> Result<RenderPrometheus, BuildError> {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS)?;
    let handle = builder.install_recorder()?;
    Ok(Arc::new(move || {
        handle.run_upkeep();
        handle.render()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_rendered() {
        let render = install_recorder().expect("the first one here");
        metrics::counter!("nadul_tests_total", "of" => "telemetry").increment(3);
        metrics::histogram!("nadul_test_seconds").record(0.003);
        let text = render();
        assert!(text.contains("nadul_tests_total{of=\"telemetry\"} 3"), "{text}");
        assert!(text.contains("nadul_test_seconds_bucket{le=\"0.005\"} 1"), "{text}");
        assert!(install_recorder().is_err());
    }
}
