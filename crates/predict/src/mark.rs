//! How a run marks a guess.

use std::cmp::Ordering;

use lab::measure::{Comparison, Interval, Numbers, Ratio, held_up, keeps_waiting, letter, printed};
use lab::report::{Measured, Report, Run};
use serde::{Deserialize, Serialize};
use strategies::Parallelism;

use crate::Guess;
use crate::axis::{Axis, AxisScale};
use crate::measure::{Measure, SAME, Unit, YES_NO, measured};
use crate::question::{AnswerKind, Question};

/// A guess within this part of the measured number is right: a finer guess is not expected.
const NEAR: f64 = 0.1;
/// Where an interval is wider than this part of the measured number, its middle is chance.
const UNSTEADY: f64 = 1.0 / 3.0;
/// A lane that is without a core for more than this part of its computing time shares one; two lanes that share a core
/// evenly are without it for half. With more lanes than cores, it is a part of the time in which the lane has its turn.
const WITHOUT_A_CORE: f64 = 0.25;
/// Where orders of magnitude are asked for, a guess within this factor is right.
const FACTOR: f64 = 3.0;

/// The result of marking a guess.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Marked {
    /// What was measured; `None` if the report cannot say.
    pub truth: Option<Truth>,
    /// The mark: right, wrong, or why neither.
    pub mark: Mark,
}

/// How a guess compares with what was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// As was measured.
    Right,
    /// Not as was measured.
    Wrong,
    /// It cannot be marked, and why.
    Not(Why),
}

/// Why a guess cannot be marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// This strategy could not run here.
    Unavailable(String),
    /// The numbers of this strategy, or of all, must not be used.
    Void,
    /// This strategy's lanes took turns on one core, though the browser claims several: something else had the other
    /// cores, and a guess is about the whole machine.
    Deprived(String),
    /// What is asked for was not measured: a clock too coarse, a strategy that was not run, too few samples.
    NotMeasured,
    /// The measured interval is too wide to decide between guesses on the axis.
    TooWide,
    /// The samples are too few or too unsteady to decide.
    Undecided,
    /// The guess does not fit this question.
    NoGuess,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Truth {
    /// A number.
    Number(Ratio),
    /// A word; several, where no difference was seen between them.
    Words(Vec<String>),
    /// An order, as it was measured.
    Order(Vec<String>),
    /// A number for each of these numbers of workers, the least first.
    Curve(Vec<(usize, Ratio)>),
    /// How long each call kept others waiting.
    Each(Vec<HeldUp>),
}

/// How long a call kept others waiting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldUp {
    /// The call's word.
    pub word: String,
    /// The longest wait, in milliseconds.
    pub ms: f64,
    /// Whether that is long; `None` if it cannot be decided.
    pub long: Option<bool>,
}

/// Marks a guess by a report.
pub fn mark(question: &Question, guess: &Guess, report: &Report) -> Marked {
    let truth = match about(question, report) {
        Ok(truth) => truth,
        Err(why) => return Marked { truth: None, mark: Mark::Not(why) },
    };
    let right = match (&question.kind, &truth, guess) {
        (AnswerKind::Point(_), Truth::Number(found), Guess::Number(guess)) if question.unit() == Unit::Workers => {
            is_whole(question.unit().whole(*guess), *found)
        }
        (AnswerKind::Point(axis), Truth::Number(found), Guess::Number(guess)) => is_near(*guess, *found, axis),
        (AnswerKind::Pick(_), Truth::Words(words), Guess::Word(guess)) => Ok(words.contains(guess)),
        (AnswerKind::Rank(_), Truth::Order(lines), Guess::Order(guess))
            if matches!(question.of, Measure::Printed(_)) =>
        {
            Ok(lines == guess)
        }
        (AnswerKind::Rank(_), Truth::Order(_), Guess::Order(guess)) => in_order(guess, report),
        (AnswerKind::Curve(axis), Truth::Curve(points), Guess::Curve(guess)) => {
            let judge = |(workers, found): &(usize, Ratio)| {
                let own = guess.iter().find(|(own, _)| own == workers).ok_or(Why::NoGuess)?.1;
                is_near(own, *found, axis)
            };
            // with one worker there is nothing to guess
            all(points.iter().filter(|(workers, _)| *workers > 1).map(judge))
        }
        (AnswerKind::Sort(_), Truth::Each(calls), Guess::Yes(guess)) => {
            let judge = |call: &HeldUp| Ok(call.long.ok_or(Why::Undecided)? == guess.contains(&call.word));
            all(calls.iter().map(judge))
        }
        _ => Err(Why::NoGuess),
    };
    let mark = match right {
        Ok(true) => Mark::Right,
        Ok(false) => Mark::Wrong,
        Err(why) => Mark::Not(why),
    };
    Marked { truth: Some(truth), mark }
}

