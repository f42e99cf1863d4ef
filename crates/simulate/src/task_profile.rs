//! What one task did: how long it computed and waited, and in which order.

use std::time::Duration;

use workloads::StepKind;

use super::machine::Nanos;
use strategies::trace::{Cause, Span};

/// How long a step computes, approximately, unless a replay sets it.
pub(super) const STEP: Nanos = 1_000_000;

/// The sizes of what a task takes and gives, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bytes {
    /// What crosses to a process with the task.
    pub input: usize,
    /// What crosses back.
    pub answer: usize,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct TaskProfile {
    /// When it arrives; `None` if it is there from the beginning.
    pub(super) arrives: Option<Duration>,
    pub(super) acts: Vec<Act>,
    pub(super) bytes: Bytes,
}

/// One stretch of computing or waiting of a task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    Compute(Nanos),
    Wait(Nanos),
    /// Computing whose kind of steps is known, and the number of bytes that it moves to and from memory in each
    /// nanosecond.
    Described {
        length: Nanos,
        kind: StepKind,
        traffic: f64,
    },
}

impl Act {
    /// What a span says about its task; `None` if its cause is neither computing nor waiting.
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

    /// This act, but as long as the mean of `alike`, of which there are `count`.
    fn as_long_as<'a>(self, alike: impl Iterator<Item = &'a Self>, count: usize) -> Self {
        let [computing, waiting] = mean(alike, count);
        match self {
            Self::Compute(_) => Self::Compute(computing),
            Self::Wait(_) => Self::Wait(waiting),
            Self::Described { kind, traffic, .. } => Self::Described { length: computing, kind, traffic },
        }
    }
}

/// How long all of these compute together, and how long they wait.
pub(super) fn total<'a>(acts: impl Iterator<Item = &'a Act>) -> [Nanos; 2] {
    acts.fold([0, 0], |[computing, waiting], act| {
        let [more_computing, more_waiting] = act.lengths();
        [computing + more_computing, waiting + more_waiting]
    })
}

/// The same divided by `times`: the mean for one repetition.
pub(super) fn mean<'a>(acts: impl Iterator<Item = &'a Act>, times: usize) -> [Nanos; 2] {
    total(acts).map(|length| length / times.max(1) as Nanos)
}

/// What a task did in each repetition, if it did these acts in `times` repetitions: the means of what came first,
/// second, and so on. Where the repetitions cannot be told apart, because the end of one and the beginning of the next
/// are one span, all computing comes first and all waiting next.
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

/// Computes for `computing`, then waits for `waiting`.
pub(super) fn in_two([computing, waiting]: [Nanos; 2]) -> Vec<Act> {
    vec![Act::Compute(computing), Act::Wait(waiting)]
}
