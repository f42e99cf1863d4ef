//! Counting together, in three ways: on one atomic, under one lock, or each task for itself.
//!
//! What it shows: what is shared has to be handed from core to core, and that costs far more than counting. The same
//! happens where separate counters merely share a cache line (false sharing), until padding keeps them apart.
//! Invariant: the tasks make `size` thousand increments in all, and each increment reads and writes memory: no task
//! counts in a register. The seed changes nothing.
//! (WebAssembly orders every atomic write with all others, so a task that runs alone there pays nearly as much for its
//! own counter as for the shared one. The difference shows when several tasks count at once.)
//! Phases: one task sets the counters up and answers with their number; the tasks count; one task adds up and clears
//! away. The last answer is the total, eight bytes, low byte first.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::{Info, Known, Nature, Param, Params, SharedBytes, Step, StepKind, Summary, Task, Volume, Workload};

/// Tasks that count: at least one for each worker of most machines, and their own counters fill one line of the cache.
const TASKS: usize = 16;

/// Increments that the parameter counts as one.
const THOUSAND: u32 = 1_000;

static INFO: Info = Info {
    id: "counter",
    title: "Shared counter",
    blurb: "Counts on one atomic, under one lock, or in each task's own counter: sharing costs far more than counting.",
    nature: Nature::Compute,
    params: &[
        Param {
            key: "size",
            label: "Increments",
            unit: "thousand",
            min: 1,
            max: 200_000,
            default: 20_000,
            demo: 30_000,
            ..Param::NUMBER
        },
        Param::choice("way", "Counter", &["atomic", "lock", "own"]),
        Param::choice("padding", "Padding between own counters", &["on", "off"]),
    ],
    modelled: None,
    answer: "{increments} increments counted",
    unit: Some("million increments"),
    one_memory: Some("all tasks count on one counter, which lies in one memory"),
};

/// The workload.
pub struct Counter;

impl Workload for Counter {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _params: &Params) -> Vec<usize> {
        vec![1, TASKS, 1]
    }

    /// For a task that counts, the number of the counters; for the last task, all that was counted.
    fn input(
        &self,
        _params: &Params,
        _seed: u64,
        _phase: usize,
        _index: usize,
        previous: &[SharedBytes],
    ) -> Vec<SharedBytes> {
        previous.to_vec()
    }

    fn task(&self, params: &Params, _seed: u64, phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task> {
        match phase {
            0 => Box::new(SetUp),
            1 => Box::new(SumTask::new(params, index, numbers(input).next().expect("the first phase answers"))),
            _ => Box::new(AddUp { numbers: numbers(input).collect() }),
        }
    }

    fn answer(&self, _params: &Params, last: &[SharedBytes]) -> Summary {
        Summary::default().with("increments", numbers(last).sum::<u64>())
    }

    fn needs_shared_memory(&self, params: &Params) -> bool {
        CountsOn::of(params) != CountsOn::Own
    }

    fn contends(&self, params: &Params) -> bool {
        CountsOn::of(params) != CountsOn::Own || !padded(params)
    }

    fn volume(&self, params: &Params) -> Option<Volume> {
        Some(Volume { amount: f64::from(params.get("size")) / 1000.0 })
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 10)],
            seed: 1,
            digest: "",
            facts: &[("increments", 10_000)],
            source: "the parameters",
        }
    }
}

/// The numbers in parts, eight bytes each, low byte first.
fn numbers(parts: &[SharedBytes]) -> impl Iterator<Item = u64> {
    parts.iter().flat_map(|part| part.as_chunks().0).map(|&bytes| u64::from_le_bytes(bytes))
}

/// What the tasks count on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CountsOn {
    Atomic,
    Lock,
    Own,
}

/// Whether each task's own counter has a line of the cache for itself.
fn padded(params: &Params) -> bool {
    params.get("padding") == 0
}

impl CountsOn {
    fn of(params: &Params) -> Self {
        [Self::Atomic, Self::Lock, Self::Own][params.get("way") as usize]
    }

    /// Increments that make a step: about 0.1 ms while no other task counts.
    fn step(self) -> u32 {
        match self {
            Self::Atomic => 15_000,
            Self::Lock => 6_000,
            Self::Own => 40_000,
        }
    }
}

/// One line of the cache, or the two that some processors fetch together.
#[derive(Debug)]
#[repr(align(128))]
struct CacheLine([AtomicU32; TASKS]);

/// The counters of one sample.
#[derive(Debug)]
struct Counters {
    number: u64,
    atomic: AtomicU64,
    lock: Mutex<u64>,
    /// Padded, each task has the first counter of its own line; otherwise its own counter of the first line.
    own: [CacheLine; TASKS],
}

impl Counters {
    /// Counters at 0, under a number that is new in this memory.
    fn new() -> Arc<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Relaxed);
        let own = [const { CacheLine([const { AtomicU32::new(0) }; TASKS]) }; TASKS];
        Arc::new(Self { number, atomic: AtomicU64::new(0), lock: Mutex::new(0), own })
    }

    fn own(&self, index: usize, padded: bool) -> &AtomicU32 {
        if padded { &self.own[index].0[0] } else { &self.own[0].0[index] }
    }

    /// What was counted together.
    fn shared(&self) -> u64 {
        self.atomic.load(Relaxed) + *lock(&self.lock)
    }
}

/// The counters in use in this memory, the oldest first.
static IN_USE: Mutex<Vec<Arc<Counters>>> = Mutex::new(Vec::new());

/// More than the samples that ever run at once. What a cancelled sample left is dropped after this many newer ones.
const MOST_IN_USE: usize = 16;

