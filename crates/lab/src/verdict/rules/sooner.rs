//! How the better of two strategies compares with the other, if neither is blocking, and what it did that the other did
//! not. Also how a strategy compares with blocking, if it is not known whether it computed in parallel.

use super::later::too_fine;
use super::*;

/// The rule.
pub struct Sooner;

impl Rule for Sooner {
    fn says(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("sooner", "{who} ran {times} times as fast ({low} to {high}) as {base}{because}"),
            ("sooner/done", "{who} got {times} times as much done ({low} to {high}) as {base}{because}"),
            ("sooner/untold", "{who} ran {times} times as fast as blocking ({low} to {high}){meanwhile}"),
            (
                "sooner/untold-done",
                "{who} together got {times} times as much done as blocking ({low} to {high}){meanwhile}",
            ),
        ]
    }

    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let said = |(compared, gain): &(Compared, Gain)| {
            let Compared { own, base, .. } = *compared;
            let form = match (base.run.is_blocking(), own.numbers.done.is_some()) {
                (false, false) => "sooner",
                (false, true) => "sooner/done",
                (true, _) if gain.origin != Origin::Untold => return None,
                (true, false) => "sooner/untold",
                (true, true) => "sooner/untold-done",
            };
            let told = finding(form).about(own.run).with("times", Fact::Factor(gain.value));
            let told = told.with_interval(gain.interval, Fact::Factor);
            Some(match base.run.is_blocking() {
                true => told.with("meanwhile", meanwhile(own)),
                false => told.with("base", base.into()).with("because", because(compared, gain.origin, evidence)),
            })
        };
        evidence.gains().iter().filter_map(said).collect()
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
