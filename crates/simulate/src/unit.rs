//! A unit of work that is described rather than measured: what it does, and in which order.

use std::time::Duration;

use workloads::StepKind;

use super::machine::Nanos;
use super::task_profile::{Act, Bytes, TaskProfile};

/// A unit of work.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkUnit {
    /// When it arrives; `None` if it is there from the beginning.
    pub arrives: Option<Duration>,
    /// What it does, in order.
    pub parts: Vec<UnitPart>,
    /// The sizes of its input and its answer.
    pub bytes: Bytes,
}

/// One stretch of what a unit does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UnitPart {
    /// It waits.
    Wait(Duration),
    /// It computes in steps of this kind.
    Compute(Duration, StepKind),
    /// It computes in steps of this kind, and moves this number of bytes to and from memory meanwhile.
    Move(Duration, StepKind, f64),
}

impl TaskProfile {
    /// The profile of the task that is this unit.
    pub(super) fn of(unit: &WorkUnit) -> Self {
        Self { arrives: unit.arrives, acts: unit.parts.iter().map(Act::described).collect(), bytes: unit.bytes }
    }
}

impl Act {
    fn described(part: &UnitPart) -> Self {
        let length = |duration: &Duration| duration.as_nanos() as Nanos;
        match part {
            UnitPart::Wait(time) => Self::Wait(length(time)),
            UnitPart::Compute(time, kind) => Self::Described { length: length(time), kind: *kind, traffic: 0.0 },
            UnitPart::Move(time, kind, bytes) => {
                let traffic = if time.is_zero() { 0.0 } else { bytes / length(time) as f64 };
                Self::Described { length: length(time), kind: *kind, traffic }
            }
        }
    }
}
