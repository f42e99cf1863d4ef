//! The report's shape is a contract with decks and with files on disks: this snapshot changes only with the schema.

use lanes::experiment::{Catalogue, Experiment};
use lanes::report::{Isolation, Report};
use lanes::trace::{Cause, Context, Series, Trace, TraceBuilder};
use lanes::verdict::Conditions;
use serde_json::{Value, json};

fn catalogue() -> Catalogue {
    Catalogue { strategies: vec!["blocking", "threads", "processes"], claimed_cores: 2 }
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
    let query = "samples=3&seed=9007199254740993&chapter=race";
    let (experiment, problems) = Experiment::from_query(query, &catalogue());
    assert_eq!(problems, []);
    let isolation = Isolation { shared_memory: true, how: "headers".into() };
    Report::assemble(&experiment, conditions, isolation, "Gecko 140", &run())
}

fn conditions() -> Conditions {
    Conditions { claimed_cores: 2, timer_resolution_ms: 0.02, calibration_ms: Some([5.0, 5.1]), hidden: false }
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
            "workers": 2, "samples": 3, "seed": "9007199254740993", "autorun": false, "theme": "auto", "view": "full",
            "chapter": "race", "trace": "on",
        },
        "machine": {
            "claimed_cores": 2, "isolation": {"shared_memory": true, "how": "headers"}, "timer_resolution_ms": 0.02,
            "engine": "Gecko 140", "calibration_ms": [5.0, 5.1],
        },
        "runs": [
            {
                "strategy": "blocking", "workers": 1, "cold_ms": 304.0, "samples_ms": [152.0, 152.0, 152.0],
                "median_ms": 152.0, "ci95_ms": [152.0, 152.0], "speedup": 1.0, "speedup_ci95": null, "utilisation": 1.0,
                "longest_freeze_ms": 152.0, "startup_ms": 0.0, "answer": "the same", "typical": 0,
                "lanes": [{"kind": "page", "spans": [compute(152_000, 0)], "lost": 0}], "heartbeat": [beat(0, 152_400)],
            },
            {
                "strategy": "threads", "workers": 2, "cold_ms": 160.0, "samples_ms": [80.0, 80.0, 80.0],
                "median_ms": 80.0, "ci95_ms": [80.0, 80.0], "speedup": 1.9, "speedup_ci95": [1.9, 1.9],
                "utilisation": 1.0, "longest_freeze_ms": 20.0, "startup_ms": 35.0, "answer": "the same", "typical": 0,
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
