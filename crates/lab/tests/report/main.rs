//! The report's shape is a contract with decks and with files on disks: this snapshot changes only with the schema.

use std::collections::BTreeSet;

use lab::experiment::{Catalogue, Experiment};
use lab::measure::Results;
use lab::report::{Isolation, Rate, Report};
use strategies::trace::{Cause, Context, Series, Trace, TraceBuilder};
use lab::verdict::Conditions;
use serde_json::{Value, json};

fn catalogue() -> Catalogue {
    let strategies = vec!["blocking", "threads", "processes"];
    Catalogue { opening: strategies.clone(), strategies, settings: &[], claimed_cores: 2 }
}

fn blocking(makespan: u32) -> Trace {
    let trace = TraceBuilder::new().lane(Context::Page, &[(0, makespan, 0, Cause::Compute)]);
    trace.beats(&[makespan + 400]).build()
}

fn threads(makespan: u32) -> Trace {
    let lane = |trace: TraceBuilder, index| trace.lane(Context::Thread(index), &[(0, makespan, index, Cause::Compute)]);
    (0..2).fold(TraceBuilder::new(), lane).beats(&[20_000, 40_000, 60_000, 80_000]).build()
}

fn run() -> [Series; 3] {
    let series = |strategy: &str, workers, startup_ms, of: fn(u32) -> Trace, makespans: &[u32]| Series {
        strategy: strategy.into(),
        workers,
        parallel: strategy == "threads",
        startup_ms,
        cold: Some(of(2 * makespans[0])),
        samples: makespans.iter().map(|makespan| of(*makespan)).collect(),
        answer: Some("the same".into()),
        ..Series::default()
    };
    [
        series("blocking", 1, 0.0, blocking, &[152_000, 152_000, 152_000]),
        series("threads", 2, 35.0, threads, &[80_000, 80_000, 80_000]),
        Series::unavailable("processes", 2, "no worker could be started"),
    ]
}

fn report(conditions: &Conditions) -> Report {
    report_of("samples=3&seed=9007199254740993&chapter=race", &run(), conditions)
}

fn report_of(query: &str, run: &[Series], conditions: &Conditions) -> Report {
    let (experiment, problems) = Experiment::from_query(query, &catalogue());
    assert_eq!(problems, []);
    let isolation = Isolation { shared_memory: true, how: "headers".into() };
    Report::assemble(&experiment, conditions, isolation, "Gecko 140", run, &Results::of(run))
}

fn conditions() -> Conditions {
    Conditions {
        claimed_cores: 2,
        timer_resolution_ms: 0.02,
        calibration_ms: Some([5.0, 5.1]),
        hidden: false,
        on_battery: None,
    }
}

