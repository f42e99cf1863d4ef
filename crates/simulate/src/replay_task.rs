//! A task that repeats what another did.

use std::time::Duration;

use workloads::{Step, StepKind, Task};

use super::charge::{charge, shift};
use super::machine::Nanos;
use super::replay::Replay;
use super::task_profile::{Act, TaskProfile};

/// A task that repeats the acts of a profile, and whose answer is zeros.
pub(super) struct ReplayTask {
    /// In reverse order: the last step first.
    steps: Vec<ReplayStep>,
    /// Steps of unknown kind that compute for at most this long are light; `None` if no step is.
    light: Option<Nanos>,
}

struct ReplayStep {
    /// How long it computes.
    length: Nanos,
    /// Its kind, if that is known.
    kind: Option<StepKind>,
    /// Bytes that it moves to and from memory in each nanosecond.
    traffic: f64,
    /// What the step returns.
    end: Step,
}

impl ReplayTask {
    /// The task of this profile, as part of this work.
    pub(super) fn new(TaskProfile { arrives, acts, bytes }: &TaskProfile, work: &Replay) -> Self {
        let &Replay { traffic, light, keeps, step, .. } = work;
        let between = if keeps { Step::Keep } else { Step::Progress };
        let at_once = |end| ReplayStep { length: 0, kind: None, traffic: 0.0, end };
        let mut steps: Vec<_> = arrives.map(|moment| at_once(Step::WaitUntil(moment))).into_iter().collect();
        let compute = |length, kind, traffic, steps: &mut Vec<_>| {
            steps.extend(cut(length, step).map(|length| ReplayStep { length, kind, traffic, end: between.clone() }));
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

/// Makes the last step return `end`, or adds a step if the last one returns a wait already.
fn end_with(end: Step, steps: &mut Vec<ReplayStep>, at_once: impl Fn(Step) -> ReplayStep) {
    match steps.last_mut() {
        Some(ReplayStep { end: last @ (Step::Progress | Step::Keep), .. }) => *last = end,
        _ => steps.push(at_once(end)),
    }
}

/// Cuts a length into equal steps of about `step`.
fn cut(length: Nanos, step: Nanos) -> impl Iterator<Item = Nanos> {
    let count = ((length + step / 2) / step).max(1);
    (0..count).map(move |at| length * (at + 1) / count - length * at / count)
}

impl Task for ReplayTask {
    fn step(&mut self, _now: Duration) -> Step {
        let ReplayStep { length, traffic, end, .. } = self.steps.pop().expect("nobody steps a task that is done");
        charge(Duration::from_nanos(length));
        shift(traffic * length as f64);
        end
    }

    fn next(&self) -> StepKind {
        let Some(ReplayStep { length, kind, .. }) = self.steps.last() else { return StepKind::Heavy };
        let judged =
            || if self.light.is_some_and(|light| *length <= light) { StepKind::Light } else { StepKind::Heavy };
        kind.unwrap_or_else(judged)
    }
}
