//! Five projects from five fields, described by strangers in `docs/projects/README.md`, with the answers that an expert
//! gives: the program gives one of them.

use decide::{CLOSER, Decision, Sources, read_json};

/// A project, and the approaches that an expert accepts as the best in Python and in Rust.
const PROJECTS: [(&str, &[&str], &[&str]); 5] = [
    (include_str!("../../../../docs/projects/thumbnails.json"), &["python-threads"], &["rust-threads"]),
    (include_str!("../../../../docs/projects/notifications.json"), &["python-asyncio"], &["rust-async"]),
    (include_str!("../../../../docs/projects/invoices.json"), &["python-processes"], &["rust-threads"]),
    (include_str!("../../../../docs/projects/greenhouse.json"), &["python-sequential"], &["rust-sequential"]),
    (include_str!("../../../../docs/projects/traffic.json"), &["python-free-threaded"], &["rust-threads"]),
];

#[test]
fn the_program_answers_as_an_expert_does() {
    for (project, python, rust) in PROJECTS {
        let (project, problems) = read_json(project);
        assert_eq!(problems, vec![]);
        let decision = Decision::of(&project, &Sources::default(), CLOSER);
        let [in_python, in_rust] =
            [decision.answers.python, decision.answers.rust].map(|answer| answer.expect("it can be done").id);
        assert!(python.contains(&in_python) && rust.contains(&in_rust), "{project:?}: {in_python}, {in_rust}");
    }
}
