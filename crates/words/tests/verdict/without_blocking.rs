//! What is said where blocking did not run: how the better of two compares with the other, and what one achieved alone.

use proptest::prelude::*;
use strategies::{Failure, Loss, WhyUnavailable};

use super::made::*;
use super::*;

fn headline(query: &str, runs: &[Run]) -> String {
    words::headline(&verdict(query, runs, &machine())).0
}

#[test]
fn the_better_of_two_is_told_of_with_what_it_did_and_the_other_did_not() {
    let cases: [(&str, [Made; 2], &str); 15] = [
        (
            "proxy",
            [("event-loop", 1, 54.0), ("threads", 4, 2_000.0)],
            "The event loop ran 37 times as fast (36 to 38) as four threads: it held no thread while it waited.",
        ),
        (
            "proxy",
            [("processes", 4, 2_000.0), ("actors", 2, 54.0)],
            "Two actors ran 37 times as fast (36 to 38) as four processes: they held no thread while they waited.",
        ),
        (
            "crawler",
            [("threads", 2, 1_100.0), ("offload", 2, 450.0)],
            "A loop with two threads ran 2.4 times as fast (2.4 to 2.5) as two threads: it held no thread while it \
             waited.",
        ),
        (
            "crawler",
            [("threads", 2, 1_100.0), ("async-pool", 2, 450.0)],
            "Async on two threads ran 2.4 times as fast (2.4 to 2.5) as two threads: it held no thread while it \
             waited.",
        ),
        (
            "mandelbrot",
            [("offload-gil", 2, 201.0), ("async-pool", 2, 104.0)],
            "Async on two threads ran 1.9 times as fast (1.9 to 2.0) as a loop with two threads and a GIL, which took \
             turns.",
        ),
        (
            "crawler", // the others could not compute at once, either
            [("gil", 2, 1_100.0), ("offload", 2, 450.0)],
            "A loop with two threads ran 2.4 times as fast (2.4 to 2.5) as two threads with a GIL.",
        ),
        (
            "crawler", // a gain this small may come from anything
            [("threads", 2, 600.0), ("event-loop", 1, 450.0)],
            "The event loop ran 1.3 times as fast (1.3 to 1.4) as two threads.",
        ),
        (
            "mandelbrot",
            [("gil", 2, 201.0), ("threads", 2, 104.0)],
            "Two threads ran 1.9 times as fast (1.9 to 2.0) as two threads with a GIL, which took turns.",
        ),
        (
            "workload=mandelbrot&release=50",
            [("gil", 2, 150.0), ("threads", 2, 104.0)],
            "Two threads ran 1.4 times as fast (1.4 to 1.5) as two threads with a GIL.",
        ),
        (
            "mandelbrot",
            [("event-loop", 1, 200.0), ("threads", 2, 104.0)],
            "Two threads ran 1.9 times as fast (1.9 to 2.0) as the event loop.",
        ),
        (
            "mandelbrot",
            [("threads", 2, 100.0), ("processes", 2, 140.0)],
            "Two threads ran 1.4 times as fast (1.4 to 1.4) as two processes.",
        ),
        (
            "workload=grain&size=100000",
            [("event-loop", 1, 143.0), ("processes", 2, 460.0)],
            "The event loop ran 3.2 times as fast (3.2 to 3.3) as two processes: 100,000 tasks of 0.001 ms each are \
             too small to be worth handing out.",
        ),
        (
            "hash-chain",
            [("event-loop", 1, 100.0), ("processes", 2, 140.0)],
            "The event loop ran 1.4 times as fast (1.4 to 1.4) as two processes.",
        ),
        (
            "mandelbrot",
            [("threads", 2, 100.0), ("processes", 2, 100.0)],
            "Two processes against two threads: no difference seen (0.99 to 1.02 times the speed).",
        ),
        (
            "mandelbrot",
            [("threads", 2, 100.0), ("processes", 2, 96.0)],
            "Two processes against two threads: too close or too unsteady to call (1.03 to 1.06 times the speed).",
        ),
    ];
    for (query, [one, other], sentence) in cases {
        assert_eq!(headline(query, &runs_of(&[one, other])), sentence);
        if sentence.contains("sooner") {
            assert_eq!(headline(query, &runs_of(&[other, one])), sentence, "whichever of them was chosen first");
        }
        let caveats = verdict(query, &runs_of(&[one, other]), &machine()).caveats;
        assert!(!rules(&caveats).contains(&"not-parallelism"), "{query}: {caveats:?}");
    }
}

#[test]
fn where_the_time_was_set_the_one_that_got_more_done_is_told_of() {
    for [one, other] in [[("gil", 4, 1e7), ("threads", 4, 1.9e7)], [("threads", 4, 1.9e7), ("gil", 4, 1e7)]] {
        assert_eq!(
            texts_of_findings("activity", &runs_of_that_got_done(&[one, other])),
            ["Four threads got 1.9 times as much done (1.9 to 1.9) as four threads with a GIL, which took turns."]
        );
    }
}

