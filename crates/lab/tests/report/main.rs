//! The report's shape is a contract with decks and with files on disks: this snapshot changes only with the schema.

mod schemas;
mod twice;

use lab::experiment::{ClaimedCores, Experiment, from_query};
use lab::report::{Machine, Rate, Report};
use lab::run::Series;
use serde_json::{Value, json};
use strategies::trace::{Cause, Context, Trace, TraceBuilder};
use strategies::{Failure, Isolation, Loss, Strategy};
use workloads::Summary;

const CORES: ClaimedCores = ClaimedCores(2);

fn strategy(id: &str) -> &'static dyn Strategy {
    strategies::find(id).expect("registered")
}

fn blocking(makespan: u32) -> Trace {
    let trace = TraceBuilder::new().lane(Context::Page, &[(0, makespan, 0, Cause::Compute)]);
    trace.beats(&[makespan + 400]).build()
}

fn threads(makespan: u32) -> Trace {
    let lane = |trace: TraceBuilder, index| trace.lane(Context::Thread(index), &[(0, makespan, index, Cause::Compute)]);
    (0..2).fold(TraceBuilder::new(), lane).beats(&[20_000, 40_000, 60_000, 80_000]).build()
}

fn no_process() -> Failure {
    Failure::NotStarted { process: Some(0), why: Loss::Ended }
}

fn run() -> [Series; 3] {
    let series = |id: &str, workers, startup_ms, of: fn(u32) -> Trace, makespans: &[u32]| Series {
        startup_ms,
        cold: Some(of(2 * makespans[0])),
        samples: makespans.iter().map(|makespan| of(*makespan)).collect(),
        answer: Some(Summary::new("5ac1").with("pixels", 4)),
        ..Series::new(strategy(id), workers)
    };
    [
        series("blocking", 1, 0.0, blocking, &[152_000, 152_000, 152_000]),
        series("threads", 2, 35.0, threads, &[80_000, 80_000, 80_000]),
        Series::unavailable(strategy("processes"), 2, no_process()),
    ]
}

fn report(machine: Machine) -> Report {
    report_of("strategies=blocking,threads,processes&samples=3&seed=9007199254740993", &run(), machine)
}

fn report_of(query: &str, run: &[Series], machine: Machine) -> Report {
    let (experiment, _, problems) = from_query(query, CORES);
    assert_eq!(problems, []);
    Report::of(&experiment, machine, Some("2026-11-26T21:55:00.000Z".into()), run)
}

fn machine() -> Machine {
    Machine {
        claimed_cores: 2,
        isolation: Isolation::Headers.into(),
        timer_resolution_ms: 0.02,
        engine: "Gecko 140".into(),
        calibration_ms: Some([5.0, 5.1]),
        hidden: false,
        out_of_view: false,
        on_battery: None,
        another_instance: Some(false),
    }
}

