//! A unit of work that is described rather than measured: what it does, in which order.

use std::time::Duration;

use workloads::StepKind;

use super::machine::Nanos;
use super::task_profile::{Act, Bytes, TaskProfile};

/// A unit of work.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unit {
    /// When it arrives, if it is not there from the beginning.
    pub arrives: Option<Duration>,
    /// What it does.
    pub stretches: Vec<Stretch>,
    /// What it takes and gives.
    pub bytes: Bytes,
}

/// What a unit does for a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stretch {
    /// It waits.
    Wait(Duration),
    /// It computes in steps of this kind.
    Compute(Duration, StepKind),
    /// The same, and moves so many bytes to and from memory meanwhile.
    Move(Duration, StepKind, f64),
}

impl TaskProfile {
    /// The task that is this unit.
    pub(super) fn of(unit: &Unit) -> Self {
        Self { arrives: unit.arrives, acts: unit.stretches.iter().map(Act::described).collect(), bytes: unit.bytes }
    }
}

impl Act {
    fn described(stretch: &Stretch) -> Self {
        let length = |duration: &Duration| duration.as_nanos() as Nanos;
        match stretch {
            Stretch::Wait(time) => Self::Wait(length(time)),
            Stretch::Compute(time, kind) => Self::Described { length: length(time), kind: *kind, traffic: 0.0 },
            Stretch::Move(time, kind, bytes) => {
                let traffic = if time.is_zero() { 0.0 } else { bytes / length(time) as f64 };
                Self::Described { length: length(time), kind: *kind, traffic }
            }
        }
    }
}
