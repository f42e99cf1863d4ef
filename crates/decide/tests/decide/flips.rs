//! What is said to change the answer does change it.

use decide::{
    APPROACHES, CLOSER, Decision, Flip, Flips, NUMBERS, PRESETS, Project, ProjectNumber, Sources, preset, read,
};
use words::{Catalogue, every_text, pseudo, speak};

/// The project with the flip's value.
fn changed(project: &Project, flip: &Flip) -> Project {
    let mut project = project.clone();
    match flip.input.strip_prefix("parts.") {
        Some(at) => {
            let part = &mut project.parts[at.parse::<usize>().expect("a place")];
            *part = part.with(part.amount().times(flip.at / flip.now));
        }
        None if flip.input == "shared" => project.shared = flip.at == 1.0,
        None => ProjectNumber::find(&flip.input).expect("a name").set(&mut project, flip.at),
    }
    project
}

/// Every second look is taken: each takes some tenths of a second.
const SOME: usize = 2;

/// Flips are checked by as close a look as the answer. From few units alone, errors would pass for changes, and every
/// input would have one next to its value now.
#[test]
fn each_flip_is_one() {
    let sources = Sources::default();
    for name in PRESETS {
        let project = preset(name).expect("it is one");
        let standings = Decision::of(&project, &sources, CLOSER).standings();
        let flips = Flips::new(&project, &sources, &standings);
        let flips: Vec<_> = (0..flips.len()).step_by(SOME).filter_map(|at| flips.look(at)).collect();
        assert!(!flips.is_empty(), "{name}");
        for flip in flips {
            let there = changed(&project, &flip);
            assert_eq!(read(there.pairs()).1, vec![], "{flip:?} is legal");
            let ranked = decide::rank(&there, flip.language, &sources, CLOSER);
            let score = |approach| ranked.iter().find(|one| one.approach == approach).and_then(|one| one.score);
            let (answer, _) =
                standings.iter().find(|(one, _)| one.language == flip.language).expect("there is an answer");
            let [before, after] = [*answer, flip.approach].map(score);
            let after = after.unwrap_or_else(|| panic!("{name}: it can do it: {flip:?}"));
            assert!(before.is_none_or(|before| after <= before), "{name}: {before:?} ms, and {after} ms by {flip:?}");
        }
    }
}

/// Whatever the language of the page.
#[test]
fn approaches_are_on_record_in_english() {
    let file = Catalogue::write(every_text().into_iter().map(|(key, text)| (key, pseudo(&text))));
    speak(Some(Catalogue::read(&file)));
    let names: Vec<_> = APPROACHES.iter().map(|approach| approach.name.text()).collect();
    let decision = Decision::of(&preset("proxy").expect("it is one"), &Sources::default(), 10);
    let json = serde_json::to_value(&decision).expect("plain data");
    speak(None);
    assert!(names.iter().all(|name| name.starts_with('[')), "the page says {names:?}");
    let written: Vec<_> = json["approaches"].as_array().expect("a list").iter().map(|row| &row["name"]).collect();
    assert!(written.iter().any(|name| **name == "one after the other"), "{written:?}");
    assert!(written.iter().all(|name| name.as_str().is_some_and(|name| !name.starts_with('['))), "{written:?}");
}

#[test]
fn what_is_on_record_of_a_decision_is_complete() {
    let project = preset("crawler").expect("it is one");
    let decision = Decision::of(&project, &Sources::default(), CLOSER);
    let json = serde_json::to_value(&decision).expect("plain data");
    assert_eq!(json["project"]["units"], 2_000);
    assert_eq!(json["approaches"].as_array().expect("a list").len(), APPROACHES.len());
    for row in json["approaches"].as_array().expect("a list") {
        let possible = row["possible"].as_bool().expect("yes or no");
        for key in ["workers", "makespan_ms", "p95_ms", "throughput_per_s", "memory_mb", "cpu_ms"] {
            assert_eq!(row[key].is_number(), possible, "{row}");
        }
        assert!(row["findings"].as_array().expect("a list").iter().all(|finding| finding["text"].is_string()), "{row}");
    }
    assert!(NUMBERS.iter().all(|number| json["project"].get(number.key).is_some()));
}
