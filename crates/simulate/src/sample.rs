//! One sample on a simulated machine, and its outcome.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use futures_util::future::{Either, join_all, select};
use workloads::{Params, Summary};

use super::context::Within;
use super::cores::{MAIN, of_lane};
use super::engine::Engine;
use super::host::SimulatedHost;
use super::machine::{MachineCosts, SimulatedMachine, ms};
use super::on_core::on_core;
use super::process::SimulatedProcess;
use strategies::trace::{Answers, Context, Lane, LaneBuffer, SPANS_PER_LANE, Steps, TaskRecord, Trace, lane};
use strategies::{
    self, Failure, Job, Loss, Meta, Pending, Performance, Place, Process, SampleContext, Strategy, World,
};

/// What is to be simulated. Steps take as long as they [`charge`](super::charge).
pub struct SimulatedSample<'a> {
    /// The strategy under which the job runs.
    pub strategy: &'a dyn Strategy,
    /// The job: the workload and its input.
    pub job: &'a Job,
    /// The strategies' parameters.
    pub strategy_params: &'a Params,
    /// The number of workers, at least 1; it may exceed the number of cores. A strategy that runs on the page has one.
    pub workers: usize,
    /// Anything but 0 stops the sample between two steps.
    pub cancel: &'a AtomicU32,
}

/// The outcome of a simulated sample; never to be mistaken for a measured one.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// What happened. A context that waits for a core while it has something to compute is off core.
    pub trace: Trace,
    /// From the first task to the last answer, in milliseconds.
    pub makespan_ms: f64,
    /// What starting the workers would have cost, one after the other, in milliseconds; no part of the makespan.
    pub startup_ms: f64,
    /// The whole answer.
    pub answer: Summary,
}

/// The outcome of a sample whose lanes are not needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// From the first task to the last answer, in milliseconds.
    pub makespan_ms: f64,
    /// What starting the workers would have cost, one after the other, in milliseconds; no part of the makespan.
    pub startup_ms: f64,
    /// From each task's arrival until it was done, in milliseconds, in the order of the tasks; at most the first
    /// [`TASKS_KEPT`](strategies::trace::TASKS_KEPT) of them.
    pub latencies_ms: Vec<f64>,
    /// How long all lanes together computed, copying included, in milliseconds.
    pub computed_ms: f64,
}

impl SimulatedSample<'_> {
    /// Simulates the sample; takes no longer than the steps really take, and a few microseconds for each of them.
    ///
    /// # Errors
    /// When it was cancelled, or whatever else the strategy fails with.
    pub fn on(&self, machine: &SimulatedMachine) -> Result<Simulation, Failure> {
        self.simulate(machine, SPANS_PER_LANE, |done| {
            let trace = Trace {
                makespan: (done.makespan_ms * 1000.0).round() as u32,
                lanes: read(self.strategy.meta(), done.lanes, done.engine),
                tasks: done.answers.records(),
                ..Trace::default()
            };
            Simulation { trace, makespan_ms: done.makespan_ms, startup_ms: done.startup_ms, answer: done.answer }
        })
    }

    /// The same without recording lanes, which take most of the memory and some of the time.
    ///
    /// # Errors
    /// As [`on`](Self::on).
    pub fn outline(&self, machine: &SimulatedMachine) -> Result<Outline, Failure> {
        self.simulate(machine, 0, |done| {
            let latency = |task: TaskRecord| f64::from(task.done - task.arrived.unwrap_or(0).min(task.done)) / 1000.0;
            let computed = done.engine.computed().into_iter().flatten().map(|(from, until)| until - from).sum();
            Outline {
                makespan_ms: done.makespan_ms,
                startup_ms: done.startup_ms,
                latencies_ms: done.answers.records().into_iter().map(latency).collect(),
                computed_ms: ms(computed),
            }
        })
    }

    /// Simulates the sample on lanes that record at most `spans` spans, and returns what `look` makes of the outcome.
    fn simulate<T>(
        &self,
        machine: &SimulatedMachine,
        spans: usize,
        look: impl FnOnce(Performed<'_>) -> T,
    ) -> Result<T, Failure> {
        let meta = self.strategy.meta();
        let workers = meta.workers(self.workers.max(1));
        let lanes: Vec<_> = (0..meta.lanes(workers)).map(|_| LaneBuffer::new(spans)).collect();
        let engine = Arc::new(Engine::new(machine, lanes.len()));
        let answers = Answers::new(&self.job.workload.phases(&self.job.params));
        let sample = SampleContext {
            job: self.job,
            strategy_params: self.strategy_params,
            workers,
            lanes: &lanes,
            answers: &answers,
            cancel: self.cancel,
            world: World::Simulated(&*engine),
            epoch: 0.0,
            begun: 0.0,
            traced: true,
            repeats: 1,
        };
        let Performance { makespan, answer, .. } = perform(self.strategy, &sample, spans, &engine)?;
        let startup_ms = workers as f64 * startup_us(meta, &machine.costs) / 1000.0;
        Ok(look(Performed {
            lanes: &lanes,
            engine: &engine,
            answers: &answers,
            makespan_ms: makespan,
            startup_ms,
            answer,
        }))
    }
}

/// What is left of a sample that is over.
struct Performed<'a> {
    lanes: &'a [LaneBuffer],
    engine: &'a Engine,
    answers: &'a Answers,
    makespan_ms: f64,
    startup_ms: f64,
    answer: Summary,
}

/// Keeps the strategy and its processes running until the strategy is done.
fn perform(
    strategy: &dyn Strategy,
    sample: &SampleContext<'_>,
    spans: usize,
    engine: &Arc<Engine>,
) -> Result<Performance, Failure> {
    let count = if strategy.meta().place == Place::ProcessPool { sample.workers } else { 0 };
    let processes: Vec<_> = (0..count).map(|_| SimulatedProcess::new(engine)).collect();
    let live = |(lane, process): (usize, &SimulatedProcess)| {
        Within::new(engine, of_lane(lane), process.live(sample.job, spans))
    };
    let lives = join_all((sample.lanes.len() - count..).zip(&processes).map(live)); // a loop in front has a lane, too
    let boxed = processes.into_iter().map(|process| Box::new(process) as Box<dyn Process>);
    let host = SimulatedHost::new(engine, boxed.collect());
    let performing: Pending<'_, _> = Box::pin(strategies::perform(strategy, sample, &host));
    let outcome = engine.drive(async {
        match select(Within::new(engine, MAIN, performing), lives).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right((_, performing)) => performing.await, // there are no processes
        }
    });
    outcome.unwrap_or(Err(Failure::Lost(Loss::Deadlock)))
}

/// The lanes as they were recorded, with spans that compute only while their context had a core.
fn read(meta: &Meta, buffers: &[LaneBuffer], engine: &Engine) -> Vec<Lane> {
    let computed = engine.computed();
    let read = buffers.iter().zip(meta.contexts()).enumerate().map(|(at, (buffer, context))| {
        let who = if matches!(context, Context::Page | Context::Loop) { MAIN } else { of_lane(at) };
        let lane = lane(context, &buffer.snapshot()).expect("our own buffer");
        let steps = Steps { off_core_told: true, ..lane.steps };
        Lane { spans: on_core(&lane.spans, &computed[who]), steps, ..lane }
    });
    read.collect()
}

fn startup_us(meta: &Meta, costs: &MachineCosts) -> f64 {
    match meta.place {
        Place::Page => 0.0,
        Place::ThreadPool => costs.thread_start_us,
        Place::ProcessPool => costs.process_start_us,
    }
}
