//! What all parts need from the page.

use std::time::Duration;

use browsers::Page;
use lab::report::Report;
use serde_json::Value;

/// How long the browser stays busy after a run or a frame.
const PAUSE: Duration = Duration::from_millis(50);

/// Runs an experiment.
///
/// # Panics
/// When it fails, or a strategy cannot run, or its numbers are void.
pub async fn report_of(page: &Page<'_>, experiment: Value) -> Report {
    let report = page.run(experiment.clone()).await.unwrap_or_else(|error| panic!("{experiment}: {error}"));
    for run in &report.runs {
        let flaw = run.unavailable.as_ref().or(run.void.as_ref());
        assert_eq!(flaw, None, "{}, {experiment}", run.strategy);
    }
    forget(page).await;
    report
}

/// The samples of each of an experiment's strategies, in milliseconds, and the answer.
///
/// # Panics
/// As [`report_of`].
pub async fn samples_of(page: &Page<'_>, experiment: Value) -> (Vec<Vec<f64>>, String) {
    let report = report_of(page, experiment).await;
    let answer = report.runs[0].answer.clone().expect("a run has an answer");
    (report.runs.into_iter().map(|run| run.samples_ms).collect(), answer)
}

/// Lets the browser come to rest before something else is measured beside it.
pub async fn pause() {
    tokio::time::sleep(PAUSE).await;
}

/// Drops the messages of the tests' recorder, which would fill the page's memory.
async fn forget(page: &Page<'_>) {
    page.script("recorder.messages.length = 0", vec![]).await;
}
