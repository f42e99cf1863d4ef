//! Why more workers do not help: nothing to share, too little of it, too dear a start, or no workers at all.

use super::evidence::{Compared, Evidence, Gain, Origin};
use super::speed::gains;
use super::wording::{clause, counted, duration, finding, is_or_are, plain, who};
use super::{Finding, Rule};
use crate::experiment::{BASELINE, Nature};
use crate::measure::Refusal;

/// Work that takes less than a frame at 60 Hz is over before anybody could see a gain.
const TOO_LITTLE_MS: f64 = 1000.0 / 60.0;
/// The rule that says what could not run.
pub const UNAVAILABLE: &str = "unavailable";
/// Workers that gained surely less than this part of their number share something, or pay for not sharing it.
const WELL: f64 = 0.75;

/// There are never two tasks at once.
pub struct CannotBeSplit;

impl Rule for CannotBeSplit {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let several = evidence.results.measurements.iter().map(|own| own.workers).max().filter(|most| *most > 1);
        let told = several.filter(|_| !evidence.experiment.can_be_split()).map(|workers| {
            let workers = counted(workers, "worker", "workers");
            finding("cannot-be-split", None, format!("this work is one chain of steps: {workers} cannot share it"))
        });
        told.into_iter().collect()
    }
}

/// The whole work is so short that sharing it out gained nothing.
pub struct TooLittleWork;

impl Rule for TooLittleWork {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let compared = evidence.comparisons();
        let several = compared.iter().any(|compared| compared.own.workers > 1 && compared.own.parallel);
        let gained = compared.iter().any(|compared| compared.gain(evidence).is_some());
        let short = evidence.baseline().filter(|baseline| baseline.median_ms < TOO_LITTLE_MS);
        let computes = evidence.experiment.nature() == Nature::Compute;
        let able = several && !gained && computes && evidence.experiment.can_be_split();
        let told = short.filter(|_| able).map(|baseline| {
            let text = format!(
                "{} took {}: too little work to gain from more workers",
                BASELINE,
                duration(baseline.median_ms)
            );
            finding("too-little-work", None, text)
        });
        told.into_iter().collect()
    }
}

/// Workers gained less than their number, though each could have had a core of its own.
pub struct SharedMeans;

impl Rule for SharedMeans {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let streams = evidence.experiment.workload.traffic(&evidence.experiment.params) > 0.0;
        let why = |isolated: bool| match (streams, isolated) {
            (true, _) => "the way to memory, which they share, may be why",
            (_, true) => "messages to them, and what is copied, may be why, or a part that only one can do",
            _ => "what they share may be why, be it memory, a lock, cores, or a part that only one can do",
        };
        let less = |(compared, gain): &(Compared, Gain)| {
            let workers = compared.own.workers;
            let less = gain.origin == Origin::Parallelism
                && workers <= evidence.conditions.claimed_cores
                && gain.interval[1] < WELL * workers as f64;
            let text = || {
                let possible = counted(workers, "time", "times");
                format!("{} gained less than {possible}: {}", who(compared.own), why(compared.own.isolated))
            };
            less.then(|| finding("shared-means", Some(&compared.own.strategy), text()))
        };
        gains(evidence).iter().filter_map(less).collect()
    }
}

/// Starting the workers took longer than they saved in a run.
pub struct StartUpOutweighsGain;

impl Rule for StartUpOutweighsGain {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let outweighed = |compared: &Compared| {
            let explained = compared.gain(evidence).is_some_and(|gain| gain.origin != Origin::Unexplained);
            let (saved, startup) = (compared.baseline.median_ms - compared.own.median_ms, compared.own.startup_ms);
            let (took, gained) = (duration(startup), duration(saved));
            let text = format!(
                "starting {} took {took} this time, more than the {gained} that a run saved: it pays only where \
                 they are used again",
                who(compared.own)
            );
            let outweighed = explained && compared.own.done.is_none() && startup > saved;
            outweighed.then(|| finding("start-up-outweighs-gain", Some(&compared.own.strategy), text))
        };
        evidence.comparisons().iter().filter_map(outweighed).collect()
    }
}

/// A strategy cannot run here.
pub struct Unavailable;

impl Rule for Unavailable {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let unavailable = |refusal: &Refusal| {
            let name = plain(&refusal.strategy);
            let ran = evidence.results.measurements.iter().any(|own| own.strategy == refusal.strategy);
            let verb = is_or_are(&refusal.strategy);
            let some = if ran { " with some numbers of workers" } else { "" };
            let text = format!("{name} {verb} unavailable{some}: {}", clause(&refusal.reason));
            finding(UNAVAILABLE, Some(&refusal.strategy), text)
        };
        evidence.results.unavailable.iter().map(unavailable).collect()
    }
}
