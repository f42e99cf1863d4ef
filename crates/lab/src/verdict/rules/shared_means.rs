//! Workers gained less than their number, though each could have had a core of its own.

use super::*;

/// Workers that gained surely less than this part of their number share something, or pay for not sharing it.
const WELL: f64 = 0.75;

/// The rule.
pub struct SharedMeans;

impl Rule for SharedMeans {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "shared-means/memory",
                "{who} gained less than the possible {possible} {possible?time:times}: memory bandwidth, which they share, may be why",
            ),
            (
                "shared-means/messages",
                "{who} gained less than the possible {possible} {possible?time:times}: messages, copying or a serial part may be why",
            ),
            (
                "shared-means",
                "{who} gained less than the possible {possible} {possible?time:times}: shared memory, a lock, shared cores or a serial part may be why",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let streams = evidence.experiment.workload.traffic(&evidence.experiment.params) > 0.0;
        let less = |(compared, gain): &(Compared, Gain)| {
            let (own, workers) = (compared.own, compared.own.run.workers);
            let form = match (streams, own.isolated()) {
                (true, _) => "shared-means/memory",
                (_, true) => "shared-means/messages",
                _ => "shared-means",
            };
            let less = gain.origin == Origin::Parallelism
                && workers <= evidence.machine.claimed_cores
                && gain.interval[1] < WELL * workers as f64;
            less.then(|| finding(form).about(own.run).with("possible", Fact::count(workers)))
        };
        evidence.gains().iter().filter_map(less).collect()
    }
}