/// Whether all are right: `Ok(false)` if one is surely wrong, even if others cannot be decided.
fn all(judged: impl Iterator<Item = Result<bool, Why>>) -> Result<bool, Why> {
    judged.reduce(|one, other| if one == Ok(false) || other == Ok(true) { one } else { other }).unwrap_or(Ok(true))
}

/// What a report says about a question.
///
/// # Errors
/// Why it says nothing.
fn about(question: &Question, report: &Report) -> Result<Truth, Why> {
    for strategy in question.strategies() {
        able(report, strategy)?;
        if question.of.wants_cores() && report.shown(strategy).is_some_and(|run| is_deprived(report, run)) {
            return Err(Why::Deprived(strategy.into()));
        }
    }
    match &question.of {
        Measure::First => first(question, report).map(Truth::Words),
        Measure::Sooner(one, other) => sooner(question, report, one, other),
        Measure::Froze(one) => {
            let own = measured(report, one).ok_or(Why::NotMeasured)?;
            let froze = own.numbers.froze().ok_or(Why::NotMeasured)?;
            if froze && own.run.left_the_page_alone() {
                return Err(Why::Undecided);
            }
            Ok(Truth::Words(vec![YES_NO[usize::from(!froze)].into()]))
        }
        Measure::Order => {
            let mut order = runs(question, report);
            order.sort_by(|one, other| by_time(*one, *other));
            Ok(Truth::Order(order.iter().map(|own| own.run.strategy.clone()).collect()))
        }
        Measure::Printed(one) => {
            let (experiment, run) = (report.what_ran(), report.shown(one).ok_or(Why::NotMeasured)?);
            let trace = report.trace(run).ok_or(Why::NotMeasured)?;
            let lines = printed(&trace, |task| experiment.workload.prints(task)).ok_or(Why::NotMeasured)?;
            Ok(Truth::Order(lines.into_iter().map(letter).collect()))
        }
        Measure::Scaling(one) => {
            let curve = report.scaling.iter().find(|curve| curve.strategy == *one).ok_or(Why::NotMeasured)?;
            let points: Vec<_> = curve.points.iter().map(|point| (point.workers, point.speedup)).collect();
            if points.len() > 1 { Ok(Truth::Curve(points)) } else { Err(Why::NotMeasured) }
        }
        Measure::HeldUp(one) => {
            let (experiment, run) = (report.what_ran(), report.shown(one).ok_or(Why::NotMeasured)?);
            let slots = experiment.workload.slots(&experiment.params).ok_or(Why::NotMeasured)?;
            let trace = report.trace(run).ok_or(Why::NotMeasured)?;
            let longest = held_up(&trace, &slots).ok_or(Why::NotMeasured)?;
            let call = |(word, ms): (&&str, f64)| HeldUp { word: (*word).into(), ms, long: keeps_waiting(ms, &slots) };
            Ok(Truth::Each(slots.words.iter().zip(longest).map(call).collect()))
        }
        Measure::Cell(_) => Ok(Truth::Words(question.strategies().into_iter().map(str::to_owned).collect())),
        number => number.number(report).map(Truth::Number).ok_or(Why::NotMeasured),
    }
}

