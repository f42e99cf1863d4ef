//! Work that was measured or described, reduced to what is needed to do the like again.
//!
//! Each task computes and waits for as long as a measured one did, and its input and answer have the same sizes. What
//! happens between tasks, such as building them, is not in a trace's spans and so not here either.

use std::sync::Arc;
use std::time::Duration;

use workloads::{NEXT_TO_NOTHING, Nature};

use super::machine::{Nanos, ms};
use super::task_profile::{Act, Bytes, STEP, TaskProfile, each_time, in_two, mean, total};
use super::unit::WorkUnit;
use strategies::trace::Trace;

/// What was measured of some work, enough to do the like again. A clone is cheap.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// The tasks of each phase.
    pub(super) phases: Arc<[Vec<TaskProfile>]>,
    guessed: usize,
    /// Bytes that are moved to and from memory in each nanosecond of computing.
    pub(super) traffic: f64,
    /// Steps that compute for at most this long are light; `None` if no step is.
    pub(super) light: Option<Nanos>,
    /// Whether tasks keep control while they compute, where the strategy leaves that to them.
    pub(super) keeps: bool,
    /// How long a step computes, approximately.
    pub(super) step: Nanos,
}

impl Replay {
    /// The work of a sample of `blocking`, in which no task waits for another. `phases` is the number of tasks in each
    /// phase, `repeats` how often the sample did all the work, and `bytes` the sizes of each task's input and answer,
    /// by the task's number over all phases (missing ones count as 0). A task without spans, because the lane's buffer
    /// was full, is taken to be like the mean of its phase.
    pub fn of(trace: &Trace, phases: &[usize], repeats: usize, bytes: &[Bytes]) -> Self {
        let mut done = vec![Vec::new(); phases.iter().sum()];
        let arrived = |task: usize| trace.tasks.get(task).and_then(|record| record.arrived);
        for span in trace.lanes.iter().flat_map(|lane| &lane.spans) {
            let task = span.task as usize;
            let there = arrived(task).is_none_or(|arrived| span.start >= arrived);
            if let Some(done) = done.get_mut(task).filter(|_| there) {
                done.extend(Act::of(span));
            }
        }
        let guessed = done.iter().filter(|acts| acts.is_empty()).count();
        let mut profiles = done.into_iter().enumerate().map(|(number, acts)| TaskProfile {
            arrives: arrived(number).map(|micros| Duration::from_micros(micros.into())),
            acts: each_time(acts, repeats),
            bytes: bytes.get(number).copied().unwrap_or_default(),
        });
        let phases = phases.iter().map(|&count| guess(profiles.by_ref().take(count).collect())).collect();
        Self { phases, guessed, ..Self::default() }
    }

    /// Work that is described rather than measured: one phase of these units. Steps compute for about `step`, which is
    /// at least a microsecond: the coarser the steps, the faster the simulation.
    pub fn described(units: &[WorkUnit], step: Duration) -> Self {
        let phases = Arc::from([units.iter().map(TaskProfile::of).collect()]);
        Self { phases, step: (step.as_nanos() as Nanos).max(1000), ..Self::default() }
    }

    /// The same, as work of this nature, which decides the steps that an event loop does itself and those worth sending
    /// away.
    pub fn like(self, nature: Nature) -> Self {
        let light = match nature {
            Nature::Wait => Some(Nanos::MAX),
            // a trace does not record what kind a step was
            Nature::Mixed => Some(NEXT_TO_NOTHING.as_nanos() as Nanos),
            Nature::Compute | Nature::Deadline => None,
        };
        Self { light, ..self }
    }

    /// The same work; `keeps` is whether tasks keep control while they compute, where the strategy leaves that to them.
    pub fn keeping(self, keeps: bool) -> Self {
        Self { keeps, ..self }
    }

    /// The same work, which moves this number of bytes to and from memory, spread evenly over its computing.
    pub fn moving(self, bytes: f64) -> Self {
        let computing = self.computing();
        Self { traffic: if computing == 0 { 0.0 } else { bytes / computing as f64 }, ..self }
    }

    /// The number of tasks that had no span: if there are any, a simulation is less certain.
    pub fn guessed(&self) -> usize {
        self.guessed
    }

    /// The computing of all tasks together, in milliseconds.
    pub fn compute_ms(&self) -> f64 {
        ms(self.computing())
    }

    fn computing(&self) -> Nanos {
        let [computing, _] = total(self.phases.iter().flatten().flat_map(|profile| &profile.acts));
        computing
    }
}

impl Default for Replay {
    /// No work.
    fn default() -> Self {
        Self { phases: Arc::default(), guessed: 0, traffic: 0.0, light: None, keeps: false, step: STEP }
    }
}

/// A phase in which tasks without any known acts do as the others do on average.
fn guess(mut phase: Vec<TaskProfile>) -> Vec<TaskProfile> {
    let known = phase.iter().filter(|profile| !profile.acts.is_empty());
    let usual = in_two(mean(known.clone().flat_map(|profile| &profile.acts), known.count()));
    for profile in phase.iter_mut().filter(|profile| profile.acts.is_empty()) {
        profile.acts.clone_from(&usual);
    }
    phase
}
