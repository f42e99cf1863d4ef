//! Reports of other versions, and files that are not reports: read as far as they make sense, else refused with a
//! reason.
//!
//! `schema-1.json` is shaped as the page wrote reports before findings had facts.

use lab::measure::scaling::CannotTell;
use lab::report::{Report, SCHEMA, Unreadable};
use serde_json::{Value, json};
use strategies::trace::Context;

use crate::{machine, report};

const SCHEMA_1: &str = include_str!("schema-1.json");

fn older() -> Report {
    Report::from_json(SCHEMA_1).expect("it was written by an earlier version")
}

/// Today's report as JSON, with these values in place of others.
fn with(values: Value) -> String {
    let mut written = serde_json::to_value(report(machine())).expect("a report is JSON");
    for (key, value) in values.as_object().expect("values have keys") {
        written[key.as_str()] = value.clone();
    }
    written.to_string()
}

#[test]
fn a_report_of_schema_1_keeps_its_own_sentences() {
    let report = older();
    assert_eq!((report.schema, &report.made), (1, &None));
    let said = report.verdict.findings.iter().chain(&report.verdict.caveats);
    assert!(said.clone().count() == 3 && said.clone().all(|finding| finding.text.starts_with("As it was said then")));
    assert!(said.clone().all(|finding| finding.form.is_empty() && finding.facts.is_empty()), "there are no others");
    let headline = report.verdict.headline().expect("something was found");
    assert_eq!((headline.rule.as_str(), headline.about.as_deref()), ("parallel-speed-up", Some("offload")));
    assert_eq!(report.machine.isolation.kind, None);
    assert!(report.machine.isolation.how.starts_with("not cross-origin isolated"));
    let unavailable = &report.runs[2];
    assert!(unavailable.could_not_run() && unavailable.refusal.is_none() && unavailable.numbers.is_none());
    assert_eq!(unavailable.unavailable.as_deref(), Some("this page is not cross-origin isolated; as it was said then"));
    assert_eq!(report.runs[0].answer.as_deref(), Some("the same"));
}

#[test]
fn a_report_of_schema_1_keeps_its_numbers_and_its_lanes() {
    let report = older();
    let numbers = report.runs[1].numbers.as_ref().expect("it ran");
    assert_eq!((numbers.median_ms, numbers.speedup, numbers.speedup_ci95), (80.0, Some(1.9), Some([1.85, 1.95])));
    assert_eq!((numbers.efficiency, numbers.longest_freeze_ms), (Some(0.95), Some(20.0)));
    assert_eq!((numbers.usual_freeze_ms, numbers.done.as_ref()), (None, None), "that was not told then");
    let trace = report.runs[1].trace().expect("lanes are there");
    assert_eq!((trace.makespan, trace.lanes[1].context, trace.lanes[1].lost), (80_000, Context::Process(1), 2));
    assert_eq!(trace.lanes[1].spans.len(), 2);
    assert_eq!(report.runs[0].trace().expect("lanes are there").heartbeat.len(), 1);
    assert_eq!(report.scaling[0].amdahl.refused(), Some(CannotTell::TooFewCounts { have: 1, need: 3 }));
    assert_eq!(report.baseline().map(|run| run.strategy.as_str()), Some("blocking"));
}

/// Older reports, which compared strategies with blocking only, had no speed-up without it.
#[test]
fn an_older_report_without_blocking_compares_nothing() {
    let mut written: Value = serde_json::from_str(SCHEMA_1).expect("it is JSON");
    let runs = written["runs"].as_array_mut().expect("runs are a list");
    runs.remove(0);
    let mut another = runs[0].clone();
    another["strategy"] = json!("processes");
    runs.push(another);
    for run in runs {
        (run["speedup"], run["speedup_ci95"]) = (Value::Null, Value::Null);
    }
    let report = Report::from_json(&written.to_string()).expect("it is a report");
    assert_eq!(report.runs.iter().filter(|run| run.numbers.is_some()).count(), 2);
    assert_eq!((report.baseline(), report.blocking()), (None, None));
}

/// What was a strategy's parameter then is a strategy now.
#[test]
fn the_experiment_of_a_report_of_schema_1_can_be_run_again() {
    let ids: Vec<_> = older().what_ran().strategies.iter().map(|strategy| strategy.meta().id).collect();
    assert_eq!(ids, ["blocking", "offload-processes", "threads"]);
    assert_eq!(older().what_ran().seed, 9_007_199_254_740_993);
}

#[test]
fn a_report_of_schema_1_can_be_written_and_read_again() {
    assert_eq!(Report::from_json(&older().to_json()), Ok(older()));
}