#[test]
fn the_shape_is_the_contract() {
    let compute = |end: u32, task: u32| json!({"start": 0, "end": end, "task": task, "cause": "compute"});
    let beat = |start: u32, end: u32| json!({"start": start, "end": end, "task": 0, "cause": "message"});
    let beats = || json!([beat(0, 20_000), beat(20_000, 40_000), beat(40_000, 60_000), beat(60_000, 80_000)]);
    let finding = |id, strategy, text| json!({"id": id, "kind": "finding", "strategy": strategy, "text": text});
    let sooner = "Two threads finished 1.9 times sooner (1.9 to 1.9) and the page never stopped.";
    let apart = "Not counted in the times: starting two threads (35 ms).";
    let expected = json!({
        "schema": 1,
        "experiment": {
            "workload": "mandelbrot", "size": 700, "iterations": 1000, "strategies": ["blocking", "threads", "processes"],
            "workers": 2, "samples": 3, "sweep": false, "seed": "9007199254740993", "autorun": false, "theme": "auto", "view": "full",
            "chapter": "race", "trace": "on",
        },
        "machine": {
            "claimed_cores": 2, "isolation": {"shared_memory": true, "how": "headers"}, "timer_resolution_ms": 0.02,
            "engine": "Gecko 140", "calibration_ms": [5.0, 5.1],
        },
        "runs": [
            {
                "strategy": "blocking", "workers": 1, "cold_ms": 304.0, "samples_ms": [152.0, 152.0, 152.0],
                "median_ms": 152.0, "ci95_ms": [152.0, 152.0], "speedup": 1.0, "speedup_ci95": null, "efficiency": 1.0,
                "utilisation": 1.0, "longest_freeze_ms": 152.0, "startup_ms": 0.0, "answer": "the same", "typical": 0,
                "lanes": [{"kind": "page", "spans": [compute(152_000, 0)], "lost": 0}], "heartbeat": [beat(0, 152_400)],
            },
            {
                "strategy": "threads", "workers": 2, "cold_ms": 160.0, "samples_ms": [80.0, 80.0, 80.0],
                "median_ms": 80.0, "ci95_ms": [80.0, 80.0], "speedup": 1.9, "speedup_ci95": [1.9, 1.9],
                "efficiency": 0.95, "utilisation": 1.0, "longest_freeze_ms": 20.0, "startup_ms": 35.0, "answer": "the same", "typical": 0,
                "lanes": [
                    {"kind": "thread", "index": 0, "spans": [compute(80_000, 0)], "lost": 0},
                    {"kind": "thread", "index": 1, "spans": [compute(80_000, 1)], "lost": 0},
                ],
                "heartbeat": beats(),
            },
            {
                "strategy": "processes", "workers": 2, "unavailable": "no worker could be started", "cold_ms": null,
                "samples_ms": [], "median_ms": null, "ci95_ms": null, "speedup": null, "speedup_ci95": null,
                "utilisation": null, "longest_freeze_ms": null, "startup_ms": null, "answer": null, "typical": null,
                "lanes": [], "heartbeat": [],
            },
        ],
        "verdict": {
            "findings": [
                finding("parallel-speed-up", "threads", sooner),
                finding("page-froze", "blocking", "While blocking ran, the page froze for 152 ms."),
                finding("unavailable", "processes", "Processes are unavailable: no worker could be started."),
            ],
            "caveats": [
                {"id": "start-up-apart", "kind": "caveat", "text": apart},
            ],
        },
    });
    assert_eq!(serde_json::to_value(report(&conditions())).unwrap(), expected);
}

#[test]
fn what_was_written_can_be_read() {
    let report = report(&conditions());
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
}

#[test]
fn a_reports_experiment_can_be_run_again() {
    let report = report(&conditions());
    let (again, problems) = Experiment::from_json(&Value::Object(report.experiment.clone()), &catalogue());
    assert_eq!((problems, again.to_json()), (vec![], report.experiment));
}

#[test]
fn void_runs_keep_their_evidence_but_no_numbers() {
    let report = report(&Conditions { hidden: true, ..conditions() });
    let void = &report.runs[1];
    assert_eq!(void.void.as_deref(), Some("the tab was hidden during the run"));
    assert_eq!((void.median_ms, void.speedup, void.samples_ms.len(), void.lanes.len()), (None, None, 3, 2));
    assert_eq!(report.runs[2].void, None);
    let found: Vec<_> = report.verdict.findings.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(found, ["unavailable"]);
}

