//! Simulated against measured: what the CPU workloads really take on this machine, natively, with one and with two
//! workers, and what a simulation predicts from nothing but the blocking sample and the machine's costs.
//!
//! It measures times, so it is not among the ordinary tests: `make bench` runs it and writes its output into the
//! benchmarks. The shortest of several samples counts everywhere, and sampling goes on until the second shortest agrees
//! with it, within a bound: a simulated machine does nothing else meanwhile.

use std::sync::Arc;
use std::time::{Duration, Instant};

use simulate::{Bytes, MachineCosts, Replay, SimulatedMachine, perform};
use strategies::costs::{CostId, probe, probe_memory};
use strategies::trace::{Clock, Context, Lane, Steps, Trace};
use strategies::{Account, Job, Mode, Order, params, sizes};
use workloads::{Nature, Params, Workload};

use testkit::made::{Act::Spin, Made};
use testkit::process::Threaded;
use testkit::{Real, Sample, Setup, strategy, with_files};

/// The least and the greatest number of samples of each strategy and number of workers, taken in turn with all others.
const ROUNDS: [usize; 2] = [5, 40];
/// After this time a workload has no further round: on a machine in use, no two samples may ever agree.
const LONGEST: Duration = Duration::from_secs(90);
/// The shortest and the second shortest sample agree if they differ by at most this share.
const ALIKE: f64 = 0.02;
/// The number of times that the threads' costs are measured: other programs may use this machine for a while.
const PROBES: usize = 5;
/// The strategies that have workers.
const STRATEGIES: [&str; 5] = ["threads", "processes", "actors", "gil", "offload"];
/// A simulation is good if it is off by at most this share.
const CLOSE: f64 = 0.15;
/// The marks that the bench looks for around the text for its document.
const MARKS: [&str; 2] = ["<!-- bench -->", "<!-- /bench -->"];

/// A strategy with a number of workers under one workload.
struct Case {
    strategy: &'static str,
    workers: usize,
    measured: Shortest,
    simulated: f64,
}

/// The shortest and the second shortest of some samples, in milliseconds.
#[derive(Clone, Copy)]
struct Shortest([f64; 2]);

impl Shortest {
    const NONE: Self = Self([f64::INFINITY; 2]);

    fn add(&mut self, sample: f64) {
        let [shortest, second] = self.0;
        self.0 = [shortest.min(sample), second.min(shortest.max(sample))];
    }

    fn is_sure(&self) -> bool {
        let [shortest, second] = self.0;
        second <= shortest * (1.0 + ALIKE)
    }
}

impl Case {
    fn measured(&self) -> f64 {
        self.measured.0[0]
    }

    /// By what share the simulated time is too long: 0.1 is 10 % too long.
    fn off(&self) -> f64 {
        self.simulated / self.measured() - 1.0
    }
}

#[test]
#[ignore = "times things; run by make bench"]
fn simulated_makespans_are_within_15_percent_of_measured_ones() {
    let costs = costs();
    let machine =
        SimulatedMachine { costs, ..SimulatedMachine::new(std::thread::available_parallelism().map_or(1, Into::into)) };
    println!("{}\n{}", MARKS[0], head(&machine));
    let mut far = Vec::new();
    for workload in workloads::ALL {
        let job =
            with_files(Job { workload: *workload, params: Params::demo(workload.info()), seed: 1, files: vec![] });
        // where tasks contend for one counter, the contention is the work: the blocking sample does not show it
        if workload.info().nature != Nature::Compute || workload.needs_shared_memory(&job.params) {
            continue;
        }
        for cases in compare(&job, &machine).chunks(2) {
            println!("{}", row(*workload, cases));
            let off = cases.iter().filter(|case| case.off().abs() > CLOSE);
            far.extend(off.map(|case| format!("{} {} {}", workload.info().id, case.strategy, case.workers)));
        }
    }
    println!("{}", MARKS[1]);
    assert!(far.is_empty(), "off by more than {CLOSE}: {far:?}");
}

fn head(machine: &SimulatedMachine) -> String {
    let MachineCosts { message_us, copy_us_per_mb, memory_us_per_mb, handover_us, task_us, .. } = machine.costs;
    format!(
        "Natively, {} cores, the shortest of some samples each. A message takes {message_us:.0} µs, copying a megabyte \
         {copy_us_per_mb:.0} µs, moving one through memory {memory_us_per_mb:.1} µs, a lock handed over {handover_us:.1} µs, \
         a task through the pool {task_us:.2} µs. Memory is kept once it was had, as WebAssembly keeps it.\n\n\
         | Workload | Strategy | Measured, 1 worker | Simulated | Off by | Measured, 2 workers | Simulated | Off by |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        machine.cores
    )
}

fn row(workload: &dyn Workload, cases: &[Case]) -> String {
    let cell =
        |case: &Case| format!("{:.1} ms | {:.1} ms | {:+.0} %", case.measured(), case.simulated, case.off() * 100.0);
    let cells: Vec<_> = cases.iter().map(cell).collect();
    let name = strategy(cases[0].strategy).meta().name;
    format!("| {} | {name} | {} |", workload.info().title, cells.join(" | "))
}