/// Texts are empty here: `words` makes them, and its tests check them.
#[test]
fn the_shape_is_the_contract() {
    let compute = |end: u32, task: u32| json!({"start": 0, "end": end, "task": task, "cause": "compute"});
    let beat = |start: u32, end: u32| json!({"start": start, "end": end, "task": 0, "cause": "message"});
    let beats = || json!([beat(0, 20_000), beat(20_000, 40_000), beat(40_000, 60_000), beat(60_000, 80_000)]);
    let summary = json!({"digest": "5ac1", "facts": [["pixels", 4]]});
    let team = |strategy: &str, workers: usize| json!({"team": {"strategy": strategy, "workers": workers}});
    let not_started = json!({"not-started": {"process": 0, "why": "ended"}});
    let steps = json!({"count": 0, "median": 0, "p99": 0, "longest": 0, "off_core_told": true});
    let at_once = |lanes: f64| json!({"value": lanes, "ci95": [lanes, lanes]});
    let start_up = json!({"form": "start-up/of", "facts": {"who": team("threads", 2), "took": {"milliseconds": 35.0}}});
    let expected = json!({
        "schema": 2,
        "made": "2026-11-26T21:55:00.000Z",
        "experiment": {
            "workload": "mandelbrot", "size": 700, "iterations": 1000, "slice": 5, "interval": 5000, "release": 0,
            "strategies": ["blocking", "threads", "processes"], "workers": 2, "samples": 3, "sweep": false,
            "seed": "9007199254740993", "trace": "on",
        },
        "machine": {
            "claimed_cores": 2, "isolation": {"shared_memory": true, "how": "", "kind": "headers"},
            "timer_resolution_ms": 0.02, "engine": "Gecko 140", "calibration_ms": [5.0, 5.1], "on_battery": null,
            "hidden": false, "out_of_view": false, "another_instance": false,
        },
        "runs": [
            {
                "strategy": "blocking", "workers": 1, "cold_ms": 304.0, "samples_ms": [152.0, 152.0, 152.0],
                "median_ms": 152.0, "ci95_ms": [152.0, 152.0], "speedup": 1.0, "speedup_ci95": null, "efficiency": 1.0,
                "utilisation": 1.0, "longest_freeze_ms": 152.0, "usual_freeze_ms": 152.0, "startup_ms": 0.0,
                "parallelism": at_once(1.0), "under_way": at_once(1.0), "off_core": 0.0, "samples_off_core": [0.0, 0.0, 0.0],
                "answer": null, "summary": summary, "typical": 0, "makespan": 152_000,
                "lanes": [{"kind": "page", "spans": [compute(152_000, 0)], "lost": 0, "steps": steps}], "heartbeat": [beat(0, 152_400)],
            },
            {
                "strategy": "threads", "workers": 2, "cold_ms": 160.0, "samples_ms": [80.0, 80.0, 80.0],
                "median_ms": 80.0, "ci95_ms": [80.0, 80.0], "speedup": 1.9, "speedup_ci95": [1.9, 1.9],
                "efficiency": 0.95, "utilisation": 1.0, "longest_freeze_ms": 20.0, "usual_freeze_ms": 20.0,
                "parallelism": at_once(2.0), "under_way": at_once(2.0), "off_core": 0.0, "samples_off_core": [0.0, 0.0, 0.0],
                "startup_ms": 35.0, "answer": null, "summary": summary, "typical": 0, "makespan": 80_000,
                "lanes": [
                    {"kind": "thread", "index": 0, "spans": [compute(80_000, 0)], "lost": 0, "steps": steps},
                    {"kind": "thread", "index": 1, "spans": [compute(80_000, 1)], "lost": 0, "steps": steps},
                ],
                "heartbeat": beats(),
            },
            {
                "strategy": "processes", "workers": 2, "refusal": not_started, "cold_ms": null, "samples_ms": [],
                "startup_ms": null, "answer": null, "typical": null, "lanes": [], "heartbeat": [],
            },
        ],
        "verdict": {
            "findings": [
                {
                    "id": "parallel-speed-up", "form": "parallel-speed-up", "kind": "finding", "strategy": "threads",
                    "facts": {
                        "who": team("threads", 2), "times": {"factor": 1.9}, "low": {"factor": 1.9},
                        "high": {"factor": 1.9}, "meanwhile": {"phrase": {"form": "meanwhile/alive"}},
                    },
                    "text": "",
                },
                {
                    "id": "page-froze", "form": "page-froze", "kind": "finding", "strategy": "blocking",
                    "facts": {"who": team("blocking", 1), "usual": {"milliseconds": 152.0}}, "text": "",
                },
                {
                    "id": "unavailable", "form": "unavailable", "kind": "finding", "strategy": "processes",
                    "facts": {"who": {"strategy": "processes"}, "why": {"failure": not_started}}, "text": "",
                },
            ],
            "caveats": [
                {
                    "id": "start-up-apart", "form": "start-up-apart", "kind": "caveat",
                    "facts": {"parts": {"list": [{"phrase": start_up}]}}, "text": "",
                },
            ],
        },
    });
    assert_eq!(serde_json::to_value(report(machine())).unwrap(), expected);
}

#[test]
fn what_was_written_can_be_read() {
    let report = report(machine());
    assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);
}

#[test]
fn a_reports_experiment_can_be_run_again() {
    let report = report(machine());
    let (again, problems) = Experiment::from_json(&Value::Object(report.experiment.clone()), CORES);
    assert_eq!((problems, again.to_json()), (vec![], report.experiment.clone()));
    assert_eq!(report.what_ran(), again);
}

#[test]
fn void_runs_keep_their_evidence_but_no_numbers() {
    let report = report(Machine { hidden: true, ..machine() });
    let hidden = &report.runs[1];
    assert_eq!((&hidden.numbers, &hidden.rate, hidden.samples_ms.len(), hidden.lanes.len()), (&None, &None, 3, 2));
    assert_eq!(hidden.typical, Some(0), "no sample is nearer the median than another: there is none");
    assert_eq!(report.runs[2].refusal, Some(no_process()));
    let found: Vec<_> = report.verdict.findings.iter().map(|finding| finding.rule.as_str()).collect();
    let doubts: Vec<_> = report.verdict.caveats.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!((found, doubts), (vec!["unavailable"], vec!["hidden-tab"]));
    assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);
}

/// What is drawn is what was recorded, whether the report was just made or comes from a file.
#[test]
fn the_sample_that_is_shown_is_told_whole() {
    let run = run();
    let report = report_of("samples=3", &run, machine());
    for (series, run) in run.iter().zip(&report.runs) {
        assert_eq!(run.trace().as_ref(), series.samples.first(), "{}", run.strategy);
    }
    assert_eq!(report.strategies(), ["blocking", "threads", "processes"]);
    assert_eq!(report.baseline().map(|run| run.strategy.as_str()), Some("blocking"));
}

