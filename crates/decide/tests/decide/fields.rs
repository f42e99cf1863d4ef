//! A form, a link and a file are the same thing.

use decide::{Amount, KINDS, NUMBERS, PARTS_MOST, PRESETS, Part, Project, preset, read, read_json};
use lab::experiment::Problem;
use proptest::prelude::*;

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(words::problem).collect()
}

#[test]
fn what_is_not_named_is_as_usual() {
    assert_eq!(read::<&str, &str>([]), (Project::default(), vec![]));
    assert_eq!(read_json("{}"), (Project::default(), vec![]));
}

#[test]
fn a_preset_comes_first_wherever_it_stands() {
    for name in PRESETS {
        let expected = Project { cores: 2, ..preset(name).expect("it is one") };
        assert_eq!(read([("cores", "2"), ("preset", name)]), (expected, vec![]));
    }
}

#[test]
fn what_is_not_legal_is_named_and_the_rest_applies() {
    let wrong = [
        ("units", "0", "a whole number from 1 to 10000000"),
        ("units", "2.5", "a whole number from 1"),
        ("every_ms", "-1", "a number from 0 to 3600000 (ms)"),
        ("in_kb", "much", "a number from 0 to"),
        ("cores", "NaN", "a whole number"),
        ("memory_mb", "inf", "a number from 16"),
        ("shared", "perhaps", "no, yes"),
        ("preset", "mine", "arrays, crawler, proxy"),
        ("parts", "sleeps:5", "waits (ms), interpreted (ms), compiled (ms), moves (MB)"),
        ("parts", "waits", "up to eight parts"),
        ("parts", "waits:5~4", "half take no more"),
        ("parts", "waits:0~4", "half take no more"),
        ("parts", "waits:-5", "half take no more"),
        ("parts", "waits:1,waits:1,waits:1,waits:1,waits:1,waits:1,waits:1,waits:1,waits:1", "up to eight"),
    ];
    for (key, value, legal) in wrong {
        let (project, problems) = read([(key, value), ("out_kb", "7")]);
        assert_eq!(project, Project { out_kb: 7.0, ..Project::default() }, "{key}={value}");
        let told = told(&problems);
        assert!(told.len() == 1 && told[0].contains(legal) && told[0].contains(key), "{key}={value}: {told:?}");
    }
}

#[test]
fn an_amount_may_have_a_unit_of_its_own() {
    let (project, problems) = read([
        ("in_kb", "8 MB"),
        ("out_kb", "0.3mb"),
        ("memory_mb", "4GB"),
        ("every_ms", "1.5 s"),
        ("parts", "waits:200 ms~0.8s,moves:64 kB,interpreted:2min"),
    ]);
    assert_eq!(problems, vec![]);
    let Project { in_kb, out_kb, memory_mb, every_ms, ref parts, .. } = project;
    assert_eq!([in_kb, out_kb, memory_mb, every_ms], [8_000.0, 300.0, 4_000.0, 1_500.0]);
    let amounts: Vec<_> = parts.iter().map(|part| part.amount()).collect();
    assert_eq!(amounts, [Amount { p50: 200.0, p95: 800.0 }, Amount::same(0.064), Amount::same(120_000.0)]);
    for (key, value) in
        [("in_kb", "8 s"), ("in_kb", "MB"), ("units", "8 MB"), ("every_ms", "2 kB"), ("parts", "waits:5 MB")]
    {
        let (_, problems) = read([(key, value)]);
        assert_eq!(problems.len(), 1, "{key}={value}");
    }
}

#[test]
fn unknown_keys_and_shapeless_files_are_told() {
    let (project, problems) = read_json(r#"{"cors": 8, "units": 3}"#);
    assert_eq!(project, Project { units: 3, ..Project::default() });
    assert!(told(&problems)[0].contains("cors") && told(&problems)[0].contains("memory_mb"), "{problems:?}");
    for shapeless in ["", "[]", "3", "{", "null", "\u{0}"] {
        let (project, problems) = read_json(shapeless);
        assert_eq!((project, problems.len()), (Project::default(), 1), "{shapeless:?}");
    }
}

#[test]
fn a_file_writes_an_amount_as_it_likes() {
    let (project, problems) = read_json(r#"{"parts": [{"waits": 5}, {"compiled": {"p50": 1, "p95": 2}}]}"#);
    assert_eq!(problems, vec![]);
    assert_eq!(project.parts, [Part::Waits(Amount::same(5.0)), Part::Compiled(Amount { p50: 1.0, p95: 2.0 })]);
    assert_eq!(read_json(&serde_json::to_string(&project).expect("plain data")), (project, vec![]));
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = (0..KINDS.len(), 1_u32..100_000, 1_u32..9).prop_map(|(kind, p50, tail)| {
        let p50 = f64::from(p50) / 8.0;
        Part::of(kind, Amount { p50, p95: p50 * f64::from(tail) }).expect("a kind")
    });
    prop::collection::vec(part, 0..=PARTS_MOST)
}

fn projects() -> impl Strategy<Value = Project> {
    let numbers = NUMBERS.iter().map(|number| number.least..=number.most).collect::<Vec<_>>();
    (numbers, parts(), any::<bool>()).prop_map(|(values, parts, shared)| {
        let mut project = Project { parts, shared, ..Project::default() };
        for (number, value) in NUMBERS.iter().zip(values) {
            // in eighths, because a number with very many digits may lose the last when it is read
            let value = if number.whole { value.round() } else { (value * 8.0).round() / 8.0 };
            number.set(&mut project, value);
        }
        project
    })
}

proptest! {
    #[test]
    fn a_link_and_a_file_say_the_whole_project(project in projects()) {
        prop_assert_eq!(read(project.pairs()), (project.clone(), vec![]));
        let file = serde_json::to_string(&project).expect("plain data");
        prop_assert_eq!(read_json(&file), (project, vec![]));
    }

    #[test]
    fn nothing_makes_it_fall_over(pairs in prop::collection::vec((".{0,12}", ".{0,40}"), 0..6), text in ".{0,80}") {
        let (project, _) = read(pairs);
        prop_assert!(project.units >= 1 && project.cores >= 1);
        read_json(&text);
    }

    #[test]
    fn whatever_value_a_key_has_it_is_legal_or_told(key in prop::sample::select(decide::keys()), value in ".{0,30}") {
        let (project, problems) = read([(key, value.as_str())]);
        prop_assert!(problems.len() <= 1);
        for number in &NUMBERS {
            prop_assert!((number.least..=number.most).contains(&number.get(&project)));
        }
    }
}
