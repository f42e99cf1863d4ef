//! All tasks interleaved on one thread: round robin, a step each, and waits overlap.
//!
//! On the page the loop gives way after a slice of work, so that the page can draw and answer. It never runs two steps
//! at once: this is concurrency without parallelism. In a process, whose thread nobody else wants, giving way is
//! telling what was done.

use std::collections::VecDeque;
use std::time::Duration;

use workloads::{Answer, Param, Step, Task};

use super::monitor::LOOK_UP;
use super::waiting::Waiting;
use super::*;

/// Interleaves all tasks on the page's own thread.
pub struct EventLoop;

static META: Meta = Meta {
    id: "event-loop",
    name: "event loop",
    line: "All tasks take turns on the page's thread, a step each. Waits overlap, and the page gets its turn too.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Shared,
    place: Place::Page,
    parallel: false,
    front: false,
    opening: true,
    modelled: None,
    // a third of a frame
    params: &[Param {
        key: "slice",
        label: "Event loop: slice",
        unit: "ms",
        min: 1,
        max: 100,
        default: 5,
        demo: 5,
        ..Param::NUMBER
    }],
    equivalents: &[
        Equivalent { language: "Python", name: "asyncio", file: "event-loop.py" },
        Equivalent { language: "Rust", name: "tokio, current-thread runtime", file: "event-loop.rs" },
        Equivalent { language: "Go", name: "goroutines under GOMAXPROCS=1", file: "event-loop.go" },
        Equivalent { language: "JavaScript", name: "async functions and Promise.all", file: "event-loop.js" },
    ],
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
        Box::pin(async move {
            let build = |at: usize| (batch.board.task(at), batch.task(at));
            let mut done = |at: usize, answer| batch.board.put(at, 0, answer);
            let slice = f64::from(stage.settings.get("slice"));
            Turns::new(batch.board.len(), stage, slice).run(host, &build, &mut done).await
        })
    }
}

/// Gives a task's number for spans, and the task.
pub(super) type Build<'a> = dyn Fn(usize) -> (u32, Box<dyn Task>) + 'a;

/// The loop's state: who is ready, and who waits until when.
pub(super) struct Turns<'a> {
    stage: &'a Stage<'a>,
    /// How long the loop works before it gives way, in milliseconds.
    slice: f64,
    tasks: Vec<Option<(u32, Box<dyn Task>)>>,
    ready: VecDeque<usize>,
    waiting: Waiting,
}

impl<'a> Turns<'a> {
    /// A loop for so many tasks, on lane 0 of `stage`.
    pub(super) fn new(count: usize, stage: &'a Stage<'a>, slice: f64) -> Self {
        Self {
            stage,
            slice,
            tasks: (0..count).map(|_| None).collect(),
            ready: (0..count).collect(),
            waiting: Waiting::default(),
        }
    }

    /// Runs all tasks, each built when its first turn comes.
    pub(super) async fn run(
        mut self,
        host: &dyn Host,
        build: &Build<'_>,
        done: &mut dyn FnMut(usize, Answer),
    ) -> Result<(), Failure> {
        let mut slice_began = self.stage.world.now();
        loop {
            self.stage.check()?;
            while let Some(at) = self.waiting.due(self.stage) {
                self.ready.push_back(at);
            }
            if let Some(at) = self.ready.pop_front() {
                self.step(at, build, done).await;
            } else if let Some(left) = self.waiting.next_ms(self.stage) {
                host.sleep(Duration::from_secs_f64(left.min(LOOK_UP) / 1000.0)).await;
                slice_began = self.stage.world.now();
            } else {
                return Ok(());
            }
            if self.stage.world.now() - slice_began >= self.slice {
                host.give_way().await;
                slice_began = self.stage.world.now();
            }
        }
    }

    async fn step(&mut self, at: usize, build: &Build<'_>, done: &mut dyn FnMut(usize, Answer)) {
        let (number, task) = self.tasks[at].get_or_insert_with(|| build(at));
        match self.stage.step(0, *number, &mut **task).await {
            Step::Progress => self.ready.push_back(at),
            Step::Wait(duration) => self.waiting.add(at, duration, self.stage),
            Step::Done(answer) => {
                self.tasks[at] = None;
                done(at, answer);
            }
        }
    }
}
