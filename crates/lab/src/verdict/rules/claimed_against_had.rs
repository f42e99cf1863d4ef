//! The lanes had fewer cores between them than they should have had.

use super::more_workers_than_cores::TURNS;
use super::other_programs::others_had;
use super::*;

/// Lanes that had less than this part of the cores that they could have had were short of them.
const SHORT: f64 = 0.8;
/// How many more lanes than there are cores may seem to be on a core at once: spans are exact to a few hundredths.
const MARGIN: f64 = 0.1;

/// The rule.
pub struct ClaimedAgainstHad;

impl Rule for ClaimedAgainstHad {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "claimed-against-had",
                "{cores} {cores?core is:cores are} claimed, but {who} had {had} between them: other programs had the rest, or there are fewer",
            ),
            (
                "claimed-against-had/others",
                "{who} had {had} cores between them, though there are {cores}: other programs, or the browser itself, had the rest",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let cores = evidence.machine.claimed_cores;
        // cores that other programs are known to have had are not missing
        let left = 1.0 - others_had(evidence).map_or(0.0, |(_, share)| share);
        // and lanes need no more cores than there are tasks at once
        let tasks = evidence.experiment.tasks_at_once();
        let short = evidence.measured().into_iter().filter_map(|own| {
            let had = own.numbers.parallelism?;
            let could = own.run.workers.min(cores).min(tasks) as f64 * left;
            let parallel = own.parallelism(evidence.experiment) == Parallelism::Full && own.run.workers > 1;
            let short = parallel && own.numbers.off_core? >= TURNS && had.ci95?[1] < SHORT * could;
            short.then_some((own, had.value))
        });
        let most = short.max_by_key(|(own, _)| own.run.workers);
        // there can be no more lanes on a core at once than there are cores, and so on average, too
        let lows = evidence.measured().into_iter().filter_map(|own| Some(own.numbers.parallelism?.ci95?[0]));
        let seen = lows.fold(0.0, f64::max);
        let told = most.map(|(own, had)| {
            let could = own.run.workers.min(cores).min(tasks);
            let there = seen > (could - 1) as f64 + MARGIN;
            let form = if there { "claimed-against-had/others" } else { "claimed-against-had" };
            let cores = if there { could } else { cores };
            caveat(form).about(own.run).with("cores", Fact::count(cores)).with("had", Fact::Ratio(had))
        });
        told.into_iter().collect()
    }
}
