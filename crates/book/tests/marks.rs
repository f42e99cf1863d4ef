//! Every question of every chapter, on simulated machines: the answer that the run marks right follows from the
//! machine.
//!
//! The machines have exactly 1, 2, 8 and 64 cores; the strategies are the real ones, simulated. The expected answers
//! are in `testkit`'s table, question by question.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicU32;

use book::Book;
use lab::experiment::{ClaimedCores, Experiment, from_query};
use lab::report::{Machine, Report};
use lab::run::{Series, numbers_of_workers};
use predict::{Guess, Mark, Marked, Question, Why, mark};
use simulate::{SimulatedMachine, SimulatedSample};
use strategies::trace::{Cause, Span, Trace};
use strategies::{Failure, Isolation, Job, Strategy, unavailable};
use testkit::questions::{CORES, Expected, expected, guesses, judge};
use testkit::with_files;

static NEVER: AtomicU32 = AtomicU32::new(0);

/// The report of this experiment on a machine with this number of cores. Samples vary by `noise`, a share of their
/// times.
fn report(query: &str, cores: usize, noise: f64, isolation: Isolation) -> Report {
    let (experiment, _, problems) = from_query(query, ClaimedCores(cores));
    assert_eq!(problems, [], "{query}");
    let blocking = strategies::find(lab::experiment::BASELINE).expect("it is there");
    let missing = experiment.sweep && !experiment.strategies.iter().any(|one| one.meta().id == blocking.meta().id);
    let strategies = missing.then_some(blocking).into_iter().chain(experiment.strategies.iter().copied());
    let runs = strategies.flat_map(|strategy| {
        let numbers = numbers_of_workers(&experiment).into_iter().map(|workers| strategy.meta().workers(workers));
        numbers.collect::<BTreeSet<_>>().into_iter().map(move |workers| (strategy, workers))
    });
    let series: Vec<_> =
        runs.map(|(strategy, workers)| series(strategy, workers, &experiment, cores, noise, isolation)).collect();
    let machine = Machine {
        claimed_cores: cores,
        isolation: isolation.into(),
        timer_resolution_ms: 0.005,
        engine: "Made 1".into(),
        calibration_ms: Some([10.0, 10.1]),
        on_battery: None,
        hidden: false,
        out_of_view: false,
        another_instance: Some(false),
    };
    Report::of(&experiment, machine, None, &series)
}

fn series(
    strategy: &'static dyn Strategy,
    workers: usize,
    experiment: &Experiment,
    cores: usize,
    noise: f64,
    isolation: Isolation,
) -> Series {
    let meta = strategy.meta();
    if let Some(why) = unavailable(strategy, experiment.workload, &experiment.params, isolation) {
        return Series::unavailable(strategy, workers, Failure::Unavailable(why));
    }
    let (workload, params, seed) = (experiment.workload, experiment.params.clone(), experiment.seed);
    let job = with_files(Job { workload, params, seed, files: Vec::new() });
    let sample =
        SimulatedSample { strategy, job: &job, strategy_params: &experiment.strategy_params, workers, cancel: &NEVER };
    let simulated = sample.on(&SimulatedMachine::new(cores)).unwrap_or_else(|why| panic!("{}: {why:?}", meta.id));
    let counted = workload.info().nature == workloads::Nature::Deadline;
    let trace = Trace { heartbeat: pulse(meta.id, simulated.trace.makespan), ..simulated.trace };
    let computed: u32 = trace
        .lanes
        .iter()
        .flat_map(|lane| &lane.spans)
        .filter(|span| span.cause == Cause::Compute)
        .map(Span::length)
        .sum();
    // seven samples, or fewer where the text asks for fewer, spread evenly within the noise
    let factor = |at: usize| 1.0 + noise * ((at * 5 % experiment.samples) as f64 / experiment.samples as f64 - 0.5);
    let samples = (0..experiment.samples).map(|at| slower(&trace, if counted { 1.0 } else { factor(at) })).collect();
    let done = (0..experiment.samples).map(|at| (f64::from(computed) * factor(at)) as u64);
    let done = if counted { done.collect() } else { Vec::new() };
    let activity = done.iter().map(|done| vec![vec![*done as u32]]).collect();
    Series {
        samples,
        cold: Some(trace),
        done,
        activity,
        answer: Some(simulated.answer),
        ..Series::new(strategy, workers)
    }
}

