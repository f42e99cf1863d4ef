//! Two reports of the same experiment: what may differ between them, and what may not.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;

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
    /// Times, what is computed from times, and facts that are such numbers. `typical` is which sample was nearest
    /// the median.
    const TIMES: [&str; 46] = [
        "machine.calibration_ms[]",
        "runs[].ci95_ms[]",
        "runs[].cold_ms",
        "runs[].efficiency",
        "runs[].heartbeat[].end",
        "runs[].heartbeat[].start",
        "runs[].lanes[].spans[].end",
        "runs[].longest_freeze_ms",
        "runs[].makespan",
        "runs[].median_ms",
        "runs[].rate.value",
        "runs[].parallelism.ci95[]",
        "runs[].parallelism.value",
        "runs[].samples_ms[]",
        "runs[].speedup",
        "runs[].speedup_ci95[]",
        "runs[].startup_ms",
        "runs[].typical",
        "runs[].usual_freeze_ms",
        "runs[].utilisation",
        "runs[].under_way.ci95[]",
        "runs[].under_way.value",
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
        "verdict.caveats[].facts.parts.list[].phrase.facts.took.milliseconds",
        "verdict.findings[].facts.high.factor",
        "verdict.findings[].facts.low.factor",
        "verdict.findings[].facts.times.factor",
        "verdict.findings[].facts.usual.milliseconds",
    ];
    let report = |factors: [f64; 4]| {
        let mut run: Vec<_> = factors.iter().enumerate().map(|(at, factor)| sweep(*factor).swap_remove(at)).collect();
        run[3].samples.swap(0, 1);
        let machine = Machine { calibration_ms: Some([5.0 * factors[0], 5.1]), claimed_cores: 4, ..machine() };
        report_of("workload=proxy&sweep=1&workers=4&strategies=threads&samples=4", &run, machine)
    };
    let [one, other] =
        [report([1.0; 4]), report([1.013, 1.004, 1.02, 1.011])].map(|report| serde_json::to_value(report).unwrap());
    let mut found = BTreeSet::new();
    differences(&one, &other, "", &mut found);
    let more: Vec<_> = found.iter().filter(|path| !TIMES.contains(&path.as_str())).collect();
    assert_eq!(more, Vec::<&String>::new(), "these are no times");
    for sure in [
        "runs[].parallelism.ci95[]",
        "runs[].parallelism.value",
        "runs[].samples_ms[]",
        "runs[].lanes[].spans[].end",
        "scaling[].points[].median_ms",
        "verdict.findings[].facts.times.factor",
    ] {
        assert!(found.contains(sure), "{sure} is a time");
    }

    let mut same = BTreeSet::new();
    differences(&one, &serde_json::to_value(report([1.0; 4])).unwrap(), "", &mut same);
    assert_eq!(same, BTreeSet::new(), "the same samples give the same report: every resampling has a fixed seed");
}
