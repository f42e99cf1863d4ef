//! What must hold of every project.

use decide::{Amount, Approach, CLOSE, CLOSER, Model, Part, Project, Ranked, Sources, Trial, best, rank};
use lab::experiment::{ClaimedCores, parse};
use proptest::prelude::*;
use workloads::spread::quantile;

/// Results within a tenth of each other are called close, and not reported as different.
const SLACK: f64 = CLOSE;

fn approach(id: &str) -> &'static Approach {
    Approach::find(id).expect("it is one")
}

/// An approach's score for this project, by a closer look: how few units fall to few workers is half chance.
fn score(project: &Project, id: &str) -> f64 {
    let approach = approach(id);
    let costs = Sources::default().costs(approach).expect("they were measured");
    let done = best(&Model { project, approach, costs, most: CLOSER });
    done.start_ms + done.makespan_ms
}

fn project() -> impl Strategy<Value = Project> {
    let part = (0..3_usize, 1_u32..200, 1.0..4.0_f64).prop_map(|(kind, p50, tail)| {
        Part::of(kind, Amount { p50: p50.into(), p95: f64::from(p50) * tail }).expect("a kind")
    });
    (1_u32..500, prop::collection::vec(part, 1..4), 1_u32..16, 0_u32..512).prop_map(|(units, parts, cores, kb)| {
        Project { units, parts, cores, in_kb: kb.into(), memory_mb: 100_000.0, ..Project::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Threads wait, too; but more of them are needed for it.
    #[test]
    fn more_waiting_never_makes_asyncio_worse_against_threads(project in project(), more in 2.0..20.0_f64) {
        let wait = |ms| Project { parts: [vec![Part::Waits(Amount::same(ms))], project.parts.clone()].concat(), ..project.clone() };
        let ratio = |project: &Project| score(project, "python-asyncio") / score(project, "python-threads");
        let (little, much) = (wait(20.0), wait(20.0 * more));
        prop_assert!(ratio(&much) <= ratio(&little).max(1.0) * SLACK, "{} and {}", ratio(&little), ratio(&much));
    }

    #[test]
    fn more_bytes_never_make_processes_rank_better(project in project(), more in 2.0..50.0_f64) {
        let place = |project: &Project| {
            let ranked = rank(project, approach("python-processes").language, &Sources::default(), CLOSER);
            ranked.iter().filter(|ranked| ranked.score.is_some()).count()
                - ranked.iter().position(|ranked| ranked.approach.id == "python-processes").expect("it is ranked")
        };
        let heavy = Project { in_kb: project.in_kb.max(64.0) * more, ..project.clone() };
        let ratio = |project: &Project| score(project, "python-processes") / score(project, "python-sequential");
        prop_assert!(
            ratio(&heavy) * SLACK >= ratio(&project) || place(&heavy) <= place(&project),
            "{} and {}", ratio(&project), ratio(&heavy)
        );
    }

    #[test]
    fn one_unit_never_wants_workers(project in project()) {
        let project = Project { units: 1, ..project };
        for language in [decide::Language::Python, decide::Language::Rust] {
            let ranked = rank(&project, language, &Sources::default(), CLOSER);
            let first: &Ranked = &ranked[0];
            prop_assert!(first.approach.id.ends_with("sequential"), "{ranked:?}");
            let most = ranked.iter().filter_map(|ranked| ranked.outcome.ok()).map(|done| done.workers).max();
            prop_assert_eq!(most, Some(1));
        }
    }

    /// However far apart units arrive, and whatever else a project is: a smaller copy of it can be run, and is over soon.
    #[test]
    fn a_trial_is_a_legal_experiment_that_ends(
        project in project(), every in prop_oneof![Just(0.0), 0.01..1e6_f64], times in prop_oneof![Just(1.0), 1e-3..1e4_f64]
    ) {
        let parts = project.parts.iter().map(|part| part.with(part.amount().times(times))).collect();
        let Trial { project: small, experiment } = Trial::of(&Project { every_ms: every, parts, ..project }, 2);
        let pairs = experiment.into_iter().map(|(key, value)| (key.to_owned(), value));
        let (experiment, _, problems) = parse(pairs, ClaimedCores(2));
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(experiment.params.get("size"), small.units);
        let arriving = small.every_ms * f64::from(small.units);
        prop_assert!(arriving <= 1_000.0, "they arrive within {} ms", arriving);
    }

    /// Simulating some of many units gives what all of them take, except for how long the last of them happens to wait.
    #[test]
    fn many_units_follow_from_some(project in project(), id in prop::sample::select(vec![
        "python-sequential", "python-threads", "python-asyncio", "python-processes", "rust-threads",
    ])) {
        let project = Project { units: 600, ..project };
        let approach = approach(id);
        let costs = Sources::default().costs(approach).expect("they were measured");
        let model = |most| Model { project: &project, approach, costs, most };
        let (some, all) = (best(&model(300)), model(600));
        let all = all.estimate(some.workers);
        let longest = 1.0 - 0.5 / f64::from(project.units);
        let chance: f64 = project.parts.iter().map(|part| match part {
            Part::Waits(Amount { p50, p95 }) => quantile(*p50, *p95, longest),
            _ => 0.0,
        }).sum();
        let off = (some.makespan_ms - all.makespan_ms).abs();
        prop_assert!(off <= 0.15 * all.makespan_ms + chance, "{id}: {some:?}, {all:?}, chance {chance}");
    }
}