/// Checks that the report has usable numbers for a strategy.
fn able(report: &Report, strategy: &str) -> Result<(), Why> {
    let run = report.shown(strategy).ok_or(Why::NotMeasured)?;
    match () {
        () if run.could_not_run() => Err(Why::Unavailable(strategy.into())),
        () if measured(report, strategy).is_none() => Err(Why::Void),
        () => Ok(()),
    }
}

/// Whether workers that may all compute at once surely did not, on a machine that claims to have the cores for it: they
/// had no core for a large part of the time in which they had something to compute. Workers that waited for data were
/// not deprived.
fn is_deprived(report: &Report, run: &Run) -> bool {
    let experiment = report.what_ran();
    let able = experiment.computes() && experiment.can_be_split() && run.workers > 1;
    let parallel = experiment.parallelism(&run.strategy) == Parallelism::Full;
    // on any machine, more workers than cores take turns, and are without a core for the rest of their time
    let turn = (report.machine.claimed_cores as f64 / run.workers as f64).min(1.0);
    let most = 1.0 - (1.0 - WITHOUT_A_CORE) * turn;
    let without = |numbers: &Numbers| numbers.at_once() == Some(false) && numbers.off_core > Some(most);
    let apart = run.numbers.as_ref().is_some_and(without);
    able && parallel && apart && report.machine.claimed_cores > 1
}

/// The runs of the strategies that the question is about.
fn runs<'a>(question: &Question, report: &'a Report) -> Vec<Measured<'a>> {
    question.strategies().into_iter().filter_map(|id| measured(report, id)).collect()
}

fn by_time(one: Measured, other: Measured) -> Ordering {
    match (&one.numbers.done, &other.numbers.done) {
        (Some(one), Some(other)) => other.median.total_cmp(&one.median),
        _ => one.numbers.median_ms.total_cmp(&other.numbers.median_ms),
    }
}

/// The strategy that was first: one if it was surely sooner than all others, several if no difference was seen between
/// them; [`SAME`] if that holds for all.
fn first(question: &Question, report: &Report) -> Result<Vec<String>, Why> {
    let runs = runs(question, report);
    let best = *runs.iter().min_by(|one, other| by_time(**one, **other)).ok_or(Why::NotMeasured)?;
    let mut equals = vec![best.run.strategy.clone()];
    for other in runs.iter().filter(|other| !std::ptr::eq(other.run, best.run)) {
        match Comparison::of_two(best, *other) {
            Comparison::Better(..) => {}
            equal if equal.is_about_equal() => equals.push(other.run.strategy.clone()),
            _ => return Err(Why::Undecided),
        }
    }
    if equals.len() == runs.len() && runs.len() > 1 { Ok(vec![SAME.into()]) } else { Ok(equals) }
}

/// Whether one strategy was sooner than another. If "no difference" is one of the options, it is not the same as "no".
fn sooner(question: &Question, report: &Report, one: &str, other: &str) -> Result<Truth, Why> {
    let (Some(own), Some(base)) = (measured(report, one), measured(report, other)) else {
        return Err(Why::NotMeasured);
    };
    let offers_same =
        matches!(&question.kind, AnswerKind::Pick(options) if options.iter().any(|(word, _)| word == SAME));
    let [yes, no] = YES_NO;
    let word = match Comparison::of_two(own, base) {
        Comparison::Better(..) => yes,
        Comparison::Worse(..) => no,
        equal if equal.is_about_equal() => {
            if offers_same {
                SAME
            } else {
                no
            }
        }
        _ => return Err(Why::Undecided),
    };
    Ok(Truth::Words(vec![word.into()]))
}

/// Whether no strategy in this order was surely later than one that stands behind it. If none was, but some pair cannot
/// be decided, neither can the order.
fn in_order(guess: &[String], report: &Report) -> Result<bool, Why> {
    let runs: Option<Vec<_>> = guess.iter().map(|id| measured(report, id)).collect();
    let runs = runs.ok_or(Why::NoGuess)?;
    let pairs = || (0..runs.len()).flat_map(|at| (at + 1..runs.len()).map(move |behind| (at, behind)));
    let compared: Vec<_> = pairs().map(|(at, behind)| Comparison::of_two(runs[at], runs[behind])).collect();
    if compared.iter().any(|pair| matches!(pair, Comparison::Worse(..))) {
        return Ok(false);
    }
    let told = |pair: &Comparison| matches!(pair, Comparison::Better(..)) || pair.is_about_equal();
    if compared.iter().all(told) { Ok(true) } else { Err(Why::Undecided) }
}

