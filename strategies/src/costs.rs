//! What is measured on a machine, under one id each, and the probes for what threads cost each other: a task through
//! the pool, a lock handed over, a megabyte through the memory that they share. The latency of memory: `chase`.

use std::sync::Condvar;
use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workloads::{Params, Step};

use crate::tools::{crowd, pool_size, through_pool};
use crate::trace::Clock;

/// What can be measured. Reports name each as here, in lower case with hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CostId {
    /// A simple operation that depends on the one before it: about a cycle.
    Operation,
    /// A random line out of 4 KiB of memory.
    #[serde(rename = "chase-4-kib")]
    Chase4KiB,
    /// A random line out of 16 KiB of memory.
    #[serde(rename = "chase-16-kib")]
    Chase16KiB,
    /// A random line out of 64 KiB of memory.
    #[serde(rename = "chase-64-kib")]
    Chase64KiB,
    /// A random line out of 256 KiB of memory.
    #[serde(rename = "chase-256-kib")]
    Chase256KiB,
    /// A random line out of 1 MiB of memory.
    #[serde(rename = "chase-1-mib")]
    Chase1MiB,
    /// A random line out of 4 MiB of memory.
    #[serde(rename = "chase-4-mib")]
    Chase4MiB,
    /// A random line out of 16 MiB of memory.
    #[serde(rename = "chase-16-mib")]
    Chase16MiB,
    /// A random line out of 64 MiB of memory.
    #[serde(rename = "chase-64-mib")]
    Chase64MiB,
    /// A random line out of 256 MiB of memory.
    #[serde(rename = "chase-256-mib")]
    Chase256MiB,
    /// Starting a thread, when a pool starts.
    ThreadStart,
    /// Starting the whole pool of threads.
    PoolStart,
    /// Starting a process: a worker with a memory of its own.
    ProcessStart,
    /// A message to a process and back, empty.
    MessageEmpty,
    /// A megabyte to a process and back, copied.
    MessageCopied,
    /// A megabyte to a process and back, given away.
    MessageTransferred,
    /// Giving way: a promise that is already resolved.
    YieldPromise,
    /// Giving way: a message to the same context.
    YieldMessage,
    /// Giving way: `scheduler.yield`.
    YieldScheduler,
    /// Giving way: a timer of 0 ms.
    YieldTimeout,
    /// Handing a lock from one thread to another.
    Handover,
    /// A task through the pool of threads.
    Task,
    /// A megabyte to or from memory, while all threads read or write.
    Memory,
    /// A small file from the page's own host, past all caches.
    FetchNetwork,
    /// The same file, from the browser's cache.
    FetchCache,
}

impl CostId {
    /// Every cost, in the order of tables and reports.
    pub const ALL: [Self; 25] = [
        Self::Operation,
        Self::Chase4KiB,
        Self::Chase16KiB,
        Self::Chase64KiB,
        Self::Chase256KiB,
        Self::Chase1MiB,
        Self::Chase4MiB,
        Self::Chase16MiB,
        Self::Chase64MiB,
        Self::Chase256MiB,
        Self::ThreadStart,
        Self::PoolStart,
        Self::ProcessStart,
        Self::MessageEmpty,
        Self::MessageCopied,
        Self::MessageTransferred,
        Self::YieldPromise,
        Self::YieldMessage,
        Self::YieldScheduler,
        Self::YieldTimeout,
        Self::Handover,
        Self::Task,
        Self::Memory,
        Self::FetchNetwork,
        Self::FetchCache,
    ];
}

/// A cost with its samples, in microseconds.
pub type Cost = (CostId, Vec<f64>);

const SAMPLES: usize = 9;
/// Tasks in a sample, and hand-overs in a sample.
const TASKS: usize = 10_000;
const HANDOVERS: usize = 500;
/// The workload that shows how much goes through memory. Its tasks have their default size, and no more of them run at
/// once than it has by default.
const STREAM: &str = "stream";

/// Measures what the pool's threads cost each other. Call it where waiting for the pool is allowed, once it has
/// started.
pub fn probe(clock: &dyn Clock) -> Vec<Cost> {
    let sampled = |times: usize, work: &dyn Fn(usize)| {
        let one = |_| {
            let began = clock.now();
            work(times);
            (clock.now() - began) * 1000.0 / times as f64
        };
        (0..SAMPLES).map(one).collect::<Vec<_>>()
    };
    through_pool(TASKS); // wakes the threads up
    let mut costs = vec![(CostId::Task, sampled(TASKS, &through_pool))];
    if pool_size() > 1 {
        costs.push((CostId::Handover, sampled(HANDOVERS, &hand_over)));
        costs.push((CostId::Memory, probe_memory(clock)));
    }
    costs
}

/// Lets the threads stream through memory, all at once. Returns microseconds per megabyte that all threads together
/// move, one number per sample. Call it as [`probe`].
pub fn probe_memory(clock: &dyn Clock) -> Vec<f64> {
    let workload = workloads::find(STREAM).expect("it is registered");
    let params = Params::defaults(workload.info());
    let [tasks] = workload.phases(&params)[..] else { unreachable!("it has one phase") };
    let stream = |index: usize| {
        let mut task = workload.task(&params, 0, 0, index, &[]);
        while let Step::Progress | Step::Keep = task.step(Duration::ZERO) {}
    };
    let threads = pool_size().min(tasks);
    let megabytes = workload.traffic(&params) / tasks as f64 * threads as f64 / f64::from(1 << 20);
    crowd(threads, &stream); // the first time memory has to be fetched from the operating system
    let one = |_| {
        let began = clock.now();
        crowd(threads, &stream);
        (clock.now() - began) * 1000.0 / megabytes
    };
    (0..SAMPLES).map(one).collect()
}

/// Hands a lock from one thread to another and back, `times` times in all; this needs two threads.
fn hand_over(times: usize) {
    let (turn, changed) = (Mutex::new(0), Condvar::new());
    crowd(2, &|own| {
        let mut now = turn.lock().expect("nobody panics while holding it");
        while *now < times {
            if *now % 2 == own {
                *now += 1;
                changed.notify_one();
            } else {
                now = changed.wait(now).expect("nobody panics while holding it");
            }
        }
        changed.notify_one();
    });
}
