//! The pipeline of a run, on its own seam: an executor of mock runners that write down what is asked of them.
//!
//! Every sample's trace has a makespan that is its number in the run, so it can be told where each one went, unless the
//! test says how long the work takes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use lab::experiment::{ClaimedCores, Experiment};
use lab::measure::typical;
use lab::run::{Executor, RunId, Runner, Sample, SampleKind, Series, run};
use strategies::trace::{Cause, Context, Lane, Span, Trace};
use strategies::{Failure, Isolation, Loss, Pending, Unavailable, WrongAnswer};
use workloads::Summary;

/// What each strategy's samples answer, the cold one first; the last goes on for ever.
type Answers = HashMap<&'static str, Vec<Result<&'static str, Failure>>>;

#[derive(Default)]
struct Mock {
    /// Everything that happened, in order.
    diary: Rc<RefCell<Vec<String>>>,
    /// How many samples the series had that came with each progress.
    seen: RefCell<Vec<usize>>,
    /// Who cannot run, and why.
    unavailable: HashMap<&'static str, Failure>,
    /// Who does not just answer "right".
    answers: Answers,
    /// The smallest step of the clock, in milliseconds.
    resolution: f64,
    /// How long the work takes once, in microseconds, if that matters.
    work: HashMap<&'static str, u32>,
    /// From this many runners on, the executor is full, or the visitor cancels.
    full: Option<(usize, Failure)>,
    /// How many spans each sample has.
    spans: usize,
    /// What tasks got done in each sample, in order; the last goes on for ever.
    activity: Vec<Vec<Vec<u32>>>,
}

struct MockRunner {
    name: String,
    startup: f64,
    work: Option<u32>,
    spans: usize,
    diary: Rc<RefCell<Vec<String>>>,
    answers: std::vec::IntoIter<Result<&'static str, Failure>>,
    activity: Vec<Vec<Vec<u32>>>,
}

impl Executor for Mock {
    fn runner(&self, RunId { strategy, workers }: RunId) -> Pending<'_, Result<Box<dyn Runner>, Failure>> {
        Box::pin(async move {
            let id = strategy.meta().id;
            if let Some(reason) = self.unavailable.get(id) {
                return Err(reason.clone());
            }
            let taken = self.diary.borrow().iter().filter(|entry| entry.ends_with("starts")).count();
            if let Some((_, failure)) = self.full.as_ref().filter(|(from, _)| taken >= *from) {
                return Err(failure.clone());
            }
            // in a race the number of workers is the same for all
            let name = if self.work.contains_key("sweep") { format!("{id} {workers}") } else { id.into() };
            self.diary.borrow_mut().push(format!("{name} starts"));
            Ok(Box::new(MockRunner {
                name,
                // a runner taken later starts more slowly, so that it can be told whose time is kept
                startup: id.len() as f64 + taken as f64,
                work: self.work.get(id).copied(),
                spans: self.spans,
                diary: self.diary.clone(),
                answers: self.answers.get(id).cloned().unwrap_or_default().into_iter(),
                activity: self.activity.clone(),
            }) as Box<dyn Runner>)
        })
    }

    fn timer_resolution(&self) -> f64 {
        self.resolution
    }

    fn progress(&self, done: usize, total: usize, series: &[&Series]) {
        self.diary.borrow_mut().push(format!("{done}/{total}"));
        self.seen.borrow_mut().push(series.iter().map(|one| one.samples.len() + usize::from(one.cold.is_some())).sum());
    }
}

impl Runner for MockRunner {
    fn startup(&self) -> f64 {
        self.startup
    }

