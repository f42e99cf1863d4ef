//! Which approach fits a project: what is typed is read, what is not legal is named, and everything shown is words.

use analyst::{About, AnalystAnswer, DecidedProject, Looked, Pairs, ProjectInput, ProjectQuestion};
use decide::PRESETS;

use super::made::ask;
use super::sound;

fn owned(pairs: &[(&str, &str)]) -> Pairs {
    pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

fn asked(given: ProjectInput) -> ProjectQuestion {
    ProjectQuestion { given, python: None, machine: Vec::new(), here: 2, closer: false }
}

fn decided(asked: ProjectQuestion) -> DecidedProject {
    match ask(About::Decide(Box::new(asked))) {
        AnalystAnswer::Decided(decided) => *decided,
        other => panic!("another answer: {other:?}"),
    }
}

fn of(pairs: &[(&str, &str)]) -> DecidedProject {
    decided(asked(ProjectInput::Pairs { before: Pairs::new(), pairs: owned(pairs) }))
}

#[test]
fn each_scenario_has_its_answer() {
    for (at, (name, best)) in PRESETS.into_iter().zip([&["Thread"][..], &["rocess"], &["asyncio"]]).enumerate() {
        let decided = of(&[("preset", name)]);
        assert_eq!((decided.preset, decided.query.as_str()), (Some(at), format!("preset={name}").as_str()));
        assert_eq!(decided.problems, []);
        let python = &decided.shown.languages[0];
        assert!(best.iter().any(|best| python.answer.contains(best)), "{name}: {}", python.answer);
        assert!(python.ways.iter().all(|way| !way.name.is_empty() && !way.time.is_empty()), "{python:?}");
        let bars: Vec<_> = python.ways.iter().filter_map(|way| way.bar).collect();
        assert_eq!(
            bars.iter().map(|[start, rest]| start + rest).max().map(|most| most.abs_diff(1000) <= 1),
            Some(true)
        );
        let again = of(&decided.pairs.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect::<Vec<_>>());
        assert_eq!(again.pairs, decided.pairs);
        assert_eq!(decided.looks, again.looks);
    }
}

#[test]
fn a_link_says_what_differs_from_the_usual() {
    let decided = of(&[("units", "7"), ("parts", "waits:200~800,compiled:3"), ("cores", "8")]);
    assert_eq!(decided.query, "units=7&cores=8&parts=waits:200~800,compiled:3");
    assert_eq!(of(&[]).query, "units=100", "no query at all would be the opening project");
}

#[test]
fn what_is_not_legal_keeps_what_it_was_and_the_rest_applies() {
    let before = of(&[("units", "50"), ("parts", "waits:20,interpreted:5")]).pairs;
    let pairs = owned(&[("units", "many"), ("cores", "2"), ("parts.0", "waits:9"), ("parts.1", "interpreted:1,5")]);
    let decided = decided(asked(ProjectInput::Pairs { before, pairs }));
    let value = |key: &str| decided.pairs.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str());
    assert_eq!(
        [value("units"), value("cores"), value("parts")],
        [Some("50"), Some("2"), Some("waits:9,interpreted:5")]
    );
    let keys: Vec<_> = decided.problems.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["units", "parts.1"]);
    assert!(decided.problems[0].1.contains("a whole number from 1 to 10000000"), "{:?}", decided.problems);
    assert!(decided.problems[1].1.starts_with("Part 2 cannot be “1,5”"), "{:?}", decided.problems);
}

#[test]
fn too_many_parts_and_none() {
    let nine = ["waits:1"; 9].join(",");
    let decided = of(&[("parts", &nine)]);
    assert_eq!(decided.problems.len(), 1);
    assert_eq!(decided.problems[0].0, "parts");
    assert_eq!(of(&[("parts", "")]).problems, []);
}