/// The series of the run that are of these strategies, in this order.
fn run_of(ids: &[&str]) -> Vec<Series> {
    let of =
        |id: &&str| run().into_iter().find(|series| series.id.strategy == strategy(id)).expect("it is part of the run");
    ids.iter().map(of).collect()
}

/// The baseline is the first that ran, unless blocking did; a strategy that could not run is not compared.
#[test]
fn what_all_are_compared_with_is_what_ran() {
    let baseline = |series: &[Series], hidden| {
        let report = report_of("samples=3", series, Machine { hidden, ..machine() });
        let of = |report: &Report| report.baseline().map(|run| run.strategy.clone());
        let read = Report::from_json(&report.to_json()).expect("it was just written");
        assert_eq!(of(&read), of(&report), "a file says the same");
        of(&report)
    };
    let of = |ids: &[&str]| baseline(&run_of(ids), false);
    assert_eq!(of(&["threads", "blocking"]).as_deref(), Some("blocking"));
    assert_eq!(of(&["blocking"]).as_deref(), Some("blocking"));
    assert_eq!(of(&["threads"]), None, "nothing is compared");
    assert_eq!(of(&["processes", "threads"]), None, "one of them could not run");
    let mut others = run_of(&["processes", "threads", "blocking"]);
    others[2].id.strategy = strategy("event-loop");
    assert_eq!(baseline(&others, false).as_deref(), Some("threads"));
    assert_eq!(baseline(&others, true), None);
}

#[test]
fn without_blocking_the_better_is_told_of_and_efficiency_is_not() {
    let mut run = run_of(&["blocking", "threads", "processes"]);
    run[0].id.strategy = strategy("event-loop");
    let report = report_of("strategies=event-loop,threads,processes&samples=3", &run, machine());
    let numbers = |at: usize| report.runs[at].numbers.as_ref().expect("it ran");
    assert_eq!((numbers(0).speedup, numbers(1).speedup), (Some(1.0), Some(1.9)));
    assert_eq!((numbers(0).efficiency, numbers(1).efficiency), (None, None));
    let first = &report.verdict.findings[0];
    assert_eq!((first.form.as_str(), first.about.as_deref()), ("sooner", Some("threads")));
    let facts = serde_json::to_value(&first.facts).expect("facts are data");
    assert_eq!(facts["base"], json!({"team": {"strategy": "event-loop", "workers": 1}}));
    assert!(report.verdict.caveats.iter().all(|doubt| doubt.rule == "start-up-apart"), "{:?}", report.verdict.caveats);
}

/// A sweep over threads: blocking, then one, two and four threads, each sample `factor` times as long as it might be.
fn sweep(factor: f64) -> Vec<Series> {
    let trace = |workers: usize, ms: f64| {
        let end = (ms * factor * 1000.0) as u32;
        let lane = |trace: TraceBuilder, at| trace.lane(Context::Thread(at), &[(0, end - 40 * at, at, Cause::Compute)]);
        (0..workers as u32).fold(TraceBuilder::new(), lane).beats(&[end / 3, end / 2]).build()
    };
    let series = |id: &str, workers: usize, ms: f64| Series {
        startup_ms: if id == "threads" { 3.0 * factor } else { 0.0 },
        cold: Some(trace(workers, 2.0 * ms)),
        samples: [1.0, 1.02, 0.99, 1.01].iter().map(|noise| trace(workers, ms * noise)).collect(),
        answer: Some(Summary::new("the same")),
        ..Series::new(strategy(id), workers)
    };
    vec![
        series("blocking", 1, 800.0),
        series("threads", 1, 801.0),
        series("threads", 2, 401.0),
        series("threads", 4, 200.0),
    ]
}

