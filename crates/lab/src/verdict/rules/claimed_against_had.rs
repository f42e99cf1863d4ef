//! The lanes had fewer cores between them than there should have been for them.

use super::more_workers_than_cores::TURNS;
use super::other_programs::others_had;
use super::*;

/// Lanes that had less than this part of the cores that they could have had were short of them.
const SHORT: f64 = 0.8;

/// The rule.
pub struct ClaimedAgainstHad;

impl Rule for ClaimedAgainstHad {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "claimed-against-had",
            "{cores} {cores?core is:cores are} claimed, but {who} had {had} between them: other programs had the rest, or there are fewer",
        )]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let cores = evidence.machine.claimed_cores;
        // what others are known to have had is not missing
        let left = 1.0 - others_had(evidence).map_or(0.0, |(_, share)| share);
        let short = evidence.measured().into_iter().filter_map(|own| {
            let had = own.numbers.parallelism?;
            let could = own.run.workers.min(cores) as f64 * left;
            let parallel = own.parallelism(evidence.experiment) == Parallelism::Full && own.run.workers > 1;
            let short = parallel && own.numbers.off_core? >= TURNS && had.ci95?[1] < SHORT * could;
            short.then_some((own, had.value))
        });
        let most = short.max_by_key(|(own, _)| own.run.workers);
        let told = most.map(|(own, had)| {
            caveat("claimed-against-had").about(own.run).with("cores", Fact::count(cores)).with("had", Fact::Ratio(had))
        });
        told.into_iter().collect()
    }
}