#[test]
fn all_are_compared_with_the_first_and_the_greatest_difference_comes_first() {
    let run = runs_of(&[("threads", 2, 104.0), ("event-loop", 1, 200.0), ("processes", 2, 105.0), ("gil", 2, 250.0)]);
    assert_eq!(
        texts_of_findings("mandelbrot", &run),
        [
            "Two threads ran 2.4 times as fast (2.4 to 2.4) as two threads with a GIL, which took turns.",
            "Two threads ran 1.9 times as fast (1.9 to 2.0) as the event loop.",
            "Two processes against two threads: no difference seen (0.98 to 1.01 times the speed).",
        ]
    );
}

/// That a strategy took turns is also said beside one that cannot compute at once either.
#[test]
fn taking_turns_is_told_beside_a_single_context() {
    let run = runs_of(&[("event-loop", 1, 200.0), ("gil", 4, 201.0)]);
    let said =
        "Four threads with a GIL took turns and finished no sooner than the event loop (0.98 to 1.01 times the speed).";
    assert_eq!(texts_of_findings("mandelbrot", &run), [said]);
    let run = runs_of(&[("threads", 4, 200.0), ("gil", 4, 201.0)]);
    let said = "Four threads with a GIL against four threads: no difference seen (0.98 to 1.01 times the speed).";
    assert_eq!(texts_of_findings("mandelbrot", &run), [said]);
}

#[test]
fn a_start_is_held_against_what_was_saved_beside_the_others_start() {
    let mut run = runs_of(&[("event-loop", 1, 100.0), ("threads", 2, 52.0)]);
    run[1].startup_ms = Some(120.0);
    assert_eq!(
        texts_of_findings("mandelbrot", &run)[1],
        "Starting two threads took 120 ms this time, more than the 48 ms that a run saved against the event loop: it pays \
         only where they are used again."
    );
    let mut run = runs_of(&[("processes", 2, 100.0), ("threads", 2, 52.0)]);
    (run[0].startup_ms, run[1].startup_ms) = (Some(90.0), Some(120.0));
    assert_eq!(texts_of_findings("mandelbrot", &run).len(), 1, "the others had to be started, too");
}

#[test]
fn too_little_work_is_told_of_one_context_alone() {
    let little = |run: &[Run]| texts_of_findings("mandelbrot", run).iter().any(|said| said.contains("too little work"));
    assert!(little(&runs_of(&[("event-loop", 1, 4.2), ("threads", 2, 4.3)])));
    assert!(little(&runs_of(&[("event-loop", 1, 4.2), ("threads", 2, 8.3)])));
    assert!(!little(&runs_of(&[("event-loop", 1, 4.2), ("threads", 2, 2.1)])));
    assert!(!little(&runs_of(&[("threads", 2, 4.2), ("processes", 2, 4.3)])), "they share it already");
}

#[test]
fn one_strategy_alone_is_told_of_and_compared_with_nothing() {
    let cases = [
        ("threads", 2, "Two threads took 80 ms (79 ms to 81 ms) and the page never stopped."),
        ("event-loop", 1, "The event loop took 80 ms (79 ms to 81 ms) and the page never stopped."),
    ];
    for (id, workers, sentence) in cases {
        assert_eq!(texts_of_findings("mandelbrot", &runs_of(&[(id, workers, 80.0)])), [sentence]);
        assert_eq!(texts_of_caveats(&runs_of(&[(id, workers, 80.0)]), &machine()), Vec::<String>::new());
    }
    let counted = runs_of_that_got_done(&[("threads", 2, 1e7)]);
    assert_eq!(headline("activity", &counted), "Two threads worked for 200 ms and the page never stopped.");
    let mut single = runs_of(&[("threads", 2, 80.0)]);
    numbers(&mut single[0]).ci95_ms = None;
    assert_eq!(headline("mandelbrot", &single), "Two threads took 80 ms and the page never stopped.");
    let mut frozen = runs_of(&[("threads", 2, 80.0)]);
    numbers(&mut frozen[0]).usual_freeze_ms = Some(61.0);
    assert_eq!(
        headline("mandelbrot", &frozen),
        "While two threads ran, the page froze for 61 ms, though none of the tasks was on its thread: it waited for a core, or \
         had work of its own."
    );
    let mut unwatched = runs_of(&[("threads", 2, 80.0)]);
    numbers(&mut unwatched[0]).usual_freeze_ms = None;
    assert_eq!(headline("mandelbrot", &unwatched), "Two threads took 80 ms (79 ms to 81 ms).");
}

