//! Why more workers do not help: nothing to share, too little of it, too dear a start, or no workers at all.

use super::evidence::{Compared, Evidence, Origin};
use super::wording::{clause, counted, duration, finding, is_or_are, plain, who};
use super::{Finding, Rule};
use crate::measure::{BASELINE, Refusal};

/// Work that takes less than a frame at 60 Hz is over before anybody could see a gain.
const TOO_LITTLE_MS: f64 = 1000.0 / 60.0;

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
        let several = compared.iter().any(|compared| compared.own.workers > 1);
        let gained = compared.iter().any(|compared| compared.gain(evidence).is_some());
        let short = evidence.baseline().filter(|baseline| baseline.median_ms < TOO_LITTLE_MS);
        let able = several && !gained && !evidence.experiment.waits() && evidence.experiment.can_be_split();
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

/// Starting the workers took longer than they saved in a run.
pub struct StartUpOutweighsGain;

impl Rule for StartUpOutweighsGain {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let outweighed = |compared: &Compared| {
            compared.gain(evidence).filter(|gain| gain.origin != Origin::Unexplained)?;
            let (saved, startup) = (compared.baseline.median_ms - compared.own.median_ms, compared.own.startup_ms);
            let (took, gained) = (duration(startup), duration(saved));
            let text = format!(
                "starting {} took {took}, more than the {gained} that a run saved: it pays only where they are used again",
                who(compared.own)
            );
            (startup > saved).then(|| finding("start-up-outweighs-gain", Some(&compared.own.strategy), text))
        };
        evidence.comparisons().iter().filter_map(outweighed).collect()
    }
}

/// A strategy cannot run here.
pub struct Unavailable;

impl Rule for Unavailable {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let unavailable = |refusal: &Refusal| {
            let (name, verb) = (plain(&refusal.strategy), is_or_are(&refusal.strategy));
            let text = format!("{name} {verb} unavailable: {}", clause(&refusal.reason));
            finding("unavailable", Some(&refusal.strategy), text)
        };
        evidence.results.unavailable.iter().map(unavailable).collect()
    }
}