/// The heartbeat: blocking holds the page for the whole run, everything else lets it beat every 8 ms.
fn pulse(strategy: &str, makespan: u32) -> Vec<Span> {
    let every = if strategy == "blocking" { makespan.max(1) } else { 8_000 };
    (0..makespan.div_ceil(every))
        .map(|at| Span::new(Cause::Message, 0, at * every, ((at + 1) * every).min(makespan)))
        .collect()
}

/// The same trace with all times multiplied by `factor`.
fn slower(trace: &Trace, factor: f64) -> Trace {
    let time = |time: u32| (f64::from(time) * factor).round() as u32;
    let mut slower = trace.clone();
    slower.makespan = time(slower.makespan);
    let spans = slower.lanes.iter_mut().flat_map(|lane| &mut lane.spans).chain(&mut slower.heartbeat);
    spans.for_each(|span| (span.start, span.end) = (time(span.start), time(span.end)));
    slower.tasks.iter_mut().for_each(|task| (task.arrived, task.done) = (task.arrived.map(time), time(task.done)));
    slower
}

/// Asserts that a report marks a question, that something is marked right, and that nothing is that must not be.
fn check(question: &Question, report: &Report, expected: Expected, what: &str) {
    let judged = judge(question, report, expected, 1.0);
    assert!(!judged.contradicts, "{what}: something is marked right that is none of {expected:?}");
    if expected == Expected::Anything {
        return;
    }
    let first = || mark(question, &guesses(question, report)[0], report);
    assert!(judged.right > 0, "{what}: {:?} instead of {expected:?}", first());
    assert!(judged.right < judged.guesses, "{what}: everything is right");
}

fn each_question(mut tell: impl FnMut(&str, usize, &str, &Question)) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let book = Book::read(&root).expect("nothing is wrong with the chapters");
    for chapter in &book.chapters {
        let asked = chapter.parts.iter().filter_map(|part| Some((&part.query, part.question.as_ref()?)));
        asked.enumerate().for_each(|(at, (query, question))| tell(&chapter.name, at, query, question));
    }
}

#[test]
fn each_question_is_marked_as_the_machine_has_it() {
    each_question(|chapter, at, query, question| {
        for cores in CORES {
            let expected = expected(chapter, at, cores);
            let report = report(query, cores, 0.01, Isolation::Headers);
            check(question, &report, expected, &format!("{chapter}, question {at}, {cores} cores"));
        }
    });
}

#[test]
fn without_isolation_there_is_a_reason_or_a_mark() {
    each_question(|chapter, at, query, question| {
        let report = report(query, 2, 0.01, Isolation::Missing);
        let what = format!("{chapter}, question {at}, no isolation");
        let needs = |id: &&str| strategies::find(id).is_some_and(|strategy| strategy.meta().needs_isolation());
        let Some(strategy) = question.strategies().into_iter().find(needs) else {
            return check(question, &report, expected(chapter, at, 2), &what);
        };
        let why = Mark::Not(Why::Unavailable(strategy.to_owned()));
        for guess in guesses(question, &report) {
            assert_eq!(mark(question, &guess, &report).mark, why, "{what}");
        }
    });
}

#[test]
fn samples_that_vary_wildly_decide_nothing() {
    each_question(|chapter, at, query, question| {
        let report = report(query, 2, 1.5, Isolation::Headers);
        for guess in guesses(question, &report) {
            let Marked { mark, .. } = mark(question, &guess, &report);
            // a word may still be certain, where the difference exceeds the noise
            if let (Mark::Right, Expected::Word(word)) = (&mark, expected(chapter, at, 2)) {
                assert_eq!(guess, Guess::Word(word.into()), "{chapter}, question {at}");
            }
        }
    });
}

#[test]
fn a_hidden_tab_marks_nothing() {
    each_question(|chapter, at, query, question| {
        let mut report = report(query, 2, 0.01, Isolation::Headers);
        report.machine.hidden = true;
        let guess = guesses(question, &report).swap_remove(0);
        assert_eq!(mark(question, &guess, &report).mark, Mark::Not(Why::Void), "{chapter}, question {at}");
    });
}

/// A machine that claims eight cores and has one free: a guess is about the machine, and another program has its cores.
#[test]
fn cores_that_something_else_has_are_no_answer() {
    let mut asked = 0;
    each_question(|chapter, at, query, question| {
        if (chapter, at) != ("start", 0) {
            return;
        }
        let mut report = report(query, 1, 0.01, Isolation::Headers);
        report.machine.claimed_cores = 8;
        let guess = guesses(question, &report).swap_remove(0);
        assert_eq!(mark(question, &guess, &report).mark, Mark::Not(Why::Deprived("threads".into())));
        asked += 1;
    });
    assert_eq!(asked, 1);
}
