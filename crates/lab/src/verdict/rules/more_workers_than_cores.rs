//! Some workers had to wait for a core, because there were more of them than cores.

use super::*;

/// Lanes that had no core for this part of their time took turns.
pub(super) const TURNS: f64 = 0.1;

/// The rule.
pub struct MoreWorkersThanCores;

impl Rule for MoreWorkersThanCores {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("more-workers-than-cores", "{who} had {had} cores between them, in turns of {turn}"),
            (
                "more-workers-than-cores/untold",
                "{workers} {workers?worker:workers} on {cores} {cores?claimed core:claimed cores} take turns, and it could not be seen when each of them had a core",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let cores = evidence.machine.claimed_cores;
        let more =
            |own: &Measured| own.run.workers > cores && own.parallelism(evidence.experiment) == Parallelism::Full;
        let told = evidence.with_most_workers().into_iter().filter(more).filter_map(|own| {
            let (had, turn) = (own.numbers.parallelism?.value, own.numbers.turn_ms?);
            let took_turns = own.numbers.off_core? >= TURNS;
            let told = || finding("more-workers-than-cores").about(own.run);
            took_turns.then(|| told().with("had", Fact::Ratio(had)).with("turn", Fact::Milliseconds(turn)))
        });
        told.chain(untold(evidence)).collect()
    }
}

/// Waiting takes no core, so workers have to take turns only where all of them compute.
fn untold(evidence: &Evidence) -> Option<Finding> {
    let cores = evidence.machine.claimed_cores;
    let blind = |own: &Measured| own.numbers.parallelism.is_none();
    let most = evidence.with_most_workers().iter().filter(|own| blind(own)).map(|own| own.run.workers).max();
    most.filter(|workers| *workers > cores && evidence.computes()).map(|workers| {
        let told = caveat("more-workers-than-cores/untold");
        told.with("workers", Fact::count(workers)).with("cores", Fact::count(cores))
    })
}
