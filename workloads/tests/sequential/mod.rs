//! The plainest way to run a workload: one task after the other, waits skipped. What tests and benches compare with.

use std::time::Duration;

use workloads::{Answer, Params, Step, Workload};

/// What a task did, step by step.
#[derive(Debug, PartialEq, Eq)]
pub struct Steps {
    /// How many steps it took.
    pub count: usize,
    /// What it asked to wait for, in order.
    pub waits: Vec<Duration>,
    /// What it left.
    pub answer: Answer,
}

/// Runs every task of every phase and returns what those of the last phase did. `observe` stands around each step and
/// must do it; a test can time it.
pub fn run(
    workload: &dyn Workload,
    params: &Params,
    seed: u64,
    mut observe: impl FnMut(&mut dyn FnMut()),
) -> Vec<Steps> {
    let mut last = Vec::new();
    for (phase, tasks) in workload.phases(params).into_iter().enumerate() {
        let previous: Vec<Answer> = last.drain(..).map(|steps: Steps| steps.answer).collect();
        for index in 0..tasks {
            let input = workload.input(params, seed, phase, index, &previous);
            last.push(steps(workload.task(params, seed, phase, index, &input), &mut observe));
        }
    }
    last
}

fn steps(mut task: Box<dyn workloads::Task>, observe: &mut impl FnMut(&mut dyn FnMut())) -> Steps {
    let (mut count, mut waits) = (0, Vec::new());
    loop {
        let mut outcome = Step::Progress;
        observe(&mut || outcome = task.step());
        count += 1;
        match outcome {
            Step::Progress => {}
            Step::Wait(time) => waits.push(time),
            Step::Done(answer) => return Steps { count, waits, answer },
        }
    }
}

/// The answers alone.
pub fn answers(workload: &dyn Workload, params: &Params, seed: u64) -> Vec<Answer> {
    run(workload, params, seed, |step| step()).into_iter().map(|steps| steps.answer).collect()
}
