//! The experiments that several stories run, and what every good run has.

use browsers::{Outcome, Page};
use lanes::report::{Report, Run};
use serde_json::{Value, json};
use workloads::Workload;

/// Every strategy, in the page's order.
pub const STRATEGIES: [&str; 4] = ["blocking", "event-loop", "threads", "processes"];
/// Those that run on any page.
pub const WITHOUT_ISOLATION: [&str; 3] = ["blocking", "event-loop", "processes"];

/// A workload at the small size whose answer is known, once under each of these strategies, two workers.
pub fn known(workload: &dyn Workload, strategies: &[&str]) -> Value {
    let known = workload.known();
    let mut experiment = json!({
        "workload": workload.info().id,
        "strategies": strategies,
        "workers": 2,
        "samples": 1,
        "seed": known.seed,
    });
    for (key, value) in known.params {
        experiment[*key] = (*value).into();
    }
    experiment
}

/// The Mandelbrot set, big enough to be busy with: 20 to 200 ms for each strategy.
pub fn busy(strategies: &[&str], samples: usize) -> Value {
    json!({ "workload": "mandelbrot", "size": 500, "strategies": strategies, "workers": 2, "samples": samples })
}

/// The run of this strategy.
pub fn run_of<'r>(report: &'r Report, strategy: &str) -> &'r Run {
    let found = report.runs.iter().find(|run| run.strategy == strategy);
    found.unwrap_or_else(|| panic!("the report has no run of {strategy}"))
}

/// A small race under all of these strategies ends well: every one of them has the known answer.
pub async fn runs_well(page: &Page<'_>, strategies: &[&str]) {
    let workload = workloads::ALL[0];
    answers_are_known(&page.run(known(workload, strategies)).await, workload, strategies);
}

/// The known answer under each of these strategies.
pub fn answers_are_known(outcome: &Outcome, workload: &dyn Workload, strategies: &[&str]) {
    let id = workload.info().id;
    let report = outcome.as_ref().unwrap_or_else(|error| panic!("{id}: {error}"));
    let names: Vec<_> = report.runs.iter().map(|run| run.strategy.as_str()).collect();
    assert_eq!(names, strategies, "{id}");
    for run in &report.runs {
        assert_eq!(run.unavailable, None, "{id}, {}", run.strategy);
        assert_eq!(run.answer.as_deref(), Some(workload.known().answer), "{id}, {}", run.strategy);
    }
}
