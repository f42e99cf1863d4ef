//! Other programs had the cores, or samples that should be alike are not.

use super::slowed_down::slower;
use super::*;

/// Samples whose middle half lies farther apart than this part of their median were disturbed.
const DISTURBED: f64 = 0.15;
/// A single lane that had no core for this part of its time was kept from it by another program.
const KEPT_FROM: f64 = 0.05;

/// The rule.
pub struct OtherPrograms;

impl Rule for OtherPrograms {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "other-programs/had",
                "other programs, or the browser itself, had the cores for {share} % of the time in which {who} had something to compute",
            ),
            (
                "other-programs/uneven",
                "the samples of {who} vary by {spread} %, even in their middle half, though lanes hardly ever lost a core",
            ),
            (
                "other-programs/uneven-in-turns",
                "the samples of {who} vary by {spread} %, even in their middle half, and lanes had to wait for cores",
            ),
            (
                "other-programs/uneven-untold",
                "the samples of {who} vary by {spread} %, even in their middle half, and it is not known what had the cores",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        if let Some((own, share)) = others_had(evidence) {
            return vec![caveat("other-programs/had").about(own.run).with("share", Fact::Percent(share))];
        }
        let samples = |own: Measured| {
            own.numbers.done.as_ref().map_or_else(|| own.run.samples_ms.clone(), |done| done.samples.clone())
        };
        let spreads = evidence.measured().into_iter().filter_map(|own| Some((own, middle_half(&samples(own))?)));
        let widest = spreads.max_by(|(_, one), (_, other)| one.total_cmp(other));
        // a slowdown spreads samples out, too, and work that waits depends on timers
        let steady = evidence.computes() && slower(evidence).is_none();
        let step = evidence.machine.timer_resolution_ms;
        let beyond_clock =
            |own: Measured, spread: f64| spread * own.numbers.median_ms * own.run.times() as f64 > 2.0 * step;
        let told = widest.filter(|(own, spread)| steady && *spread > DISTURBED && beyond_clock(*own, *spread));
        let told = told.map(|(own, spread)| {
            // several lanes keep each other from the cores, so it remains open whether other programs did
            let form = match own.numbers.off_core {
                Some(off) if off < KEPT_FROM => "other-programs/uneven",
                Some(_) => "other-programs/uneven-in-turns",
                None => "other-programs/uneven-untold",
            };
            caveat(form).with("who", own.into()).with("spread", Fact::Percent(spread))
        });
        told.into_iter().collect()
    }
}

/// The run that other programs kept from a core for the largest part of its time, and that part; `None` if there is
/// none. Several lanes keep each other from the cores, too, so only runs with a single lane count.
pub(super) fn others_had<'a>(evidence: &Evidence<'a>) -> Option<(Measured<'a>, f64)> {
    let alone = evidence.measured().into_iter().filter(|own| own.run.workers == 1);
    let off = alone.filter_map(|own| Some((own, own.numbers.off_core?)));
    off.filter(|(_, share)| *share >= KEPT_FROM).max_by(|(_, one), (_, other)| one.total_cmp(other))
}