#[test]
fn a_sweep_has_a_run_for_each_number_of_workers_and_a_curve() {
    let report = report_of("workload=proxy&sweep=1&workers=4&strategies=threads&samples=4", &sweep(1.0), machine());
    let numbers: Vec<_> = report.runs.iter().map(|run| (run.strategy.as_str(), run.workers)).collect();
    assert_eq!(numbers, [("blocking", 1), ("threads", 1), ("threads", 2), ("threads", 4)]);
    let speedups: Vec<_> =
        report.runs.iter().map(|run| run.numbers.as_ref().unwrap().speedup.unwrap().round()).collect();
    assert_eq!(speedups, [1.0, 1.0, 2.0, 4.0], "each its own numbers");
    assert_eq!(report.runs.iter().map(|run| run.lanes.len()).collect::<Vec<_>>(), [1, 1, 2, 4], "and its own lanes");
    let efficiencies = report.runs.iter().map(|run| run.numbers.as_ref().unwrap().efficiency.unwrap());
    assert!(efficiencies.into_iter().all(|share| (0.98..1.02).contains(&share)));
    assert_eq!(report.shown("threads").map(|run| run.workers), Some(4), "the one with the most workers");
    assert_eq!(report.strategies(), ["blocking", "threads"]);
    assert_eq!(report.scaling.len(), 1);
    assert_eq!(report.scaling[0].points.iter().map(|point| point.workers).collect::<Vec<_>>(), [1, 2, 4]);
    let written = serde_json::to_value(&report).unwrap();
    assert_eq!(written["scaling"][0]["points"][2]["speedup"]["value"], written["runs"][3]["speedup"]);
    assert_eq!(serde_json::from_value::<Report>(written).unwrap(), report);

    let void = report_of("sweep=1", &sweep(1.0), Machine { hidden: true, ..machine() });
    assert!(void.scaling.is_empty() && void.runs.iter().all(|run| run.rate.is_none() && run.numbers.is_none()));
}

#[test]
fn rates_are_told_where_work_can_be_counted() {
    let rate = |query: &str| report_of(query, &run(), machine()).runs[1].rate.clone();
    assert_eq!(rate("workload=proxy&size=160"), Some(Rate { value: 2_000.0, unit: "requests".into() }));
    assert_eq!(rate("workload=mandelbrot"), None);
    assert_eq!(report_of("workload=proxy", &run(), machine()).runs[2].rate, None, "what did not run");
}

#[test]
fn where_the_time_was_set_the_report_tells_what_got_done() {
    let mut run = run();
    for (series, done) in run.iter_mut().zip([400_000, 760_000]) {
        series.samples.iter_mut().for_each(|trace| trace.makespan = 200_000);
        series.done = vec![done; 3];
        series.activity = vec![vec![vec![1, 2], vec![3, 4]]; 3];
    }
    let report = report_of("workload=activity&samples=3", &run, machine());
    let [blocking, threads, processes] = &report.runs[..] else { panic!("three ran") };
    let numbers = threads.numbers.as_ref().unwrap();
    assert_eq!((numbers.speedup, numbers.efficiency), (None, None));
    assert_eq!(numbers.output.map(|times| times.value), Some(1.9));
    assert_eq!(numbers.done.as_ref().unwrap().samples, [760_000.0; 3]);
    assert_eq!(blocking.rate, Some(Rate { value: 2e6, unit: "rounds".into() }));
    assert_eq!(threads.activity, [[1, 2], [3, 4]]);
    assert_eq!(serde_json::to_value(processes).unwrap().get("activity"), None);
    let first = &report.verdict.findings[0];
    assert_eq!((first.rule.as_str(), first.about.as_deref()), ("more-done", Some("threads")));
    assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);
}

#[test]
fn times_are_those_of_one_time_and_say_how_often_it_was() {
    let mut run = run();
    run[..2].iter_mut().for_each(|series| series.repeats = 4);
    let report = report_of("samples=3", &run, machine());
    assert_eq!(report.runs[0].repeats, Some(4));
    let median = report.runs[0].numbers.as_ref().unwrap().median_ms;
    assert_eq!((report.runs[0].samples_ms[0], median), (38.0, 38.0));
    assert_eq!(report.runs[0].cold_ms, Some(304.0), "the first run did it once");
    assert_eq!(report.runs[0].lanes[0].spans[0].end, 152_000, "the lane shows all of them");
    assert_eq!(report.runs[2].repeats, None);
}

#[test]
fn a_lock_that_is_let_go_may_gain_but_is_not_called_parallel() {
    let first = |query: &str| {
        let mut run = run();
        run[1].id.strategy = strategy("gil");
        let report = report_of(&format!("strategies=blocking,gil&{query}"), &run[..2], machine());
        (report.verdict.findings[0].form.clone(), report.verdict.caveats[0].form.clone())
    };
    assert_eq!(first("release=100"), ("lock-released".into(), "start-up-apart".into()));
    assert_eq!(first(""), ("page-froze".into(), "not-parallelism".into()), "nothing here explains it");
}

/// On a clock so coarse that it did not move meanwhile.
#[test]
fn samples_of_no_time_make_a_report_that_can_be_read() {
    let mut run: Vec<_> = sweep(1.0).into_iter().take(2).collect();
    for series in &mut run {
        series
            .cold
            .iter_mut()
            .chain(&mut series.samples)
            .for_each(|trace| *trace = Trace { makespan: 0, ..trace.clone() });
    }
    let machine = Machine { timer_resolution_ms: 60.0, calibration_ms: Some([0.0, 60.0]), ..machine() };
    let report = report_of("workload=proxy&samples=4&strategies=blocking,threads", &run, machine);
    assert_eq!(Report::from_json(&report.to_json()), Ok(report));
}
