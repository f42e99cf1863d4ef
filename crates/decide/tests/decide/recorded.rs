//! The model beside real CPythons: the talk's scenarios under every approach, as measured, against what the model
//! expects at the costs of the same Python.

use decide::{Python, Recorded, Sources};

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
/// The greatest relative error of an expectation.
const OFF: f64 = 0.3;
/// At least this many measurements are in each scenario.
const APPROACHES: usize = 15;

#[test]
fn what_is_expected_of_cpython_is_what_was_measured() {
    let mut wrong = Vec::new();
    for (recorded, costs) in RECORDED {
        let recorded = Recorded::from_json(recorded).expect("it was recorded");
        let sources = Sources::default().with(Python::from_json(costs).expect("it was recorded"));
        for scenario in &recorded.scenarios {
            let rows = scenario.beside(&sources);
            assert!(rows.len() >= APPROACHES, "{}: {rows:?}", scenario.name);
            wrong.extend(rows.iter().filter(|row| row.off().abs() > OFF).map(|row| format!("{row:?} is off")));
            let pairs = rows.iter().flat_map(|one| rows.iter().map(move |other| (one, other)));
            let misjudged = pairs.filter(|(one, other)| one.is_misjudged(other));
            wrong.extend(misjudged.map(|(one, other)| format!("{one:?} was before {other:?}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
