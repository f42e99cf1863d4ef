//! A strategy surely took longer than blocking, or got less done.

use super::*;

/// A task shorter than this, in milliseconds, is no longer than a step.
const TINY_MS: f64 = 0.1;
/// Fewer tasks than this are not many.
const MANY: usize = 1_000;

/// The rule.
pub struct Later;

impl Rule for Later {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("later", "{who} {came-to}{yet}"),
            (
                "too-fine",
                "{who} {came-to}: {tasks} {tasks?task:tasks} of {each} each are too small to be worth handing out",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let said = |compared: &Compared| {
            let Comparison::Worse(..) = compared.comparison else { return None };
            let came_to = came_to(compared)?;
            let told = |form| finding(form).about(compared.own.run).with("came-to", came_to);
            Some(match too_fine(compared.base, compared.own, evidence) {
                Some((tasks, each)) => {
                    told("too-fine").with("tasks", Fact::count(tasks)).with("each", Fact::Milliseconds(each))
                }
                None => told("later").with("yet", yet(compared)),
            })
        };
        evidence.unremarkable().iter().filter_map(said).collect()
    }
}

/// The number of tasks and how long each takes, in milliseconds, if workers took longer than one context `alone`
/// because the tasks are very many and very small; else `None`.
pub(super) fn too_fine(alone: Measured, workers: Measured, evidence: &Evidence) -> Option<(usize, f64)> {
    let experiment = evidence.experiment;
    let tasks: usize = experiment.workload.phases(&experiment.params).into_iter().sum();
    let each = alone.numbers.median_ms / tasks as f64;
    let parallel = workers.parallelism(experiment) == Parallelism::Full;
    let fine =
        alone.run.workers == 1 && tasks >= MANY && each < TINY_MS && parallel && experiment.nature() == Nature::Compute;
    fine.then_some((tasks, each))
}