fn interval(Ratio { value, ci95 }: Ratio) -> Interval {
    ci95.unwrap_or([value; 2])
}

/// Whether a whole number is right. Of two whole numbers one is wrong, however near it lies. So if the interval holds
/// several, none of them counts as right.
fn is_whole(guess: f64, found: Ratio) -> Result<bool, Why> {
    let [low, high] = interval(found);
    match () {
        () if !(low..=high).contains(&guess) => Ok(false),
        () if low < high => Err(Why::Undecided),
        () => Ok(true),
    }
}

/// Whether a guess on this axis is right, which is near the measured number. It is wrong if it is near no number of the
/// interval; in between it cannot be decided. A number beyond the axis is guessed by the nearer end.
fn is_near(guess: f64, found: Ratio, axis: &Axis) -> Result<bool, Why> {
    let holds = |[low, high]: Interval| (low.min(axis.to)..=high.max(axis.from)).contains(&guess);
    let [low, high] = interval(found);
    let unsteady = axis.scale == AxisScale::Linear && high - low > UNSTEADY * found.value;
    match () {
        () if !holds(near([low, high], axis.scale)) => Ok(false),
        () if unsteady || !axis.tells(&(low..=high)) => Err(Why::TooWide),
        () if holds(near([found.value; 2], axis.scale)) => Ok(true),
        () => Err(Why::Undecided),
    }
}

/// The interval, widened by what counts as near on this scale.
fn near([low, high]: Interval, scale: AxisScale) -> Interval {
    match scale {
        AxisScale::Linear => [low * (1.0 - NEAR), high * (1.0 + NEAR)],
        AxisScale::Logarithmic => [low / FACTOR, high * FACTOR],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_right_if_no_other_may_be() {
        let told = |ci95, guess| is_whole(guess, Ratio { value: 2.0, ci95 });
        for (ci95, marks) in [
            (None, [Ok(false), Ok(true), Ok(false)]),
            (Some([2.0, 2.0]), [Ok(false), Ok(true), Ok(false)]),
            (Some([2.0, 3.0]), [Ok(false), Err(Why::Undecided), Err(Why::Undecided)]),
        ] {
            assert_eq!([1.0, 2.0, 3.0].map(|guess| told(ci95, guess)), marks, "{ci95:?}");
        }
    }

    #[test]
    fn a_number_is_right_near_what_is_steady() {
        let axis = Axis { from: 0.5, to: 4.0, scale: AxisScale::Linear };
        let told = |value, ci95, guess| is_near(guess, Ratio { value, ci95: Some(ci95) }, &axis);
        for (guess, mark) in [(1.5, Ok(false)), (1.6, Err(Why::Undecided)), (2.0, Ok(true)), (2.1, Err(Why::Undecided))]
        {
            assert_eq!(told(1.85, [1.75, 1.95], guess), mark, "{guess}");
        }
        for (guess, mark) in [(0.9, Ok(false)), (1.16, Err(Why::TooWide)), (2.0, Err(Why::TooWide)), (3.0, Ok(false))] {
            assert_eq!(told(1.16, [1.1, 1.97], guess), mark, "{guess}");
        }
    }

    #[test]
    fn of_several_one_that_is_surely_wrong_is_enough() {
        let (yes, no, untold) = (Ok(true), Ok(false), Err(Why::Undecided));
        for (judged, mark) in [
            ([yes.clone(), no.clone(), untold.clone()], no.clone()),
            ([untold.clone(), no.clone(), yes.clone()], no),
            ([yes.clone(), untold.clone(), yes.clone()], untold),
            ([yes.clone(), yes.clone(), yes.clone()], yes),
        ] {
            assert_eq!(all(judged.into_iter()), mark);
        }
    }
}
