//! Waits passed at the same time: all at once on an event loop, one for each worker elsewhere.

use super::*;

/// The rule.
pub struct WaitsOverlapped;

impl Rule for WaitsOverlapped {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "waits-overlapped/all",
                "{who} overlapped the waits and ran {times} times as fast as blocking ({low} to {high})",
            ),
            (
                "waits-overlapped/side-by-side",
                "{who} waited side by side and ran {times} times as fast as blocking ({low} to {high})",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let said = |(compared, gain): &(Compared, Gain)| {
            let own = compared.own.run;
            let beyond = gain.interval[0] > own.workers as f64 * NOTABLE;
            let form = if beyond { "waits-overlapped/all" } else { "waits-overlapped/side-by-side" };
            finding(form).about(own).with("times", Fact::Factor(gain.value)).with_interval(gain.interval, Fact::Factor)
        };
        let gains = evidence.gains();
        gains.iter().filter(|(_, gain)| gain.origin == Origin::OverlappedWaits).map(said).collect()
    }
}
