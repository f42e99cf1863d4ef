//! What one task did, and how it is done again: for how long it computed and waited, in which order.

use std::time::Duration;

use workloads::{Step, StepKind, Task};

use super::charge::{charge, shift};
use super::machine::Nanos;
use super::replay::{Replay, TaskProfile};
use strategies::trace::{Cause, Span};

/// How long a step computes, more or less, where nothing else is said.
pub(super) const STEP: Nanos = 1_000_000;

/// A stretch of what a task does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    Compute(Nanos),
    Wait(Nanos),
    /// Computes, and it is known what kind of steps that is, and how many bytes it moves to and from memory in each
    /// nanosecond.
    Described {
        length: Nanos,
        kind: StepKind,
        traffic: f64,
    },
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
            Self::Compute(length) | Self::Described { length, .. } => [length, 0],
            Self::Wait(length) => [0, length],
        }
    }

    /// This act, but as long as the mean of these `count`.
    fn as_long_as<'a>(self, alike: impl Iterator<Item = &'a Self>, count: usize) -> Self {
        let [computing, waiting] = mean(alike, count);
        match self {
            Self::Compute(_) => Self::Compute(computing),
            Self::Wait(_) => Self::Wait(waiting),
            Self::Described { kind, traffic, .. } => Self::Described { length: computing, kind, traffic },
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
    /// The last first.
    steps: Vec<Next>,
    /// Steps of an unknown kind that compute for no longer are light; none if no step is.
    light: Option<Nanos>,
}

/// A step of it.
struct Next {
    /// How long it computes.
    length: Nanos,
    /// Of what kind it is, if that is known.
    kind: Option<StepKind>,
    /// Bytes that it moves to and from memory in each nanosecond.
    traffic: f64,
    /// What it comes to.
    end: Step,
}

impl Again {
    /// What this profile tells, as a task of this work.
    pub(super) fn new(TaskProfile { arrives, acts, bytes }: &TaskProfile, work: &Replay) -> Self {
        let &Replay { traffic, light, keeps, step, .. } = work;
        let between = if keeps { Step::Keep } else { Step::Progress };
        let at_once = |end| Next { length: 0, kind: None, traffic: 0.0, end };
        let mut steps: Vec<_> = arrives.map(|moment| at_once(Step::WaitUntil(moment))).into_iter().collect();
        let compute = |length, kind, traffic, steps: &mut Vec<_>| {
            steps.extend(cut(length, step).map(|length| Next { length, kind, traffic, end: between.clone() }));
        };
        for act in acts {
            match *act {
                Act::Compute(length) => compute(length, None, traffic, &mut steps),
                Act::Described { length, kind, traffic } => compute(length, Some(kind), traffic, &mut steps),
                Act::Wait(0) => {}
                Act::Wait(length) => end_with(Step::Wait(Duration::from_nanos(length)), &mut steps, at_once),
            }
        }
        end_with(Step::Done(vec![0; bytes.answer]), &mut steps, at_once);
        steps.reverse();
        Self { steps, light }
    }
}

/// Ends the last step with this, unless it ends with something already.
fn end_with(end: Step, steps: &mut Vec<Next>, at_once: impl Fn(Step) -> Next) {
    match steps.last_mut() {
        Some(Next { end: last @ (Step::Progress | Step::Keep), .. }) => *last = end,
        _ => steps.push(at_once(end)),
    }
}

/// Cuts a length into equal steps of about `step`.
fn cut(length: Nanos, step: Nanos) -> impl Iterator<Item = Nanos> {
    let count = ((length + step / 2) / step).max(1);
    (0..count).map(move |at| length * (at + 1) / count - length * at / count)
}

impl Task for Again {
    fn step(&mut self, _now: Duration) -> Step {
        let Next { length, traffic, end, .. } = self.steps.pop().expect("nobody steps a task that is done");
        charge(Duration::from_nanos(length));
        shift(traffic * length as f64);
        end
    }

    fn next(&self) -> StepKind {
        let Some(Next { length, kind, .. }) = self.steps.last() else { return StepKind::Heavy };
        let judged =
            || if self.light.is_some_and(|light| *length <= light) { StepKind::Light } else { StepKind::Heavy };
        kind.unwrap_or_else(judged)
    }
}
