//! What one task did, and how it is done again: for how long it computed and waited, in which order.

use std::time::Duration;

use workloads::{Step, StepKind, Task};

use super::charge::{charge, shift};
use super::machine::Nanos;
use super::replay::{Replay, TaskProfile};
use strategies::trace::{Cause, Span};

/// How long a step computes, more or less.
const STEP: Nanos = 1_000_000;

/// A stretch of what a task does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    Compute(Nanos),
    Wait(Nanos),
}

impl Act {
    /// What a span says of its task; nothing if it is about something else.
    pub(super) fn of(span: &Span) -> Option<Self> {
        let length = Nanos::from(span.length()) * 1000;
        match span.cause {
            Cause::Compute => Some(Self::Compute(length)),
            Cause::Wait => Some(Self::Wait(length)),
            _ => None,
        }
    }

    /// How long it computes and how long it waits.
    fn lengths(self) -> [Nanos; 2] {
        match self {
            Self::Compute(length) => [length, 0],
            Self::Wait(length) => [0, length],
        }
    }

    /// This act, but as long as the mean of these `count`.
    fn as_long_as<'a>(self, alike: impl Iterator<Item = &'a Self>, count: usize) -> Self {
        let [computing, waiting] = mean(alike, count);
        match self {
            Self::Compute(_) => Self::Compute(computing),
            Self::Wait(_) => Self::Wait(waiting),
        }
    }
}

/// How long all of these compute, and wait.
pub(super) fn total<'a>(acts: impl Iterator<Item = &'a Act>) -> [Nanos; 2] {
    acts.fold([0, 0], |[computing, waiting], act| {
        let [more_computing, more_waiting] = act.lengths();
        [computing + more_computing, waiting + more_waiting]
    })
}

/// The same for each time.
pub(super) fn mean<'a>(acts: impl Iterator<Item = &'a Act>, times: usize) -> [Nanos; 2] {
    total(acts).map(|length| length / times.max(1) as Nanos)
}

/// What a task did each time, if it did these things in `times` times: the means of what came first, second, and so on.
/// Where the times cannot be told apart, because the end of one and the begin of the next are one span, all computing
/// comes first and all waiting next.
pub(super) fn each_time(acts: Vec<Act>, times: usize) -> Vec<Act> {
    if times <= 1 {
        return acts;
    }
    if !acts.len().is_multiple_of(times) {
        return in_two(mean(acts.iter(), times));
    }
    let each = acts.len() / times;
    (0..each).map(|at| acts[at].as_long_as(acts.iter().skip(at).step_by(each), times)).collect()
}

/// Computes for so long, then waits for so long.
pub(super) fn in_two([computing, waiting]: [Nanos; 2]) -> Vec<Act> {
    vec![Act::Compute(computing), Act::Wait(waiting)]
}

/// A task that does these things again, and leaves zeros.
pub(super) struct Again {
    /// What each step computes, and what then; the last first.
    steps: Vec<(Nanos, Step)>,
    /// Steps that compute for no longer are light; none if no step is.
    light: Option<Nanos>,
    /// Bytes that it moves to and from memory in each nanosecond of computing.
    traffic: f64,
}

impl Again {
    /// What this profile tells, as a task of this work.
    pub(super) fn new(TaskProfile { arrives, acts, bytes }: &TaskProfile, work: &Replay) -> Self {
        let &Replay { traffic, light, keeps, .. } = work;
        let between = if keeps { Step::Keep } else { Step::Progress };
        let mut steps: Vec<_> = arrives.map(|moment| (0, Step::WaitUntil(moment))).into_iter().collect();
        for act in acts {
            match *act {
                Act::Compute(length) => steps.extend(cut(length).map(|length| (length, between.clone()))),
                Act::Wait(0) => {}
                Act::Wait(length) => end_with(Step::Wait(Duration::from_nanos(length)), &mut steps),
            }
        }
        end_with(Step::Done(vec![0; bytes.answer]), &mut steps);
        steps.reverse();
        Self { steps, light, traffic }
    }
}

/// Ends the last step with this, unless it ends with something already.
fn end_with(end: Step, steps: &mut Vec<(Nanos, Step)>) {
    match steps.last_mut() {
        Some((_, last @ (Step::Progress | Step::Keep))) => *last = end,
        _ => steps.push((0, end)),
    }
}

/// Cuts a length into equal steps.
fn cut(length: Nanos) -> impl Iterator<Item = Nanos> {
    let count = ((length + STEP / 2) / STEP).max(1);
    (0..count).map(move |at| length * (at + 1) / count - length * at / count)
}

impl Task for Again {
    fn step(&mut self, _now: Duration) -> Step {
        let (length, step) = self.steps.pop().expect("nobody steps a task that is done");
        charge(Duration::from_nanos(length));
        shift(self.traffic * length as f64);
        step
    }

    fn next(&self) -> StepKind {
        let light = self.steps.last().zip(self.light).is_some_and(|((length, _), light)| *length <= light);
        if light { StepKind::Light } else { StepKind::Heavy }
    }
}
