//! What the pool's threads cost each other, measured among them: a task through the pool, a lock handed over.

use std::sync::Condvar;
use std::sync::Mutex;

use super::threads::{pair, through_pool};
use crate::trace::Clock;

const SAMPLES: usize = 9;
/// Tasks in a sample, and hand-overs in a sample.
const TASKS: usize = 10_000;
const HANDOVERS: usize = 500;

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
    vec![("task".into(), sampled(TASKS, &through_pool)), ("handover".into(), sampled(HANDOVERS, &hand_over))]
}

/// Hands a lock from one thread to another and back, so many times in all; they need two threads.
fn hand_over(times: usize) {
    let (turn, changed) = (Mutex::new(0), Condvar::new());
    pair(&|own| {
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
