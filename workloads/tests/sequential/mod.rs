//! The plainest way to run a workload: one task after the other, waits skipped. Tests and benches compare with it.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use workloads::{Params, SharedBytes, Step, Workload};

/// What a task did, step by step.
#[derive(Debug, PartialEq, Eq)]
pub struct Steps {
    /// How many steps it took.
    pub count: usize,
    /// What it asked to wait for, in order.
    pub waits: Vec<Duration>,
    /// Its answer.
    pub answer: SharedBytes,
}

/// The files that the workload begins with, as the page's server has them.
pub fn files(workload: &dyn Workload, params: &Params) -> Vec<SharedBytes> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
    let read =
        |name: &&str| Arc::new(std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")));
    workload.files(params).iter().map(read).collect()
}

/// Runs every task of every phase and returns what those of the last phase did. `observe` is called with each step,
/// which it must carry out; a test can time it.
pub fn run(
    workload: &dyn Workload,
    params: &Params,
    seed: u64,
    mut observe: impl FnMut(&mut dyn FnMut()),
) -> Vec<Steps> {
    let (mut time, mut last) = (Time { began: Instant::now(), waited: Duration::ZERO }, Vec::new());
    let mut previous = files(workload, params);
    for (phase, tasks) in workload.phases(params).into_iter().enumerate() {
        if phase > 0 {
            previous = last.drain(..).map(|steps: Steps| steps.answer).collect();
        }
        for index in 0..tasks {
            let input = workload.input(params, seed, phase, index, &previous);
            last.push(steps(workload.task(params, seed, phase, index, &input), &mut time, &mut observe));
        }
    }
    last
}

/// The time that a task gets to know, which passes as it computes; and the time of the waits alone, which are skipped.
struct Time {
    began: Instant,
    waited: Duration,
}

fn steps(mut task: Box<dyn workloads::Task>, time: &mut Time, observe: &mut impl FnMut(&mut dyn FnMut())) -> Steps {
    let (mut count, mut waits) = (0, Vec::new());
    let mut wait = |for_so_long: Duration, waited: &mut Duration| {
        *waited += for_so_long;
        waits.push(for_so_long);
    };
    loop {
        let mut outcome = Step::Progress;
        observe(&mut || outcome = task.step(time.began.elapsed()));
        count += 1;
        match outcome {
            Step::Progress | Step::Keep => {}
            Step::Wait(length) | Step::Block(length) => wait(length, &mut time.waited),
            Step::WaitUntil(moment) => wait(moment.saturating_sub(time.waited), &mut time.waited),
            Step::Done(answer) => return Steps { count, waits, answer: Arc::new(answer) },
        }
    }
}

/// The answers alone.
pub fn answers(workload: &dyn Workload, params: &Params, seed: u64) -> Vec<SharedBytes> {
    run(workload, params, seed, |step| step()).into_iter().map(|steps| steps.answer).collect()
}
