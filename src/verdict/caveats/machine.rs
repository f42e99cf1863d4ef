//! Doubts that come from the machine, the browser, or what the visitor did meanwhile.

use crate::experiment::TIMER_SHARE;
use crate::measure::{Measurement, decimal};
use crate::verdict::wording::{caveat, counted, duration, who};
use crate::verdict::{Evidence, Finding, Rule};

/// Two spins that differ by more than this part met two different machines.
const DRIFT: f64 = 0.1;

/// Browsers slow hidden tabs down.
pub struct HiddenTab;

impl Rule for HiddenTab {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let text = "the tab was hidden during the run, and browsers slow hidden tabs down: all times are void";
        let told = evidence.conditions.hidden.then(|| caveat("hidden-tab", text.into()));
        told.into_iter().collect()
    }
}

/// The clock's step is a large part of the shortest sample.
pub struct CoarseTimer;

impl Rule for CoarseTimer {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let resolution = evidence.conditions.timer_resolution_ms;
        let sample = |own: &Measurement| own.median_ms * own.repeats as f64;
        let measurements = evidence.measurements().into_iter();
        let shortest = measurements.min_by(|one, other| sample(one).total_cmp(&sample(other)));
        let told = shortest.filter(|shortest| resolution > TIMER_SHARE * sample(shortest)).map(|shortest| {
            let (step, sample) = (duration(resolution), duration(sample(shortest)));
            let text = format!(
                "the browser's clock moves in steps of {step}, more than 1 % of the {sample} that {} took",
                who(shortest)
            );
            caveat("coarse-timer", text)
        });
        told.into_iter().collect()
    }
}

/// Samples did the work several times, for the clock's sake.
pub struct Lengthened;

impl Rule for Lengthened {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let repeats: Vec<_> = evidence.measurements().iter().map(|own| own.repeats).collect();
        let most = repeats.iter().copied().max().filter(|most| *most > 1);
        let told = most.map(|most| {
            let up_to = if repeats.iter().all(|repeats| *repeats == most) { "" } else { "up to " };
            let (times, step) = (counted(most, "time", "times"), duration(evidence.conditions.timer_resolution_ms));
            let text = format!(
                "each timed sample did the work {up_to}{times} in a row, because the clock moves in steps of {step}: lanes \
                 show all of that, numbers are of one time"
            );
            caveat("lengthened", text)
        });
        told.into_iter().collect()
    }
}

/// Machines on battery save power.
pub struct OnBattery;

impl Rule for OnBattery {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = evidence.conditions.on_battery == Some(true) && !evidence.measurements().is_empty();
        let text = "the machine ran on battery, where it may save power by slowing down";
        told.then(|| caveat("on-battery", text.into())).into_iter().collect()
    }
}

/// The same spin took longer at one end of the run than at the other.
pub struct UnsteadyMachine;

impl Rule for UnsteadyMachine {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let told = evidence.conditions.calibration_ms.and_then(|[before, after]| {
            let drift = before.max(after) / before.min(after) - 1.0;
            let (longer, shorter) = if after > before { ("after", "before") } else { ("before", "after") };
            let text = format!(
                "the same fixed work took {} % longer {longer} the run than {shorter}: the machine was not steady",
                decimal(drift * 100.0, 0)
            );
            (drift > DRIFT && !evidence.measurements().is_empty()).then(|| caveat("unsteady-machine", text))
        });
        told.into_iter().collect()
    }
}

/// Some workers cannot run at the same time.
pub struct MoreWorkersThanCores;

impl Rule for MoreWorkersThanCores {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let cores = evidence.conditions.claimed_cores;
        let most = evidence.results.measurements.iter().map(|own| own.workers).max();
        // waiting takes no core, so there they need not take turns
        let told = most.filter(|workers| *workers > cores && evidence.computes()).map(|workers| {
            let (workers, cores) =
                (counted(workers, "worker", "workers"), counted(cores, "claimed core", "claimed cores"));
            let unseen = "while one waits for a core, its lane still shows it computing";
            caveat("more-workers-than-cores", format!("{workers} on {cores} take turns: {unseen}"))
        });
        told.into_iter().collect()
    }
}
