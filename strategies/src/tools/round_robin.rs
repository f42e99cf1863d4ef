//! An event loop: tasks take turns on one thread, a step each, and waits overlap.
//!
//! On the page the loop gives way to the browser. In a process, where nothing else needs the thread, giving way means
//! reporting what was done. A task that keeps control keeps it from all other tasks: a loop has no means to take it.

use std::collections::VecDeque;
use std::time::Duration;

use workloads::Step;

use super::{LOOK_UP, Waiting};
use crate::{Failure, Finished, Host, Running, SampleContext};

/// Builds a task.
pub(crate) type Build<'a> = dyn Fn(usize) -> Running + 'a;

/// The loop's state: which tasks are ready, and which wait until when.
pub(crate) struct RoundRobin<'a> {
    sample: &'a SampleContext<'a>,
    /// How long the loop works before it gives way, in milliseconds.
    slice: f64,
    tasks: Vec<Option<Running>>,
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

    /// Runs all tasks; each is built when its first turn comes.
    pub(crate) async fn run(
        mut self,
        host: &dyn Host,
        build: &Build<'_>,
        done: &mut dyn FnMut(usize, Finished),
    ) -> Result<(), Failure> {
        let mut now = self.sample.time();
        let mut slice_began = now;
        loop {
            self.sample.check()?;
            while let Some(at) = self.waiting.due(now) {
                self.ready.push_back(at);
            }
            if let Some(at) = self.ready.pop_front() {
                if self.step(at, build, done, &mut now).await {
                    self.ready.push_front(at);
                    continue;
                }
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

    /// Steps a task, and returns whether it keeps control.
    async fn step(
        &mut self,
        at: usize,
        build: &Build<'_>,
        done: &mut dyn FnMut(usize, Finished),
        now: &mut f64,
    ) -> bool {
        let mut running = self.tasks[at].take().unwrap_or_else(|| build(at));
        let step = self.sample.step(0, &mut running, now).await;
        let keeps = matches!(step, Step::Keep | Step::Block(_));
        match step {
            Step::Progress => self.ready.push_back(at),
            Step::Keep => {}
            block @ Step::Block(_) => self.sample.block(0, running.number, self.sample.due(&block, *now), now).await,
            Step::Done(answer) => {
                done(at, running.finished(answer));
                return false;
            }
            wait => self.waiting.add(at, self.sample.overlapped(0, running.number, &wait, *now)),
        }
        self.tasks[at] = Some(running);
        keeps
    }
}
