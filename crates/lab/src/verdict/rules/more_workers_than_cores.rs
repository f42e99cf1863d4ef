//! Some workers cannot run at the same time.

use super::*;

/// The rule.
pub struct MoreWorkersThanCores;

impl Rule for MoreWorkersThanCores {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("more-workers-than-cores", "{workers} {workers?worker:workers} on {cores} {cores?claimed core:claimed cores} take turns: while one waits for a core, its lane still shows it computing"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let cores = evidence.machine.claimed_cores;
        let most = evidence.ran().map(|run| run.workers).max();
        // waiting takes no core, so there they need not take turns
        let told = most.filter(|workers| *workers > cores && evidence.computes()).map(|workers| {
            caveat("more-workers-than-cores").with("workers", Fact::count(workers)).with("cores", Fact::count(cores))
        });
        told.into_iter().collect()
    }
}