    fn sample(&mut self, kind: SampleKind) -> Pending<'_, Result<Sample, Failure>> {
        Box::pin(async move {
            let before = self.diary.borrow().iter().filter(|entry| entry.contains("sample")).count();
            let sample = match kind {
                SampleKind::Cold => "cold sample".into(),
                SampleKind::Timed(1) => "sample".into(),
                SampleKind::Timed(repeats) => format!("sample x {repeats}"),
            };
            self.diary.borrow_mut().push(format!("{} {sample}", self.name));
            let answer = self.answers.next().unwrap_or(Ok("right"))?;
            let startup = if kind == SampleKind::Cold { (self.startup * 1000.0) as u32 } else { 0 };
            let makespan = self.work.map_or(before as u32 + 1, |once| startup + once * kind.repeats() as u32);
            let last = self.activity.len().saturating_sub(1);
            let activity = self.activity.get(before.min(last)).cloned().unwrap_or_default();
            let span = Span { start: 0, end: 1, task: 0, cause: Cause::Compute };
            let lane = Lane { context: Context::Page, spans: vec![span; self.spans], lost: 0 };
            let trace = Trace { makespan, lanes: vec![lane], ..Trace::default() };
            Ok(Sample { trace, answer: Summary::new(answer), activity, sizes: Vec::new() })
        })
    }
}

impl Drop for MockRunner {
    fn drop(&mut self) {
        self.diary.borrow_mut().push(format!("{} leaves", self.name));
    }
}