/// Locks, even after a panic: a task that panicked has not left a count half made.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The first phase: sets the counters up.
struct SetUp;

impl Task for SetUp {
    fn step(&mut self, _now: Duration) -> Step {
        let counters = Counters::new();
        let mut in_use = lock(&IN_USE);
        if in_use.len() == MOST_IN_USE {
            in_use.remove(0);
        }
        in_use.push(Arc::clone(&counters));
        Step::Done(counters.number.to_le_bytes().to_vec())
    }

    fn next(&self) -> StepKind {
        StepKind::Light
    }
}

/// The second phase: one task's share of the increments.
struct SumTask {
    /// The number under which the sample's counters were set up.
    number: u64,
    counters: Arc<Counters>,
    index: usize,
    way: CountsOn,
    padded: bool,
    left: u32,
}

impl SumTask {
    fn new(params: &Params, index: usize, number: u64) -> Self {
        let bound = |index: usize| (u64::from(params.get("size") * THOUSAND) * index as u64 / TASKS as u64) as u32;
        // Another memory than the one where they were set up has none of this number, or those of another sample. A
        // task that counts on its own counter can use either.
        let counters = lock(&IN_USE).iter().find(|counters| counters.number == number).cloned();
        let count = Self {
            number,
            counters: counters.unwrap_or_else(Counters::new),
            index,
            way: CountsOn::of(params),
            padded: padded(params),
            left: bound(index + 1) - bound(index),
        };
        count.own().store(0, Relaxed);
        count
    }

    fn own(&self) -> &AtomicU32 {
        self.counters.own(self.index, self.padded)
    }

    fn count(&self, increments: u32) {
        match self.way {
            CountsOn::Atomic => (0..increments).for_each(|_| _ = self.counters.atomic.fetch_add(1, Relaxed)),
            CountsOn::Lock => (0..increments).for_each(|_| *lock(&self.counters.lock) += 1),
            CountsOn::Own => {
                // No other task writes it, so reading and writing need not be one atomic operation.
                let own = self.own();
                (0..increments).for_each(|_| own.store(own.load(Relaxed) + 1, Relaxed));
            }
        }
    }
}

impl Task for SumTask {
    fn step(&mut self, _now: Duration) -> Step {
        let now = self.left.min(self.way.step());
        self.count(now);
        self.left -= now;
        if self.left > 0 {
            return Step::Progress;
        }
        let own = u64::from(self.own().load(Relaxed));
        Step::Done([self.number, own].iter().flat_map(|number| number.to_le_bytes()).collect())
    }
}

/// The last phase: the total of what was counted together and of what each task counted on its own.
struct AddUp {
    /// From each task that counted, the counters' number and its own count.
    numbers: Vec<u64>,
}

impl Task for AddUp {
    fn step(&mut self, _now: Duration) -> Step {
        let mut in_use = lock(&IN_USE);
        let at = in_use.iter().position(|counters| counters.number == self.numbers[0]);
        let shared = at.map_or(0, |at| in_use.remove(at).shared());
        let own: u64 = self.numbers.iter().skip(1).step_by(2).sum();
        Step::Done((shared + own).to_le_bytes().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(way: u32, padding: u32) -> Params {
        let mut params = Params::of(INFO.params);
        for (key, value) in [("size", 1), ("way", way), ("padding", padding)] {
            params.set(key, value).expect("legal");
        }
        params
    }

    fn finish(mut task: Box<dyn Task>) -> SharedBytes {
        loop {
            if let Step::Done(answer) = task.step(Duration::ZERO) {
                return SharedBytes::new(answer);
            }
        }
    }

    /// The whole work; `between` sees the counters' number before any task counts.
    fn total(params: &Params, between: impl Fn(u64)) -> Summary {
        let mut answers = Vec::new();
        for (phase, tasks) in Counter.phases(params).into_iter().enumerate() {
            let inputs = (0..tasks).map(|index| Counter.input(params, 1, phase, index, &answers));
            let tasks = inputs.enumerate().map(|(at, input)| Counter.task(params, 1, phase, at, &input));
            let tasks: Vec<_> = tasks.collect();
            answers = tasks.into_iter().map(finish).collect();
            if phase == 0 {
                between(numbers(&answers).next().expect("a number"));
            }
        }
        Counter.answer(params, &answers)
    }

    fn in_use(number: u64) -> bool {
        lock(&IN_USE).iter().any(|counters| counters.number == number)
    }

    #[test]
    fn every_way_counts_all_and_clears_away() {
        for (way, padding) in [(0, 0), (1, 0), (2, 0), (2, 1)] {
            let seen = AtomicU64::new(0);
            let answer = total(&params(way, padding), |number| {
                assert!(in_use(number));
                seen.store(number, Relaxed);
            });
            assert_eq!(answer, Summary::default().with("increments", 1_000), "way {way}, padding {padding}");
            assert!(!in_use(seen.into_inner()));
        }
    }

    /// As in memories of their own, where no counters have been set up.
    #[test]
    fn own_counters_need_no_others() {
        let clear = |number| lock(&IN_USE).retain(|counters| counters.number != number);
        assert_eq!(total(&params(2, 0), clear), Summary::default().with("increments", 1_000));
    }

    #[test]
    fn only_padding_puts_counters_on_lines_of_their_own() {
        let counters = Counters::new();
        let line = |index, padded| std::ptr::from_ref(counters.own(index, padded)) as usize / size_of::<CacheLine>();
        assert!((1..TASKS).all(|index| line(index, false) == line(0, false)));
        assert!((1..TASKS).all(|index| line(index, true) != line(index - 1, true)));
    }
}