#[test]
fn json_and_times_are_projects_too() {
    let json = decided(asked(ProjectInput::Json(
        r#"{"units": 9, "parts": [{"waits": {"p50": 5, "p95": 6}}], "corse": 2}"#.into(),
    )));
    assert!(json.query.contains("units=9") && json.query.contains("waits:5~6"), "{}", json.query);
    assert_eq!(json.problems.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["corse"]);
    let none = decided(asked(ProjectInput::Json("[]".into())));
    assert_eq!(none.problems[0].0, "project");
    let before = json.pairs.clone();
    let times =
        decided(asked(ProjectInput::Measured { before: before.clone(), times: "fetch,7\nparse,3\nfetch,9\n".into() }));
    assert!(times.query.ends_with("parts=waits:8~9,interpreted:3"), "{}", times.query);
    assert!(times.note.contains("from 3 lines: fetch and parse"), "{}", times.note);
    let wrong = decided(asked(ProjectInput::Measured { before: before.clone(), times: "fetch,7\nparse,soon".into() }));
    assert_eq!((wrong.pairs, wrong.problems[0].1.as_str()), (before, "Line 2: “soon” is no time in milliseconds."));
}

#[test]
fn costs_of_another_python_count_and_what_is_none_is_told() {
    let with = |python: &str| {
        decided(ProjectQuestion {
            python: Some(python.into()),
            ..asked(ProjectInput::Pairs { before: Pairs::new(), pairs: Pairs::new() })
        })
    };
    let own = with(r#"{"python": "3.99", "gil": true, "costs_us": {}}"#);
    assert!(own.costs.contains("3.99") && own.costs.contains("from your file"), "{}", own.costs);
    assert_eq!(own.problems, []);
    let none = with("{}");
    assert_eq!(none.problems[0].0, "python");
    assert!(none.costs.contains("as recorded with Lanes"), "{}", none.costs);
}

#[test]
fn changes_come_one_by_one_and_go_into_the_file() {
    let project = asked(ProjectInput::Pairs {
        before: Pairs::new(),
        pairs: owned(&[("units", "40"), ("parts", "waits:20,interpreted:5")]),
    });
    let decided = decided(project.clone());
    let mut found = Vec::new();
    for at in 0..decided.looks {
        let looked = Looked { asked: project.clone(), standings: decided.standings.clone(), at };
        match ask(About::Change(Box::new(looked))) {
            AnalystAnswer::Change(change) => found.extend(change),
            other => panic!("another answer: {other:?}"),
        }
    }
    assert!(!found.is_empty());
    for (change, _) in &found {
        assert!(change.places.iter().all(|place| *place <= 1000), "{change:?}");
        assert!(change.sentence.starts_with("Python: ") || change.sentence.starts_with("Rust: "), "{change:?}");
        assert!(change.values.is_none() || change.places[0] != change.places[1], "{change:?}");
    }
    let json: Vec<_> = found.into_iter().map(|(_, json)| json).collect();
    let file: serde_json::Value = serde_json::from_str(&decided.with_changes(&json)).unwrap();
    assert_eq!(file["changes"].as_array().unwrap().len(), json.len());
    assert_eq!(file["project"]["units"], 40);
}

#[test]
fn a_table_of_what_was_checked() {
    let checked = [
        decide::Checked {
            approach: "python-threads".into(),
            expected_ms: 100.0,
            measured_ms: 80.0,
            interval_ms: [70.0, 90.0],
            error: 0.25,
        },
        decide::Checked {
            approach: "python-asyncio".into(),
            expected_ms: 50.0,
            measured_ms: 100.0,
            interval_ms: [90.0, 110.0],
            error: -0.5,
        },
    ];
    let (table, says) = pictures::decision::checked(&checked);
    sound::table(&table);
    assert_eq!(table.texts(0)[4], "+25 %");
    assert_eq!(table.texts(1)[4], "-50 %");
    assert_eq!(says.len(), 1, "a quarter is no doubt yet: {says:?}");
    assert!(says[0].starts_with("asyncio: what was expected is off by 50 %"), "{says:?}");
}