/// Measures and simulates a job under all strategies, with one worker and with two.
fn compare(job: &Job, machine: &SimulatedMachine) -> Vec<Case> {
    let case = |strategy| [1, 2].map(|workers| Case { strategy, workers, measured: Shortest::NONE, simulated: 0.0 });
    let mut cases: Vec<_> = STRATEGIES.into_iter().flat_map(case).collect();
    let (blocking, memory_us_per_mb) = measure(job, &mut cases);
    let costs =
        MachineCosts { memory_us_per_mb: memory_us_per_mb.unwrap_or(machine.costs.memory_us_per_mb), ..machine.costs };
    let (replay, machine) = (replay(job, blocking), SimulatedMachine { costs, ..*machine });
    for Case { strategy: id, workers, simulated, .. } in &mut cases {
        let simulation = perform(&machine, strategy(id), &Params::of(params()), *workers, &replay);
        *simulated = simulation.expect("nothing fails").makespan_ms;
    }
    cases
}

/// Measures all cases; returns the shortest sample of `blocking`, and for work that moves many bytes the least time for
/// moving a megabyte meanwhile: other programs share the memory, so that time varies.
fn measure(job: &Job, cases: &mut [Case]) -> (Sample, Option<f64>) {
    let moves = job.workload.traffic(&job.params) > 0.0;
    let mut moving = Vec::new();
    let mut blocking = Setup::new(job.clone()).perform("blocking");
    let mut sure = Shortest::NONE;
    let began = Instant::now();
    for round in 1..=ROUNDS[1] {
        let sample = Setup::new(job.clone()).perform("blocking");
        sure.add(makespan(&sample));
        if makespan(&sample) < makespan(&blocking) {
            blocking = sample;
        }
        for Case { strategy, workers, measured, .. } in &mut *cases {
            let setup = Setup { workers: *workers, traced: false, ..Setup::new(job.clone()) };
            measured.add(makespan(&setup.perform(strategy)));
        }
        if moves {
            moving.extend(probe_memory(&Real));
        }
        let agree = sure.is_sure() && cases.iter().all(|case| case.measured.is_sure());
        if round >= ROUNDS[0] && (agree || began.elapsed() > LONGEST) {
            break;
        }
    }
    (blocking, moving.into_iter().reduce(f64::min))
}

fn makespan(sample: &Sample) -> f64 {
    sample.outcome.as_ref().expect("nobody cancels").makespan
}

/// The work of a sample of `blocking`.
fn replay(job: &Job, Sample { lanes, answers, .. }: Sample) -> Replay {
    let lane = |(spans, lost)| Lane { context: Context::Page, spans, lost, steps: Steps::default() };
    let trace = Trace { lanes: lanes.into_iter().map(lane).collect(), ..Trace::default() };
    let bytes = sizes(job, &answers).expect("the sample is complete");
    let bytes: Vec<_> = bytes.iter().map(|&[i, o]| Bytes { input: i as usize, answer: o as usize }).collect();
    let replay = Replay::of(&trace, &job.workload.phases(&job.params), 1, &bytes);
    replay.moving(job.workload.traffic(&job.params)).like(job.workload.info().nature)
}

/// The costs of this machine, natively.
fn costs() -> MachineCosts {
    let pool: Vec<_> = (0..PROBES).flat_map(|_| probe(&Real)).collect();
    let samples = |id: CostId| -> Vec<f64> {
        pool.iter().filter(|(known, _)| *known == id).flat_map(|(_, samples)| samples).copied().collect()
    };
    let least = |samples: Vec<f64>| samples.into_iter().reduce(f64::min);
    let median_of = |id| Some(samples(id)).filter(|samples| !samples.is_empty()).map(|some| median(&some));
    let (empty, megabyte) = (round_trip(0), round_trip(1 << 20));
    MachineCosts::measured(|id| match id {
        CostId::MessageEmpty => Some(empty),
        CostId::MessageCopied => Some(megabyte),
        CostId::Memory => least(samples(CostId::Memory)), // the least, as with samples: other programs make it longer
        pooled => median_of(pooled),
    })
}

/// Microseconds for an order to a process and its reply, each with `bytes` bytes: the shortest of many, as with
/// samples.
fn round_trip(bytes: usize) -> f64 {
    let process = Threaded::start(&Made::bulky(bytes, vec![vec![vec![Spin(0)]]]).job());
    let mut part = vec![0; 4];
    part.resize(4 + bytes, 0);
    let part = Arc::new(part);
    let one = |_| {
        let (mode, tasks, inputs) = (Mode::InTurn, vec![0], vec![vec![part.clone()]]);
        let order = Order {
            mode,
            phase: 0,
            tasks,
            number: 0,
            sent: 0.0,
            epoch: 0.0,
            begun: 0.0,
            traced: false,
            slack: None,
            account: Account::default(),
            inputs,
        };
        let began = Real.now();
        pollster::block_on(process.carry_out(order)).expect("the process lives");
        (Real.now() - began) * 1000.0
    };
    (0..100).map(one).fold(f64::INFINITY, f64::min)
}

fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