/// If the tab was hidden, a run of schema 1 has no numbers, and says so.
#[test]
fn a_void_run_of_schema_1_has_no_numbers() {
    let mut written: Value = serde_json::from_str(SCHEMA_1).expect("it is JSON");
    let run = &mut written["runs"][0];
    for gone in ["median_ms", "ci95_ms", "speedup", "utilisation", "longest_freeze_ms"] {
        run[gone] = Value::Null;
    }
    run["void"] = json!("the tab was hidden during the run");
    let report = Report::from_json(&written.to_string()).expect("it is a report");
    assert!(report.runs[0].numbers.is_none() && report.baseline().is_none());
    assert_eq!(report.runs[0].void.as_deref(), Some("the tab was hidden during the run"));
    assert_eq!(report.runs[0].samples_ms.len(), 3);
}

#[test]
fn a_newer_report_is_read_as_far_as_this_version_knows_it() {
    let findings = json!([{"id": "new-rule", "form": "new-rule/odd", "kind": "finding", "text": "News.", "weight": 3}]);
    let text = with(json!({"schema": SCHEMA + 1, "weather": {"sunny": true},
        "verdict": {"findings": findings, "caveats": [], "mood": "good"}}));
    let newer = Report::from_json(&text).expect("it has all that this version needs");
    assert_eq!(newer.schema, SCHEMA + 1);
    assert_eq!(newer.runs, report(machine()).runs);
    assert_eq!(newer.verdict.findings[0].text, "News.");
}

#[test]
fn what_is_no_report_is_told_apart() {
    for text in ["", "{", "no report", "\u{0}", "{\"schema\": 2"] {
        assert_eq!(Report::from_json(text), Err(Unreadable::NoJson), "{text}");
    }
    for text in [
        "null",
        "[]",
        "7",
        "{}",
        r#"{"schema": 2}"#,
        r#"{"schema": "2", "runs": [], "machine": {}}"#,
        r#"{"schema": 2, "runs": []}"#,
        r#"{"schema": 2, "machine": {}}"#,
        r#"{"schema": -1, "runs": [], "machine": {}}"#,
    ] {
        assert_eq!(Report::from_json(text), Err(Unreadable::NoReport), "{text}");
    }
    for schema in [1, SCHEMA] {
        for (key, senseless) in [("runs", json!([{"strategy": 3}])), ("machine", json!({})), ("verdict", json!(null))] {
            let outcome = Report::from_json(&with(json!({"schema": schema, key: senseless})));
            assert!(matches!(outcome, Err(Unreadable::Damaged(_))), "{key}: {outcome:?}");
        }
    }
    let strange = with(json!({"schema": SCHEMA + 5, "runs": "elsewhere"}));
    assert_eq!(Report::from_json(&strange), Err(Unreadable::Newer(u64::from(SCHEMA) + 5)));
    let far = with(json!({"schema": u64::MAX}));
    assert_eq!(Report::from_json(&far), Err(Unreadable::Newer(u64::MAX)));
}

/// Everything that `experiment.py` recorded on CPython for the chapters. What the programs beside it print is no
/// report.
fn recordings() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/recorded");
    let files = std::fs::read_dir(folder).expect("there are some").map(|entry| entry.expect("it is readable").path());
    let json = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("it is ours"))
    };
    let others = ["costs-", "scenarios-"];
    json.map(read).filter(|(name, _)| !others.iter().any(|other| name.starts_with(other))).collect()
}

#[test]
fn a_recording_of_cpython_is_a_report() {
    let all = recordings();
    assert!(all.len() >= 12);
    for (name, text) in all {
        let report = Report::from_json(&text).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        let [run] = &*report.runs else { panic!("{name}: one run") };
        let (kind, workers) = (name.split('-').nth(1).expect("a kind"), name.rsplit('-').next().expect("a number"));
        let strategy = match (kind, name.starts_with("ft")) {
            ("processes", _) => "processes",
            (_, true) => "threads",
            (_, false) => "gil",
        };
        assert_eq!((run.strategy.as_str(), run.workers.to_string()), (strategy, workers.to_owned()), "{name}");
        assert_eq!((run.lanes.len(), run.activity.len()), (run.workers, run.workers), "{name}");
        assert!(report.machine.engine.starts_with("CPython 3."), "{name}: {}", report.machine.engine);
        let done = run.numbers.as_ref().and_then(|numbers| numbers.done.as_ref()).expect("it counted");
        assert!(done.median > 0.0 && report.what_ran().workload.info().id == "activity", "{name}");
        assert_eq!(Report::from_json(&report.to_json()).expect("its own"), report, "{name}");
    }
}

#[test]
fn what_is_only_like_a_recording_is_none() {
    let whole =
        json!({ "python": "3.13.5", "gil": true, "cores": 2, "kind": "threads", "iterations": [[1, 2], [3, 4]] });
    assert!(Report::from_json(&whole.to_string()).is_ok());
    for (key, value) in [
        ("kind", json!("fibres")),
        ("iterations", json!([])),
        ("iterations", json!([[]])),
        ("iterations", json!([[-1]])),
        ("iterations", json!("many")),
        ("gil", json!("yes")),
    ] {
        let mut other = whole.clone();
        other[key] = value;
        assert_eq!(Report::from_json(&other.to_string()), Err(Unreadable::NoReport), "{other}");
    }
}
