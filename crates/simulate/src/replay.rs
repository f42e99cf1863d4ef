//! Work that was measured, or described, told as what it takes to do the like again.
//!
//! Each task computes, and waits, for as long as a measured one did, and its input and answer are as large. What lies
//! between tasks, such as building them, is not in a trace's spans and so not here either.

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
    /// Steps that compute for no longer are light; none if no step is.
    pub(super) light: Option<Nanos>,
    /// Whether tasks keep control while they compute, where that is left to them.
    pub(super) keeps: bool,
    /// How long a step computes, more or less.
    pub(super) step: Nanos,
}

impl Replay {
    /// The work of a sample of `blocking`, in which nobody waits for anybody else: `phases` tells how many tasks each
    /// phase had, `repeats` how often the sample did it all, `bytes` the sizes of each task's input and answer, by its
    /// number over all phases (none where they are missing). A task without spans, because the lane's buffer was full,
    /// is taken to be like the mean of its phase.
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

    /// Work that is described rather than measured: one phase of these units. Steps compute for about `step`, which is at
    /// least a microsecond: the coarser, the sooner it is simulated.
    pub fn described(units: &[WorkUnit], step: Duration) -> Self {
        let phases = Arc::from([units.iter().map(TaskProfile::of).collect()]);
        Self { phases, step: (step.as_nanos() as Nanos).max(1000), ..Self::default() }
    }

    /// The same, as work of this nature: which of its steps an event loop does itself, and which are worth sending away.
    pub fn like(self, nature: Nature) -> Self {
        let light = match nature {
            Nature::Wait => Some(Nanos::MAX),
            // a trace does not tell what kind a step was
            Nature::Mixed => Some(NEXT_TO_NOTHING.as_nanos() as Nanos),
            Nature::Compute | Nature::Deadline => None,
        };
        Self { light, ..self }
    }

    /// The same work, of which it is known whether tasks keep control while they compute, where that is left to them.
    pub fn keeping(self, keeps: bool) -> Self {
        Self { keeps, ..self }
    }

    /// The same work, of which it is known how many bytes it moves to and from memory: as many in each moment of computing.
    pub fn moving(self, bytes: f64) -> Self {
        let computing = self.computing();
        Self { traffic: if computing == 0 { 0.0 } else { bytes / computing as f64 }, ..self }
    }

    /// How many tasks there was no span of: with any, what is simulated is less sure.
    pub fn guessed(&self) -> usize {
        self.guessed
    }

    /// All the computing there is, in milliseconds.
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

/// A phase in which tasks that nothing is known of do as the others do on average.
fn guess(mut phase: Vec<TaskProfile>) -> Vec<TaskProfile> {
    let known = phase.iter().filter(|profile| !profile.acts.is_empty());
    let usual = in_two(mean(known.clone().flat_map(|profile| &profile.acts), known.count()));
    for profile in phase.iter_mut().filter(|profile| profile.acts.is_empty()) {
        profile.acts.clone_from(&usual);
    }
    phase
}
