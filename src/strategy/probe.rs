//! What the pool's threads cost each other, measured among them: a task through the pool, a lock handed over, a megabyte
//! through the memory that they share.

use std::sync::Condvar;
use std::sync::Mutex;

use workloads::{Params, Step};

use super::threads::{crowd, pool_size, through_pool};
use crate::trace::Clock;

const SAMPLES: usize = 9;
/// Tasks in a sample, and hand-overs in a sample.
const TASKS: usize = 10_000;
const HANDOVERS: usize = 500;
/// The workload that shows how much goes through memory. Its tasks are as large as they usually are, and not more at once
/// than it usually has.
const STREAM: &str = "stream";

/// Names and samples, in microseconds. To be called where the pool may be waited for; it must have been started.
pub fn probe(clock: &dyn Clock) -> Vec<(String, Vec<f64>)> {
    let sampled = |times: usize, work: &dyn Fn(usize)| {
        let one = |_| {
            let began = clock.now();
            work(times);
            (clock.now() - began) * 1000.0 / times as f64
        };
        (0..SAMPLES).map(one).collect::<Vec<_>>()
    };
    through_pool(TASKS); // wakes the threads up
    let mut costs = vec![("task".into(), sampled(TASKS, &through_pool))];
    if pool_size() > 1 {
        costs.push(("handover".into(), sampled(HANDOVERS, &hand_over)));
        costs.push(("memory".into(), probe_memory(clock)));
    }
    costs
}

/// Lets the threads stream through memory, all at once; microseconds for each megabyte of them together. To be called
/// as [`probe`] is.
pub fn probe_memory(clock: &dyn Clock) -> Vec<f64> {
    let workload = workloads::find(STREAM).expect("it is registered");
    let params = Params::defaults(workload.info());
    let [tasks] = workload.phases(&params)[..] else { unreachable!("it has one phase") };
    let stream = |index: usize| {
        let mut task = workload.task(&params, 0, 0, index, &[]);
        while let Step::Progress = task.step() {}
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

/// Hands a lock from one thread to another and back, so many times in all; they need two threads.
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
