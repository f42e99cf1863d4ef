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
        let mut now = self.sample.time();
        let mut slice_began = now;
        loop {
            self.sample.check()?;
            while let Some(at) = self.waiting.due(now) {
                self.ready.push_back(at);
            }
            if let Some(at) = self.ready.pop_front() {
                self.step(at, build, done, &mut now).await;
            } else if let Some(left) = self.waiting.next_ms(now) {
                host.sleep(Duration::from_secs_f64(left.min(LOOK_UP) / 1000.0)).await;
                now = self.sample.time();
                slice_began = now;
            } else {
                return Ok(());
            }
            if now - slice_began >= self.slice {
                host.give_way().await;
                now = self.sample.time();
                slice_began = now;
            }
        }
    }

    async fn step(&mut self, at: usize, build: &Build<'_>, done: &mut dyn FnMut(usize, Answer), now: &mut f64) {
        let (number, task) = self.tasks[at].get_or_insert_with(|| build(at));
        match self.sample.step(0, *number, &mut **task, now).await {
            Step::Progress => self.ready.push_back(at),
            Step::Done(answer) => {
                self.tasks[at] = None;
                done(at, answer);
            }
            wait => self.waiting.add(at, self.sample.due(&wait, *now)),
        }
    }
}