/// A sweep over threads: blocking, then one, two and four of them, each sample `factor` times as long as it might be.
fn sweep(factor: f64) -> Vec<Series> {
    let trace = |workers: usize, ms: f64| {
        let end = (ms * factor * 1000.0) as u32;
        let lane = |trace: TraceBuilder, at| trace.lane(Context::Thread(at), &[(0, end - 40 * at, at, Cause::Compute)]);
        (0..workers as u32).fold(TraceBuilder::new(), lane).beats(&[end / 3, end / 2]).build()
    };
    let series = |strategy: &str, workers: usize, ms: f64| Series {
        strategy: strategy.into(),
        workers,
        parallel: strategy == "threads",
        startup_ms: if strategy == "threads" { 3.0 * factor } else { 0.0 },
        cold: Some(trace(workers, 2.0 * ms)),
        samples: [1.0, 1.02, 0.99, 1.01].iter().map(|noise| trace(workers, ms * noise)).collect(),
        answer: Some("the same".into()),
        ..Series::default()
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
    let report = report_of("workload=proxy&sweep=1&workers=4&strategies=threads&samples=4", &sweep(1.0), &conditions());
    let numbers: Vec<_> = report.runs.iter().map(|run| (run.strategy.as_str(), run.workers)).collect();
    assert_eq!(numbers, [("blocking", 1), ("threads", 1), ("threads", 2), ("threads", 4)]);
    let speedups: Vec<_> = report.runs.iter().map(|run| run.speedup.unwrap().round()).collect();
    assert_eq!(speedups, [1.0, 1.0, 2.0, 4.0], "each its own numbers");
    assert_eq!(report.runs.iter().map(|run| run.lanes.len()).collect::<Vec<_>>(), [1, 1, 2, 4], "and its own lanes");
    assert!(report.runs.iter().all(|run| run.efficiency.is_some_and(|share| (0.98..1.02).contains(&share))));
    assert_eq!(report.scaling.len(), 1);
    assert_eq!(report.scaling[0].points.iter().map(|point| point.workers).collect::<Vec<_>>(), [1, 2, 4]);
    let written = serde_json::to_value(&report).unwrap();
    assert_eq!(written["scaling"][0]["points"][2]["speedup"]["value"], written["runs"][3]["speedup"]);
    assert_eq!(serde_json::from_value::<Report>(written).unwrap(), report);

    let void = report_of("sweep=1", &sweep(1.0), &Conditions { hidden: true, ..conditions() });
    assert!(void.scaling.is_empty() && void.runs.iter().all(|run| run.rate.is_none() && run.void.is_some()));
}

#[test]
fn rates_are_told_where_work_can_be_counted() {
    let rate = |query: &str| report_of(query, &run(), &conditions()).runs[1].rate.clone();
    assert_eq!(rate("workload=proxy&size=160"), Some(Rate { value: 2_000.0, unit: "requests".into() }));
    assert_eq!(rate("workload=mandelbrot"), None);
    assert_eq!(report_of("workload=proxy", &run(), &conditions()).runs[2].rate, None, "what did not run");
}

#[test]
fn where_the_time_was_set_the_report_tells_what_got_done() {
    let mut run = run();
    for (series, done) in run.iter_mut().zip([400_000, 760_000]) {
        series.samples.iter_mut().for_each(|trace| trace.makespan = 200_000);
        series.done = vec![done; 3];
        series.activity = vec![vec![vec![1, 2], vec![3, 4]]; 3];
    }
    let report = report_of("workload=activity&samples=3", &run, &conditions());
    let [blocking, threads, processes] = &report.runs[..] else { panic!("three ran") };
    assert_eq!((threads.speedup, threads.efficiency), (None, None));
    assert_eq!(threads.output.map(|times| times.value), Some(1.9));
    assert_eq!(blocking.rate, Some(Rate { value: 2e6, unit: "rounds".into() }));
    assert_eq!(threads.activity, [[1, 2], [3, 4]]);
    assert_eq!(serde_json::to_value(processes).unwrap().get("activity"), None);
    let first = &report.verdict.findings[0];
    assert_eq!((first.id.as_str(), first.strategy.as_deref()), ("more-done", Some("threads")));
}

#[test]
fn times_are_those_of_one_time_and_say_how_often_it_was() {
    let mut run = run();
    run[..2].iter_mut().for_each(|series| series.repeats = 4);
    let report = report_of("samples=3", &run, &conditions());
    assert_eq!(report.runs[0].repeats, Some(4));
    assert_eq!((report.runs[0].samples_ms[0], report.runs[0].median_ms), (38.0, Some(38.0)));
    assert_eq!(report.runs[0].cold_ms, Some(304.0), "the first run did it once");
    assert_eq!(report.runs[0].lanes[0].spans[0].end, 152_000, "the lane shows all of them");
    assert_eq!(report.runs[2].repeats, None);
}

/// Where two JSON values differ: `runs[].median_ms`.
fn differences(one: &Value, other: &Value, path: &str, found: &mut BTreeSet<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            assert!(one.keys().eq(other.keys()), "{path} has other fields");
            for (key, value) in one {
                differences(value, &other[key], format!("{path}.{key}").trim_start_matches('.'), found);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            assert_eq!(one.len(), other.len(), "{path} has another length");
            one.iter().zip(other).for_each(|(one, other)| differences(one, other, &format!("{path}[]"), found));
        }
        _ if one == other => {}
        _ => _ = found.insert(path.into()),
    }
}