/// Two timed samples of each of these strategies, with three workers.
fn experiment(strategies: &[&'static str]) -> Experiment {
    let strategies = strategies.iter().map(|id| strategies::find(id).expect("registered")).collect();
    Experiment { samples: 2, strategies, ..Experiment::default_for(ClaimedCores(3)) }
}

fn outcome(strategies: &[&'static str], executor: &Mock) -> Result<Vec<Series>, Failure> {
    pollster::block_on(run(&experiment(strategies), executor))
}

/// A sweep over these strategies, up to so many workers.
fn sweep(strategies: &[&'static str], workers: usize, executor: &Mock) -> Result<Vec<Series>, Failure> {
    pollster::block_on(run(&Experiment { sweep: true, workers, ..experiment(strategies) }, executor))
}

/// An executor in which the number of workers is part of every name, and all work takes 4 ms.
fn sweeping() -> Mock {
    let work = [("sweep", 0), ("blocking", 4_000), ("event-loop", 4_000), ("threads", 4_000), ("processes", 4_000)];
    Mock { work: work.into(), ..Mock::default() }
}

fn id(series: &Series) -> &'static str {
    series.id.strategy.meta().id
}

/// Why a strategy cannot run here.
fn no_shared_memory() -> Failure {
    Failure::Unavailable(Unavailable::NoSharedMemory { isolation: Isolation::Missing, instead: None })
}

/// That a strategy answered wrong.
fn wrong(strategy: &str) -> Failure {
    Failure::WrongAnswer(Box::new(WrongAnswer {
        workload: "mandelbrot".into(),
        strategy: strategy.into(),
        expected: Summary::new("right"),
        found: Summary::new("wrong"),
    }))
}

fn names(series: &[Series]) -> Vec<(&str, usize)> {
    series.iter().map(|one| (id(one), one.id.workers)).collect()
}

impl Mock {
    /// What happened, without what matches.
    fn diary_without(&self, mark: &str) -> Vec<String> {
        self.diary.borrow().iter().filter(|entry| !entry.contains(mark)).cloned().collect()
    }
}

fn makespans(traces: &[Trace]) -> Vec<u32> {
    traces.iter().map(|trace| trace.makespan).collect()
}

const THREE: [&str; 3] = ["blocking", "threads", "processes"];

#[test]
fn samples_interleave_after_a_cold_one_of_each() {
    let executor = Mock::default();
    outcome(&THREE, &executor).expect("nothing fails");
    let expected = ["blocking starts", "threads starts", "processes starts"].map(String::from).into_iter();
    let cold = THREE.map(|id| format!("{id} cold sample"));
    let timed = THREE.map(|id| format!("{id} sample"));
    let leave = THREE.map(|id| format!("{id} leaves"));
    let expected: Vec<_> = expected.chain(cold).chain(timed.clone()).chain(timed).chain(leave).collect();
    assert_eq!(executor.diary_without("/"), expected);
}

#[test]
fn progress_is_told_before_the_first_and_after_each_sample() {
    let executor = Mock::default();
    outcome(&["threads", "blocking"], &executor).expect("nothing fails");
    let told: Vec<_> = executor.diary.borrow().iter().filter(|entry| entry.contains('/')).cloned().collect();
    assert_eq!(told, ["0/6", "1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
    assert_eq!(*executor.seen.borrow(), [0, 1, 2, 3, 4, 5, 6], "each comes with what there is");
    let diary = executor.diary_without("starts");
    assert_eq!(diary[..4], ["0/6", "threads cold sample", "1/6", "blocking cold sample"]);
}

#[test]
fn each_series_keeps_its_cold_sample_apart() {
    let series = outcome(&THREE, &Mock::default()).expect("nothing fails");
    for (at, one) in series.iter().enumerate() {
        let at = at as u32;
        assert_eq!(id(one), THREE[at as usize]);
        assert_eq!(one.cold.as_ref().map(|trace| trace.makespan), Some(1 + at));
        assert_eq!(makespans(&one.samples), [4 + at, 7 + at], "in order, without the cold one");
        assert_eq!(one.answer, Some(Summary::new("right")));
        assert_eq!(one.startup_ms, f64::from(at) + id(one).len() as f64);
        assert_eq!(one.unavailable, None);
    }
    assert_eq!(series.iter().map(|one| one.id.workers).collect::<Vec<_>>(), [1, 3, 3]);
}

#[test]
fn who_is_unavailable_says_why_and_the_others_run() {
    let executor = Mock { unavailable: [("threads", no_shared_memory())].into(), ..Mock::default() };
    let series = outcome(&THREE, &executor).expect("nothing fails");
    let threads = strategies::find("threads").expect("registered");
    assert_eq!(series[1], Series::unavailable(threads, 3, no_shared_memory()));
    assert_eq!([&series[0], &series[2]].map(|one| makespans(&one.samples)), [[3, 5], [4, 6]]);
    assert_eq!(executor.diary_without(" ").last().map(String::as_str), Some("6/6"), "nobody waits for it");
}

#[test]
fn a_run_in_which_nobody_can_run_ends() {
    let executor = Mock { unavailable: THREE.map(|id| (id, no_shared_memory())).into(), ..Mock::default() };
    let series = outcome(&THREE, &executor).expect("unavailable is no failure");
    assert!(series.iter().all(|one| one.unavailable.is_some() && one.samples.is_empty() && one.cold.is_none()));
    assert_eq!(*executor.diary.borrow(), ["0/0"]);
}

#[test]
fn the_first_failure_ends_the_run_and_everybody_leaves() {
    let lost = Failure::Lost(Loss::Ended);
    let answers = [("threads", vec![Ok("right"), Err(lost.clone())])].into();
    let executor = Mock { answers, ..Mock::default() };
    assert_eq!(outcome(&THREE, &executor), Err(lost));
    let diary = executor.diary.borrow();
    let end = ["threads sample", "blocking leaves", "threads leaves", "processes leaves"];
    assert!(diary.ends_with(&end.map(String::from)), "{diary:?}");
}

#[test]
fn a_wrong_answer_voids_the_run_and_names_who_gave_it() {
    for id in ["threads", "processes"] {
        // in the cold sample, and in one that a right one went before
        for (answers, samples) in [(vec![Ok("wrong")], 3), (vec![Ok("right"), Ok("right"), Ok("wrong")], 9)] {
            let executor = Mock { answers: [(id, answers)].into(), ..Mock::default() };
            assert_eq!(outcome(&THREE, &executor), Err(wrong(id)));
            let taken = executor.diary.borrow().iter().filter(|entry| entry.contains("sample")).count();
            assert_eq!(taken, samples - usize::from(id == "threads"), "{id}: the run went on");
            assert!(executor.diary.borrow().ends_with(&["processes leaves".to_owned()]));
        }
    }
    let executor = Mock { answers: [("threads", vec![Ok("wrong")])].into(), ..Mock::default() };
    assert_eq!(outcome(&["threads", "blocking"], &executor), Err(wrong("threads")), "blocking is right by definition");
    let executor = Mock { answers: [("blocking", vec![Ok("right"), Ok("wrong")])].into(), ..Mock::default() };
    assert_eq!(outcome(&THREE, &executor), Err(wrong("blocking")), "also when it contradicts itself");
}

#[test]
fn what_runs_on_the_page_has_one_worker() {
    let strategies = ["blocking", "event-loop", "threads", "gil", "actors", "offload", "offload-processes"];
    let series = outcome(&strategies, &Mock::default()).expect("nothing fails");
    let workers = [1, 1, 3, 3, 3, 3, 3];
    assert_eq!(names(&series), strategies.into_iter().zip(workers).collect::<Vec<_>>());
}

#[test]
fn a_coarse_clock_makes_every_sample_do_its_work_as_often() {
    // step in ms, work in us of blocking and of threads; how often it is done
    let cases = [
        (0.005, 4_000, 2_000, 1),
        (0.1, 4_000, 2_000, 5),
        (1.0, 4_000, 2_000, 50),
        (1.0, 40_000, 2_000, 25), // a second is long enough for anybody
        (1.0, 8_000_000, 44_000, 1),
        (16.0, 1_000, 1_000, 100), // and a hundred times often enough
        (1.0, 150_000, 100_000, 1),
    ];
    for (resolution, blocking, threads, repeats) in cases {
        let work = [("blocking", blocking), ("threads", threads)].into();
        let executor = Mock { resolution, work, ..Mock::default() };
        let series = outcome(&["blocking", "threads"], &executor).expect("nothing fails");
        for (one, work) in series.iter().zip([blocking, threads]) {
            assert_eq!((one.repeats, one.samples.len()), (repeats, 2), "{resolution} ms, {}", id(one));
            assert_eq!(one.samples[0].makespan, work * repeats as u32, "the trace is that of the whole sample");
            assert_eq!(one.samples_ms(), [f64::from(work) / 1000.0; 2], "and the time that of one time");
            assert_eq!(one.cold.as_ref().unwrap().makespan, work + (one.startup_ms * 1000.0) as u32, "once");
        }
    }
}

#[test]
fn what_got_done_is_summed_up_for_each_timed_sample() {
    let activity = vec![vec![vec![9, 9]], vec![vec![1, 2], vec![3]], vec![vec![u32::MAX, 1], vec![5]]];
    let executor = Mock { activity, ..Mock::default() };
    let series = outcome(&["blocking"], &executor).expect("nothing fails");
    assert_eq!(series[0].done, [6, u64::from(u32::MAX) + 6], "not the cold one");
    let expected = [vec![vec![1, 2], vec![3]], vec![vec![u32::MAX, 1], vec![5]]];
    assert_eq!(series[0].activity, expected, "each timed sample's");
    assert!(outcome(&["blocking"], &Mock::default()).expect("nothing fails")[0].done.is_empty());
}

#[test]
fn a_sweep_tries_every_number_up_to_sixteen_and_then_ever_fewer() {
    let beyond: [(usize, &[usize]); 7] =
        [(1, &[]), (2, &[]), (11, &[]), (16, &[]), (17, &[17]), (24, &[24]), (100, &[24, 32, 48, 64, 96, 100])];
    for (most, beyond) in beyond {
        let steps: Vec<_> = (1..=most.min(16)).chain(beyond.iter().copied()).collect();
        let series = sweep(&["threads"], most, &sweeping()).expect("nothing fails");
        let expected = [("blocking", 1)].into_iter().chain(steps.iter().map(|workers| ("threads", *workers)));
        assert_eq!(names(&series), expected.collect::<Vec<_>>(), "the baseline is there, asked for or not");
        assert!(series.iter().all(|one| one.samples.len() == 2 && one.cold.is_some()), "{most}");
    }
    let series = sweep(&["event-loop", "threads", "blocking"], 2, &sweeping()).expect("nothing fails");
    assert_eq!(names(&series), [("event-loop", 1), ("threads", 1), ("threads", 2), ("blocking", 1)]);
}

#[test]
fn a_sweep_goes_round_all_of_them_and_warms_each_runner_up() {
    let executor = sweeping();
    sweep(&["threads"], 2, &executor).expect("nothing fails");
    let round = ["blocking 1", "threads 1", "threads 2"]
        .map(|name| ["starts", "cold sample", "sample", "leaves"].map(|what| format!("{name} {what}")));
    let expected: Vec<_> = round.concat().into_iter().cycle().take(24).collect();
    assert_eq!(
        executor.diary_without("/"),
        expected,
        "the baseline runs in each round, and nobody is there beside another"
    );
    let told: Vec<_> = executor.diary.borrow().iter().filter(|entry| entry.contains('/')).cloned().collect();
    assert_eq!(told, ["0/6", "1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
}

#[test]
fn in_a_sweep_a_sample_is_as_long_in_every_round() {
    let executor = Mock { resolution: 0.1, ..sweeping() };
    let series = sweep(&["threads"], 2, &executor).expect("nothing fails");
    for one in &series {
        assert_eq!(one.repeats, 3);
        assert_eq!(makespans(&one.samples), [12_000, 12_000], "whatever the second runner took to start");
        assert_eq!(one.samples_ms(), [4.0, 4.0]);
    }
    assert_eq!(series[2].startup_ms, 9.0, "that of the cold sample that is kept");
    assert_eq!(series[2].cold.as_ref().unwrap().makespan, 13_000);
}

#[test]
fn no_run_holds_more_spans_than_a_page_has_room_for() {
    let executor = Mock { spans: 1_000_000, ..Mock::default() };
    let series = pollster::block_on(run(&Experiment { samples: 7, ..experiment(&["blocking"]) }, &executor))
        .expect("nothing fails");
    let lanes = series[0].samples.iter().map(|trace| (trace.lanes[0].spans.len(), trace.lanes[0].lost));
    let [kept, lost] = [(1_000_000, 0), (0, 1_000_000)];
    assert_eq!(lanes.collect::<Vec<_>>(), [kept, kept, kept, lost, lost, lost, lost], "beside the cold one");
    assert_eq!(series[0].samples_ms().len(), 7, "times are kept");
    assert_eq!(typical(&series[0]), Some(2), "the one nearest the median is not known");
}

#[test]
fn in_a_sweep_who_is_unavailable_is_asked_once() {
    let executor = Mock { unavailable: [("threads", no_shared_memory())].into(), ..sweeping() };
    let series = sweep(&["threads", "processes"], 2, &executor).expect("nothing fails");
    let reasons: Vec<_> = series.iter().map(|one| one.unavailable.clone()).collect();
    assert_eq!(reasons, [None, Some(no_shared_memory()), Some(no_shared_memory()), None, None]);
    assert!(series.iter().all(|one| one.samples.len() == if one.unavailable.is_some() { 0 } else { 2 }));
    assert_eq!(executor.diary_without(" ").last().map(String::as_str), Some("10/10"), "it ends like any other");
}

#[test]
fn in_a_sweep_a_runner_that_cannot_be_had_again_ends_its_own_series_only_and_takes_nothing_back() {
    let full = Some((4, Failure::NotStarted { process: Some(0), why: Loss::Ended }));
    let executor = Mock { full, ..sweeping() };
    let series = sweep(&["threads"], 2, &executor).expect("that is no failure of the run");
    assert_eq!(series.iter().map(|one| one.samples.len()).collect::<Vec<_>>(), [2, 1, 1]);
    assert!(series.iter().all(|one| one.unavailable.is_none()), "what was measured still holds");
}

#[test]
fn cancelling_ends_a_sweep_at_once() {
    for runners in 0..6 {
        let executor = Mock { full: Some((runners, Failure::Cancelled)), ..sweeping() };
        assert_eq!(sweep(&["threads"], 2, &executor), Err(Failure::Cancelled));
        let diary = executor.diary_without("/");
        assert_eq!(diary.len(), 4 * runners, "nobody starts any more: {diary:?}");
        assert!(diary.last().is_none_or(|last| last.ends_with("leaves")));
    }
    let executor = Mock { answers: [("threads", vec![Ok("right"), Err(Failure::Cancelled)])].into(), ..sweeping() };
    assert_eq!(sweep(&["threads"], 2, &executor), Err(Failure::Cancelled), "in the midst of a sample");
    assert_eq!(executor.diary_without("/").last().map(String::as_str), Some("threads 1 leaves"));
}

#[test]
fn a_wrong_answer_voids_a_sweep() {
    let executor = Mock { answers: [("processes", vec![Ok("wrong")])].into(), ..sweeping() };
    assert_eq!(sweep(&["processes"], 2, &executor), Err(wrong("processes")));
}
