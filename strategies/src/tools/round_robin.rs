//! An event loop: tasks take turns on one thread, a step each, and waits overlap.
//!
//! On the page the loop gives way to the browser. In a process, whose thread nobody else wants, giving way is telling
//! what was done.

use std::collections::VecDeque;
use std::time::Duration;

use workloads::{Answer, Step, Task};

use super::{LOOK_UP, Waiting};
use crate::{Failure, Host, SampleContext};

/// Gives a task's number for spans, and the task.
pub(crate) type Build<'a> = dyn Fn(usize) -> (u32, Box<dyn Task>) + 'a;

/// The loop's state: who is ready, and who waits until when.
pub(crate) struct RoundRobin<'a> {
    sample: &'a SampleContext<'a>,
    /// How long the loop works before it gives way, in milliseconds.
    slice: f64,
    tasks: Vec<Option<(u32, Box<dyn Task>)>>,
    ready: VecDeque<usize>,
    waiting: Waiting,
}

impl<'a> RoundRobin<'a> {
    /// A loop for `count` tasks, on lane 0 of `sample`.
    pub(crate) fn new(count: usize, sample: &'a SampleContext<'a>, slice: f64) -> Self {
        Self {
            sample,
            slice,
            tasks: (0..count).map(|_| None).collect(),
            ready: (0..count).collect(),
            waiting: Waiting::default(),
        }
    }

    /// Runs all tasks, each built when its first turn comes.
    pub(crate) async fn run(
        mut self,
        host: &dyn Host,
        build: &Build<'_>,
        done: &mut dyn FnMut(usize, Answer),
    ) -> Result<(), Failure> {
        let mut slice_began = self.sample.world.now();
        loop {
            self.sample.check()?;
            while let Some(at) = self.waiting.due(self.sample) {
                self.ready.push_back(at);
            }
            if let Some(at) = self.ready.pop_front() {
                self.step(at, build, done).await;
            } else if let Some(left) = self.waiting.next_ms(self.sample) {
                host.sleep(Duration::from_secs_f64(left.min(LOOK_UP) / 1000.0)).await;
                slice_began = self.sample.world.now();
            } else {
                return Ok(());
            }
            if self.sample.world.now() - slice_began >= self.slice {
                host.give_way().await;
                slice_began = self.sample.world.now();
            }
        }
    }

    async fn step(&mut self, at: usize, build: &Build<'_>, done: &mut dyn FnMut(usize, Answer)) {
        let (number, task) = self.tasks[at].get_or_insert_with(|| build(at));
        match self.sample.step(0, *number, &mut **task).await {
            Step::Progress => self.ready.push_back(at),
            Step::Wait(duration) => self.waiting.add(at, duration, self.sample),
            Step::Done(answer) => {
                self.tasks[at] = None;
                done(at, answer);
            }
        }
    }
}