#[test]
fn two_reports_of_the_same_experiment_differ_in_times_only() {
    /// Times, what is computed from times, and words with such numbers in them. `typical` is which sample was nearest
    /// the median.
    const TIMES: [&str; 37] = [
        "machine.calibration_ms[]",
        "runs[].ci95_ms[]",
        "runs[].cold_ms",
        "runs[].efficiency",
        "runs[].heartbeat[].end",
        "runs[].heartbeat[].start",
        "runs[].lanes[].spans[].end",
        "runs[].longest_freeze_ms",
        "runs[].median_ms",
        "runs[].rate.value",
        "runs[].samples_ms[]",
        "runs[].speedup",
        "runs[].speedup_ci95[]",
        "runs[].startup_ms",
        "runs[].typical",
        "runs[].utilisation",
        "scaling[].amdahl.known.noise",
        "scaling[].amdahl.known.one",
        "scaling[].amdahl.known.residual",
        "scaling[].amdahl.known.serial.ci95[]",
        "scaling[].amdahl.known.serial.value",
        "scaling[].points[].ci95_ms[]",
        "scaling[].points[].efficiency",
        "scaling[].points[].karp_flatt.ci95[]",
        "scaling[].points[].karp_flatt.fraction",
        "scaling[].points[].median_ms",
        "scaling[].points[].samples_ms[]",
        "scaling[].points[].speedup.ci95[]",
        "scaling[].points[].speedup.value",
        "scaling[].usl.known.coherence.ci95[]",
        "scaling[].usl.known.coherence.value",
        "scaling[].usl.known.contention.ci95[]",
        "scaling[].usl.known.contention.value",
        "scaling[].usl.known.noise",
        "scaling[].usl.known.one",
        "verdict.caveats[].text",
        "verdict.findings[].text",
    ];
    let report = |factors: [f64; 4]| {
        let mut run: Vec<_> = factors.iter().enumerate().map(|(at, factor)| sweep(*factor).swap_remove(at)).collect();
        run[3].samples.swap(0, 1);
        let conditions = Conditions { calibration_ms: Some([5.0 * factors[0], 5.1]), ..conditions() };
        let conditions = Conditions { claimed_cores: 4, ..conditions };
        report_of("workload=proxy&sweep=1&workers=4&strategies=threads&samples=4", &run, &conditions)
    };
    let [one, other] =
        [report([1.0; 4]), report([1.013, 1.004, 1.02, 1.011])].map(|report| serde_json::to_value(report).unwrap());
    let mut found = BTreeSet::new();
    differences(&one, &other, "", &mut found);
    let more: Vec<_> = found.iter().filter(|path| !TIMES.contains(&path.as_str())).collect();
    assert_eq!(more, Vec::<&String>::new(), "these are no times");
    for sure in
        ["runs[].samples_ms[]", "runs[].lanes[].spans[].end", "scaling[].points[].median_ms", "verdict.findings[].text"]
    {
        assert!(found.contains(sure), "{sure} is a time");
    }

    let mut same = BTreeSet::new();
    differences(&one, &serde_json::to_value(report([1.0; 4])).unwrap(), "", &mut same);
    assert_eq!(same, BTreeSet::new(), "the same samples give the same report: every resampling has a fixed seed");
}

#[test]
fn a_lock_that_is_let_go_may_gain_but_is_not_called_parallel() {
    let strategies = vec!["blocking", "gil"];
    let settings = strategies::params();
    let catalogue = Catalogue { opening: strategies.clone(), strategies, settings, claimed_cores: 2 };
    let first = |query: &str| {
        let (experiment, problems) = Experiment::from_query(query, &catalogue);
        assert_eq!(problems, []);
        let mut run = run();
        run[1] = Series { strategy: "gil".into(), parallel: false, ..run[1].clone() };
        let isolation = Isolation { shared_memory: true, how: "headers".into() };
        let report =
            Report::assemble(&experiment, &conditions(), isolation, "Gecko 140", &run[..2], &Results::of(&run[..2]));
        (report.verdict.findings[0].text.clone(), report.verdict.caveats[0].id.clone())
    };
    let sooner = "Two threads with a GIL finished 1.9 times sooner (1.9 to 1.9) and the page never stopped: part of the \
                  work went without the lock.";
    assert_eq!(first("release=100"), (sooner.into(), "start-up-apart".into()));
    let froze = "While blocking ran, the page froze for 152 ms.";
    assert_eq!(first(""), (froze.into(), "not-parallelism".into()), "nothing here explains it");
}
