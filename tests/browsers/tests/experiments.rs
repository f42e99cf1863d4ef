//! Experiments that several stories run, and checks that every good run passes.
//!
//! The strategies and workloads are read from the registries, so a new one is part of every story.

use std::sync::LazyLock;

use browsers::{Capabilities, Outcome, Page};
use lab::measure::Numbers;
use lab::report::{Report, Run};
use serde_json::{Value, json};
use strategies::{Meta, Place, WhyUnavailable};
use workloads::{Params, Workload};

/// Every strategy, in the page's order.
pub static STRATEGIES: LazyLock<Vec<&str>> = LazyLock::new(|| those(|_| true));
/// The strategies that run on any page.
pub static WITHOUT_ISOLATION: LazyLock<Vec<&str>> = LazyLock::new(|| those(|meta| !meta.needs_isolation()));
/// The strategies that run only on an isolated page.
pub static WITH_ISOLATION: LazyLock<Vec<&str>> = LazyLock::new(|| those(Meta::needs_isolation));

fn those(wanted: impl Fn(&Meta) -> bool) -> Vec<&'static str> {
    strategies::ALL.iter().map(|strategy| strategy.meta()).filter(|meta| wanted(meta)).map(|meta| meta.id).collect()
}

/// Whether this strategy works on the page's own thread; all others need workers.
pub fn is_on_page(strategy: &str) -> bool {
    strategies::find(strategy).expect("it is one of ours").meta().place == Place::Page
}

/// An experiment with the small size at which the workload's answer is known: one sample under each of these
/// strategies, with two workers.
pub fn known(workload: &'static dyn Workload, strategies: &[&str]) -> Value {
    let known = workload.known();
    let mut experiment = json!({
        "workload": workload.info().id,
        "strategies": strategies,
        "workers": 2,
        "samples": 1,
        "seed": known.seed,
    });
    for (param, value) in known_params(workload).iter() {
        experiment[param.key] = param.text(value).into();
    }
    experiment
}

/// An experiment that keeps each strategy busy: a Mandelbrot set that takes 20 to 200 ms.
pub fn busy(strategies: &[&str], samples: usize) -> Value {
    json!({ "workload": "mandelbrot", "size": 500, "strategies": strategies, "workers": 2, "samples": samples })
}

/// The run of this strategy.
pub fn run_of<'r>(report: &'r Report, strategy: &str) -> &'r Run {
    let found = report.runs.iter().find(|run| run.strategy == strategy);
    found.unwrap_or_else(|| panic!("the report has no run of {strategy}"))
}

/// The numbers of this run.
pub fn numbers_of(run: &Run) -> &Numbers {
    run.numbers.as_ref().unwrap_or_else(|| panic!("{} has no numbers: {run:?}", run.strategy))
}

/// Strategies that need isolation are unavailable, with the reason; all others are available.
pub fn isolation_is_missing(offer: &Capabilities) {
    let out = offer.unavailable();
    assert!(out.iter().map(|(strategy, _)| strategy).eq(&*WITH_ISOLATION), "{offer:?}");
    assert!(out.iter().all(|(_, reason)| reason.contains("isolated")), "{out:?}");
    assert!(!offer.shared_memory);
}

/// A small race under these strategies succeeds: each of them gives the known answer.
pub async fn runs_well(page: &Page<'_>, strategies: &[&str]) {
    let workload = workloads::ALL[0];
    answers_are_known(&page.run(known(workload, strategies)).await, workload, strategies);
}

/// The report has the known answer for each of these strategies.
pub fn answers_are_known(outcome: &Outcome, workload: &'static dyn Workload, strategies: &[&str]) {
    let id = workload.info().id;
    let report = outcome.as_ref().unwrap_or_else(|error| panic!("{id}: {error}"));
    let names: Vec<_> = report.runs.iter().map(|run| run.strategy.as_str()).collect();
    assert_eq!(names, strategies, "{id}");
    let params = known_params(workload);
    for run in &report.runs {
        let strategy = strategies::find(&run.strategy).expect("it is one of ours");
        if strategies::unsuited(strategy, workload, &params) {
            let reason = words::unavailable(&WhyUnavailable::NeedsOneMemory(id.into()));
            assert_eq!(run.unavailable, Some(reason), "{id}, {}", run.strategy);
            assert_eq!((&run.answer, &run.summary), (&None, &None), "{id}, {}", run.strategy);
        } else {
            assert_eq!(run.unavailable, None, "{id}, {}", run.strategy);
            assert_eq!(run.answer, Some(known_answer(workload)), "{id}, {}", run.strategy);
            assert_eq!(run.summary, Some(workload.known().answer()), "{id}, {}", run.strategy);
        }
    }
}

/// The known answer, as a report says it.
pub fn known_answer(workload: &dyn Workload) -> String {
    words::answer(workload.info(), &workload.known().answer())
}

/// The parameters of the small size at which the workload's answer is known.
fn known_params(workload: &dyn Workload) -> Params {
    let mut params = Params::defaults(workload.info());
    for (key, value) in workload.known().params {
        params.set(key, *value).expect("a known answer is of legal parameters");
    }
    params
}
