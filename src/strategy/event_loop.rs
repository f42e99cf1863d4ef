//! All tasks interleaved on the page's thread: round robin, a step each, and waits overlap.
//!
//! After a slice of work the loop gives way, so that the page can draw and answer. It never runs two steps at once:
//! this is concurrency without parallelism.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use workloads::{Step, Task};

use super::*;
use crate::trace::Cause;

/// A sleeping loop looks up this often, so that it can be cancelled.
const LONGEST_SLEEP: Duration = Duration::from_millis(50);

/// Interleaves all tasks on the page's own thread.
pub struct EventLoop;

static META: Meta = Meta {
    id: "event-loop",
    name: "event loop",
    line: "All tasks take turns on the page's thread, a step each. Waits overlap, and the page gets its turn too.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Shared,
    place: Place::Page,
    equivalents: Equivalents {
        python: "await asyncio.gather(*tasks)",
        rust: "futures::future::join_all(tasks).await",
        go: "goroutines under GOMAXPROCS=1",
        javascript: "await Promise.all(tasks)",
    },
};

impl Strategy for EventLoop {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        host: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move { Turns::new(batch, stage).run(host).await })
    }
}

/// The loop's state: who is ready, and who waits until when.
struct Turns<'a> {
    batch: &'a Batch<'a>,
    stage: &'a Stage<'a>,
    tasks: Vec<Option<Box<dyn Task>>>,
    ready: VecDeque<usize>,
    /// (when to wake, in microseconds on the stage's clock; which task)
    waiting: BinaryHeap<Reverse<(u64, usize)>>,
}

impl<'a> Turns<'a> {
    fn new(batch: &'a Batch<'a>, stage: &'a Stage<'a>) -> Self {
        let count = batch.board.len();
        Self {
            batch,
            stage,
            tasks: (0..count).map(|_| None).collect(),
            ready: (0..count).collect(),
            waiting: BinaryHeap::new(),
        }
    }

    async fn run(mut self, host: &dyn Host) -> Result<(), Failure> {
        let mut slice_began = self.stage.clock.now();
        loop {
            self.stage.check()?;
            self.wake();
            if let Some(index) = self.ready.pop_front() {
                self.step(index);
            } else if let Some(&Reverse((due, _))) = self.waiting.peek() {
                host.sleep(Duration::from_micros(due.saturating_sub(self.now())).min(LONGEST_SLEEP)).await;
                slice_began = self.stage.clock.now();
            } else {
                return Ok(());
            }
            if self.stage.clock.now() - slice_began >= self.stage.slice {
                host.give_way().await;
                slice_began = self.stage.clock.now();
            }
        }
    }

    fn now(&self) -> u64 {
        (self.stage.clock.now() * 1000.0) as u64
    }

    fn wake(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let now = self.now();
        while self.waiting.peek().is_some_and(|Reverse((due, _))| *due <= now) {
            let Reverse((_, index)) = self.waiting.pop().expect("peeked");
            self.ready.push_back(index);
        }
    }

    fn step(&mut self, index: usize) {
        let number = self.batch.board.task(index);
        let start = self.stage.time();
        let task = self.tasks[index].get_or_insert_with(|| self.batch.task(index));
        let step = task.step();
        self.stage.record(0, Cause::Compute, number, start);
        match step {
            Step::Progress => self.ready.push_back(index),
            Step::Wait(duration) => {
                self.waiting.push(Reverse((self.now() + duration.as_micros() as u64, index)));
            }
            Step::Done(answer) => {
                self.tasks[index] = None;
                self.batch.board.put(index, 0, answer);
            }
        }
    }
}
