//! The task: one unit of work, part by part.

use std::time::Duration;

use super::part::TaskPart;
use crate::body::Body;
use crate::{Answer, Step, StepKind, Task};

/// Bytes of an answer that make a step of at most 0.1 ms, even where the operating system has to find their memory
/// first. A whole number of checksums.
pub const STEP_BYTES: usize = 200_000;

/// A unit.
pub struct UnitTask {
    /// When it arrives, until that wait has begun.
    arrives: Option<Duration>,
    /// What is to be done, the last part first, and how much of each is left.
    parts: Vec<(TaskPart, u64)>,
    /// The kind of the steps that make the answer: that is done where the last part was computed.
    giving: StepKind,
    body: Body,
    /// Bytes of its answer.
    gives: usize,
    answer: Answer,
}

impl UnitTask {
    /// A unit that does the given amount of each part in turn, and gives `gives` bytes: at least those of its checksum.
    pub fn new(arrives: Option<Duration>, parts: Vec<(TaskPart, u64)>, body: Body, gives: usize) -> Self {
        let giving = parts.last().map_or(StepKind::Light, |(part, _)| part.step_kind());
        let parts = parts.into_iter().rev().collect();
        Self { arrives, parts, giving, gives: gives.max(body.checked().len()), body, answer: Answer::new() }
    }

    /// Makes some more of the answer: the checksum, again and again.
    fn give(&mut self) -> Step {
        let end = self.gives.min(self.answer.len() + STEP_BYTES);
        if self.answer.is_empty() {
            self.answer.reserve_exact(self.gives);
            self.answer.extend(self.body.checked());
        }
        while self.answer.len() < end {
            self.answer.extend_from_within(..self.answer.len().min(end - self.answer.len()));
        }
        if end < self.gives { Step::Keep } else { Step::Done(std::mem::take(&mut self.answer)) }
    }
}

impl Task for UnitTask {
    fn step(&mut self, _now: Duration) -> Step {
        if let Some(moment) = self.arrives.take() {
            return Step::WaitUntil(moment);
        }
        if let Some((part, left)) = self.parts.last_mut() {
            let wait = part.go_on(left, &mut self.body);
            if *left == 0 {
                self.parts.pop();
            }
            if let Some(wait) = wait {
                return Step::Wait(wait);
            }
            if !self.parts.is_empty() {
                return Step::Keep; // the handler has no await here
            }
        }
        self.give()
    }

    fn next(&self) -> StepKind {
        match (self.arrives, self.parts.last()) {
            (Some(_), _) => StepKind::Light,
            (None, Some((part, _))) => part.step_kind(),
            (None, None) => self.giving,
        }
    }
}
