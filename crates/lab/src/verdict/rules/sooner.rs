//! How the better of two stands to the other, where neither is blocking, and what the one did that the other did not.

use super::later::too_fine;
use super::*;

/// The rule.
pub struct Sooner;

impl Rule for Sooner {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("sooner", "{who} finished {times} times sooner ({low} to {high}) than {base}{because}"),
            ("sooner/done", "{who} got {times} times as much done ({low} to {high}) as {base}{because}"),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let said = |(compared, gain): &(Compared, Gain)| {
            let Compared { own, base, .. } = *compared;
            let form = if own.numbers.done.is_some() { "sooner/done" } else { "sooner" };
            let told = finding(form).about(own.run).with("base", base.into()).with("times", Fact::Factor(gain.value));
            told.with_interval(gain.interval, Fact::Factor).with("because", because(compared, gain.origin, evidence))
        };
        let gains = evidence.gains();
        gains.iter().filter(|(compared, _)| !compared.base.run.is_blocking()).map(said).collect()
    }
}

/// What a gain comes from, as far as that is known.
fn because(compared: &Compared, origin: Origin, evidence: &Evidence) -> Fact {
    let Compared { own, base, .. } = *compared;
    match origin {
        Origin::NoThreadHeld => phrase("because/no-thread-held").with("who", own.into()),
        Origin::OthersTookTurns => phrase("because/turns"),
        _ => too_fine(own, base, evidence).map_or_else(nothing, |(tasks, each)| {
            phrase("because/too-fine").with("tasks", Fact::count(tasks)).with("each", Fact::Milliseconds(each))
        }),
    }
}
