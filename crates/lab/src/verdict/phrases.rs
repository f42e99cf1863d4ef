//! Clauses that several rules end a sentence with. They are patterns, as a rule's forms are.

use super::evidence::Compared;
use super::finding::{Fact, phrase};
use crate::measure::{Comparison, FREEZE_THRESHOLD_MS};
use crate::report::Measured;

/// Every clause, by its name.
pub const PHRASES: &[(&str, &str)] = &[
    ("meanwhile/froze", ", but the page froze for {usual}"),
    ("meanwhile/froze-by-itself", ", but the page froze for {usual}, though none of the tasks was on its thread"),
    ("meanwhile/usually-alive", " and the page usually stayed alive"),
    ("meanwhile/alive", " and the page never stopped"),
    ("yet/alive", ", yet the page stayed alive"),
    ("came-to/less-done", "got {times} times as much done as {base} ({low} to {high})"),
    ("came-to/longer", "took {times} times as long as {base} ({low} to {high})"),
    ("came-to/no-more", "got no more done than {base} ({low} to {high} times as much)"),
    ("came-to/no-sooner", "finished no sooner than {base} ({low} to {high} times the speed)"),
    ("came-to/as-much", "got as much done as {base}"),
    ("came-to/as-long", "took as long as {base}"),
    ("against/done", "({low} to {high} times as much)"),
    ("against/time", "({low} to {high} times the speed)"),
    ("because/no-thread-held", ": {who?it:they} held no thread while {who?it:they} waited"),
    ("because/turns", ", which took turns"),
    ("because/too-fine", ": {tasks} {tasks?task:tasks} of {each} each are too small to be worth handing out"),
    ("start-up/of", "starting {who} ({took})"),
];

/// No clause.
pub(super) fn nothing() -> Fact {
    phrase("")
}

/// Whether the page froze meanwhile, to follow a gain; no clause if that is not known.
pub(super) fn meanwhile(own: Measured) -> Fact {
    let numbers = own.numbers;
    let once = numbers.longest_freeze_ms.is_some_and(|longest| longest >= FREEZE_THRESHOLD_MS);
    match (numbers.froze(), numbers.usual_freeze_ms) {
        (Some(true), Some(usual)) => {
            let form = if own.run.left_the_page_alone() { "meanwhile/froze-by-itself" } else { "meanwhile/froze" };
            phrase(form).with("usual", Fact::Milliseconds(usual))
        }
        (Some(false), _) if once => phrase("meanwhile/usually-alive"),
        (Some(false), _) if numbers.longest_freeze_ms.is_some() => phrase("meanwhile/alive"),
        _ => nothing(),
    }
}

/// What speaks for a strategy that gained nothing, if anything does.
pub(super) fn yet(compared: &Compared) -> Fact {
    if compared.freed_the_page() { phrase("yet/alive") } else { nothing() }
}

/// The result of a strategy that gained nothing; `None` if it is not known that it gained nothing.
pub(super) fn came_to(compared: &Compared) -> Option<Fact> {
    let counted = compared.own.numbers.done.is_some();
    let with = |form: &str, [low, high]: [f64; 2], fact: fn(f64) -> Fact| {
        phrase(form).with("base", compared.base.into()).with("low", fact(low)).with("high", fact(high))
    };
    match compared.comparison {
        Comparison::Worse(value, interval) if counted => {
            Some(with("came-to/less-done", interval, Fact::Factor).with("times", Fact::Factor(value)))
        }
        Comparison::Worse(value, [low, high]) => Some(
            with("came-to/longer", [high.recip(), low.recip()], Fact::Factor)
                .with("times", Fact::Factor(value.recip())),
        ),
        Comparison::Same(interval) | Comparison::Slight(interval) if compared.gained_nothing() => {
            let form = if counted { "came-to/no-more" } else { "came-to/no-sooner" };
            Some(with(form, interval, Fact::Ratio))
        }
        _ => None,
    }
}

/// The result of a strategy that is about equal; `None` if it is not.
pub(super) fn about_equal(compared: &Compared) -> Option<Fact> {
    let form = if compared.own.numbers.done.is_some() { "came-to/as-much" } else { "came-to/as-long" };
    compared.comparison.is_about_equal().then(|| phrase(form).with("base", compared.base.into()))
}

/// An interval of the ratio that is compared, of work done or of speed.
pub(super) fn against(compared: &Compared, [low, high]: [f64; 2]) -> Fact {
    let form = if compared.own.numbers.done.is_some() { "against/done" } else { "against/time" };
    phrase(form).with("low", Fact::Ratio(low)).with("high", Fact::Ratio(high))
}