#[test]
fn what_could_not_run_is_compared_with_nothing() {
    let refused = || refused("threads", 2, Failure::NotStarted { process: None, why: Loss::Ended });
    let run: Vec<_> = [refused()].into_iter().chain(runs_of(&[("processes", 2, 80.0)])).collect();
    assert_eq!(headline("mandelbrot", &run), "Two processes took 80 ms (79 ms to 81 ms) and the page never stopped.");
    let ran = runs_of(&[("event-loop", 1, 54.0), ("processes", 2, 2_000.0)]);
    let run: Vec<_> = [refused()].into_iter().chain(ran).collect();
    assert!(headline("proxy", &run).starts_with("The event loop ran 37 times as fast"), "{}", headline("proxy", &run));
    let unsuited = Failure::Unavailable(WhyUnavailable::NeedsOneMemory("counter".into()));
    let none = [made::refused("processes", 2, unsuited)];
    assert!(headline("counter", &none).starts_with("Processes are unavailable"));
}

#[test]
fn a_hidden_tab_leaves_nothing_to_compare() {
    let hidden = Machine { hidden: true, ..machine() };
    for run in [runs_of(&[("event-loop", 1, 54.0), ("threads", 4, 2_000.0)]), runs_of(&[("threads", 4, 80.0)])] {
        let said = verdict("proxy", &run, &hidden);
        assert_eq!((said.findings, rules(&said.caveats)), (vec![], vec!["hidden-tab"]));
    }
}

/// Others are compared with blocking wherever it stands in the list.
#[test]
fn blocking_is_the_measure_in_any_order() {
    let mut run = runs(152.0, &[("event-loop", 1, 156.0), ("threads", 2, 80.0)]);
    let first: Vec<_> = texts_of_findings("mandelbrot", &run);
    run.rotate_left(1);
    assert_eq!(texts_of_findings("mandelbrot", &run), first);
    assert!(first.contains(&"The event loop took as long as blocking, yet the page stayed alive.".into()), "{first:?}");
}

/// Findings of older reports do not say that they are against blocking.
#[test]
fn an_older_finding_is_against_blocking() {
    let run = runs(200.0, &[("threads", 2, 201.0)]);
    let mut finding = verdict("hash-chain", &run, &machine()).findings.swap_remove(1);
    assert!(finding.facts.remove("base").is_some(), "{finding:?}");
    assert!(said(&finding).starts_with("Two threads against blocking: no difference seen"), "{}", said(&finding));
}

const OTHERS: [&str; 9] = [
    "event-loop",
    "threads",
    "processes",
    "gil",
    "actors",
    "async-pool",
    "offload",
    "offload-gil",
    "offload-processes",
];

/// Some of the other strategies, in any order, with any times; any of them may freeze the page.
fn any_others() -> impl Strategy<Value = Vec<Run>> {
    let chosen = prop::sample::subsequence(OTHERS.to_vec(), 1..=OTHERS.len()).prop_shuffle();
    let times = prop::collection::vec((1.0f64..1e3, 1.0f64..300.0), OTHERS.len());
    (chosen, times, 1usize..5).prop_map(|(ids, times, workers)| {
        let workers = |id: &str| if id == "event-loop" { 1 } else { workers };
        let all: Vec<_> = ids.iter().zip(&times).map(|(id, (makespan, _))| (*id, workers(id), *makespan)).collect();
        let mut runs = runs_of(&all);
        runs.iter_mut().zip(&times).for_each(|(run, (_, freeze))| numbers(run).usual_freeze_ms = Some(*freeze));
        runs
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_names_blocking_unless_it_ran(
        run in any_others(),
        work in prop::sample::select(vec!["mandelbrot", "proxy", "hash-chain", "crawler", "grain", "stream", "counter"]),
    ) {
        let said = verdict(work, &run, &machine());
        for finding in said.findings.iter().chain(&said.caveats) {
            prop_assert!(!finding.text.to_lowercase().contains("blocking"), "{}", finding.text);
        }
        let distinct: std::collections::BTreeSet<_> = said.findings.iter().map(|finding| &finding.text).collect();
        prop_assert_eq!(distinct.len(), said.findings.len(), "something is said twice: {:?}", said.findings);
        prop_assert!(said.headline().is_some());
    }

    #[test]
    fn who_is_said_to_be_sooner_was(run in any_others()) {
        for finding in verdict("mandelbrot", &run, &machine()).findings.iter().filter(|said| said.rule == "sooner") {
            let lab::verdict::Fact::Team { strategy, .. } = &finding.facts["base"] else { panic!("a team") };
            let of = |id: &str| run.iter().find(|run| run.strategy == id).and_then(Run::measured).expect("it ran").numbers;
            let (own, base) = (of(finding.about.as_ref().expect("somebody")), of(strategy));
            prop_assert!(own.ci95_ms.unwrap()[1] < base.ci95_ms.unwrap()[0], "{}", finding.text);
        }
    }
}
