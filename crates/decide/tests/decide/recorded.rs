//! The model beside real CPythons: the talk's scenarios under every approach, as `docs/recorded/scenarios.py` measured them,
//! against what the costs measured by `docs/recorded/costs.py` on the same Python let expect.

use decide::{Approach, Model, Project, Python, Sources};
use serde::Deserialize;

#[derive(Deserialize)]
struct Recorded {
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
struct Scenario {
    name: String,
    project: Project,
    approaches: Vec<Measured>,
}

#[derive(Deserialize)]
struct Measured {
    approach: String,
    workers: usize,
    median_ms: f64,
}

/// A recording of scenarios, and the costs of the same Python.
const RECORDED: [(&str, &str); 2] = [
    (
        include_str!("../../../../docs/recorded/scenarios-3.11.json"),
        include_str!("../../../../docs/recorded/costs-here-3.11.json"),
    ),
    (
        include_str!("../../../../docs/recorded/scenarios-3.13.json"),
        include_str!("../../../../docs/recorded/costs-here-3.13.json"),
    ),
];
/// What is expected is off by no more.
const OFF: f64 = 0.3;
/// Two that differ by more are in the measured order.
const TELLS: f64 = 1.25;

/// Each approach of a scenario: its name, what is expected, and what was measured.
fn beside(scenario: &Scenario, sources: &Sources) -> Vec<(String, f64, f64)> {
    let one = |measured: &Measured| {
        let id = format!("python-{}", measured.approach.replace(" + ", "-"));
        let approach = Approach::find(&id).unwrap_or_else(|| panic!("{id}"));
        let costs = sources.costs(approach).expect("they were measured");
        let model = Model { project: &scenario.project, approach, costs, most: scenario.project.units as usize };
        (format!("{id} {}", measured.workers), model.estimate(measured.workers).makespan_ms, measured.median_ms)
    };
    scenario.approaches.iter().map(one).collect()
}

#[test]
fn what_is_expected_of_cpython_is_what_was_measured() {
    let mut wrong = Vec::new();
    for (recorded, costs) in RECORDED {
        let recorded: Recorded = serde_json::from_str(recorded).expect("it was recorded");
        let python = Python::from_json(costs).expect("it was recorded");
        let version = python.python.clone();
        let sources = Sources::default().with(python);
        for scenario in recorded.scenarios {
            let rows = beside(&scenario, &sources);
            for (name, expected, measured) in &rows {
                let off = expected / measured - 1.0;
                let line = format!(
                    "{version} {:8} {name:32} {expected:8.0} {measured:8.0} ms  {:+.0} %",
                    scenario.name,
                    off * 100.0
                );
                println!("{line}");
                if off.abs() > OFF {
                    wrong.push(line);
                }
            }
            for (a, expected_a, measured_a) in &rows {
                for (b, expected_b, measured_b) in &rows {
                    if measured_a * TELLS < *measured_b && expected_a > expected_b {
                        wrong.push(format!("{version} {}: {a} before {b}", scenario.name));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
