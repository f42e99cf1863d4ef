//! Each finding with a run that brings it about, and the words it comes in.

use super::*;

#[test]
fn the_race_reads_as_the_page_says_it() {
    let run = results(152.0, &[("event-loop", 1, 156.0), ("threads", 2, 80.0), ("processes", 2, 84.0)]);
    assert_eq!(
        texts_of_findings("mandelbrot", &run),
        [
            "Two threads finished 1.9 times sooner (1.9 to 1.9) and the page never stopped.",
            "Two processes finished 1.8 times sooner (1.8 to 1.8) and the page never stopped.",
            "The event loop took as long as blocking, yet the page stayed alive.",
            "While blocking ran, the page froze for 152 ms.",
        ]
    );
    assert_eq!(verdict("mandelbrot", &run, &conditions()).caveats, []);
}

#[test]
fn each_finding_has_its_case() {
    let alive = "The event loop took 1.5 times as long as blocking (1.5 to 1.5), yet the page stayed alive.";
    let cases: [(&str, Results, &str); 30] = [
        (
            "proxy",
            results(8_000.0, &[("gil", 2, 4_000.0)]),
            "Two threads with a GIL waited side by side and finished 2.0 times sooner (2.0 to 2.0).",
        ),
        (
            "proxy",
            results(8_000.0, &[("offload", 2, 44.0)]),
            "A loop with two workers overlapped the waits and finished 182 times sooner (179 to 185).",
        ),
        (
            "crawler",
            results(2_200.0, &[("threads", 2, 1_100.0)]),
            "Two threads finished 2.0 times sooner (2.0 to 2.0) and the page never stopped: waits overlapped, \
             computing ran in parallel, or both.",
        ),
        (
            "crawler",
            results(2_200.0, &[("event-loop", 1, 450.0)]),
            "The event loop overlapped the waits and finished 4.9 times sooner (4.8 to 5.0).",
        ),
        (
            "crawler",
            results(2_200.0, &[("gil", 2, 1_200.0)]),
            "Two threads with a GIL waited side by side and finished 1.8 times sooner (1.8 to 1.9).",
        ),
        (
            "mandelbrot",
            results(200.0, &[("gil", 2, 201.0)]),
            "Two threads with a GIL took turns and finished no sooner than blocking (0.98 to 1.01 times the speed), \
             yet the page stayed alive.",
        ),
        (
            "mandelbrot",
            results(200.0, &[("gil", 4, 260.0)]),
            "Four threads with a GIL took turns and took 1.3 times as long as blocking (1.3 to 1.3), yet the page \
             stayed alive.",
        ),
        (
            "mandelbrot",
            results(200.0, &[("actors", 2, 104.0)]),
            "Two actors finished 1.9 times sooner (1.9 to 2.0) and the page never stopped.",
        ),
        (
            "mandelbrot",
            results(200.0, &[("offload", 2, 104.0)]),
            "A loop with two workers finished 1.9 times sooner (1.9 to 2.0) and the page never stopped.",
        ),
        (
            "activity",
            results_of_done(1e7, &[("processes", 4, 1.9e7)]),
            "Four processes together got 1.9 times as much done as blocking (1.9 to 1.9) and the page never stopped.",
        ),
        (
            "activity",
            results_of_done(1e7, &[("gil", 4, 0.99e7)]),
            "Four threads with a GIL took turns and got no more done than blocking (0.98 to 1.01 times as much), yet \
             the page stayed alive.",
        ),
        (
            "activity",
            results_of_done(1e7, &[("event-loop", 1, 1e7)]),
            "The event loop got as much done as blocking, yet the page stayed alive.",
        ),
        (
            "activity",
            results_of_done(1e7, &[("event-loop", 1, 0.7e7)]),
            "The event loop got 0.7 times as much done as blocking (0.7 to 0.7), yet the page stayed alive.",
        ),
        (
            "activity",
            results_of_done(1e7, &[("threads", 2, 1.005e7)]),
            "Two threads against blocking: no difference seen (0.99 to 1.02 times as much), yet the page stayed alive.",
        ),
        (
            "workload=grain&size=100000",
            results(143.0, &[("processes", 2, 460.0)]),
            "Two processes took 3.2 times as long as blocking (3.2 to 3.3): 100,000 tasks of 0.001 ms each are too \
             small to be worth handing out.",
        ),
        (
            "workload=grain&size=100",
            results(143.0, &[("processes", 2, 460.0)]),
            "Two processes took 3.2 times as long as blocking (3.2 to 3.3), yet the page stayed alive.",
        ),
        (
            "stream",
            results(100.0, &[("threads", 2, 80.0)]),
            "Two threads gained less than two times: the way to memory, which they share, may be why.",
        ),
        (
            "mandelbrot",
            results(100.0, &[("processes", 2, 80.0)]),
            "Two processes gained less than two times: messages to them, and what is copied, may be why, or a part that \
             only one can do.",
        ),
        (
            "arrays",
            results(100.0, &[("threads", 2, 80.0)]),
            "Two threads gained less than two times: what they share may be why, be it memory, a lock, cores, or a part \
             that only one can do.",
        ),
        (
            "counter",
            results(100.0, &[("threads", 2, 80.0)]),
            "Two threads gained less than two times: what they share may be why, be it memory, a lock, cores, or a part \
             that only one can do.",
        ),
        (
            "proxy",
            results(8_000.0, &[("event-loop", 1, 44.0)]),
            "The event loop overlapped the waits and finished 182 times sooner (179 to 185).",
        ),
        (
            "proxy",
            results(8_000.0, &[("threads", 2, 4_000.0)]),
            "Two threads waited side by side and finished 2.0 times sooner (2.0 to 2.0).",
        ),
        (
            "hash-chain",
            results(200.0, &[("threads", 2, 201.0)]),
            "This work is one chain of steps: two workers cannot share it.",
        ),
        (
            "hash-chain",
            results(200.0, &[("threads", 2, 201.0)]),
            "Two threads against blocking: no difference seen (0.98 to 1.01 times the speed), yet the page stayed alive.",
        ),
        (
            "mandelbrot",
            results(100.0, &[("threads", 2, 96.0)]),
            "Two threads against blocking: too close or too unsteady to call (1.03 to 1.06 times the speed), yet the page \
             stayed alive.",
        ),
        (
            "mandelbrot",
            results(100.0, &[("processes", 2, 140.0)]),
            "Two processes took 1.4 times as long as blocking (1.4 to 1.4), yet the page stayed alive.",
        ),
        ("mandelbrot", results(100.0, &[("event-loop", 1, 150.0)]), alive),
        (
            "mandelbrot",
            results(4.2, &[("threads", 2, 4.3)]),
            "Blocking took 4.2 ms: too little work to gain from more workers.",
        ),
        ("mandelbrot", results(1_234.0, &[]), "While blocking ran, the page froze for 1.2 s."),
        (
            "primes",
            results(100.0, &[("threads", 8, 20.0)]),
            "Eight threads finished 5.0 times sooner (4.9 to 5.1) and the page never stopped.",
        ),
    ];
    for (workload, run, sentence) in cases {
        let said = texts_of_findings(workload, &run);
        assert!(said.iter().any(|said| said == sentence), "{sentence}\nnot in {said:#?}");
    }
}

#[test]
fn nothing_is_said_of_time_where_it_was_set() {
    let mut run = results_of_done(1e7, &[("event-loop", 1, 1e7), ("threads", 2, 1.9e7), ("processes", 2, 0.5e7)]);
    run.measurements[2].startup_ms = 50.0;
    let said = texts_of_findings("activity", &run).join(" ");
    assert!(!["sooner", "long", "speed", "took", "saved", "little"].iter().any(|word| said.contains(word)), "{said}");
    assert!(said.starts_with("Two threads together got 1.9 times as much done as blocking"), "{said}");
    assert!(said.contains("Two processes got 0.5 times as much done as blocking (0.5 to 0.5), yet the page"), "{said}");
}

#[test]
fn few_samples_say_why_they_are_not_enough() {
    let baseline = vec![100.0, 101.0];
    let threads = measured("threads", 2, vec![60.0, 61.0], &baseline, 8.0);
    let blocking = measured("blocking", 1, baseline.clone(), &baseline, 100.0);
    let run = Results { measurements: vec![blocking, threads], ..Results::default() };
    let said = texts_of_findings("mandelbrot", &run);
    assert_eq!(
        said[0],
        "Two threads against blocking: too few samples to call (1.64 to 1.68 times the speed), yet the page stayed alive."
    );
}

#[test]
fn what_could_not_run_is_no_headline_while_something_ran() {
    let unavailable = vec![Refusal { strategy: "processes".into(), reason: "all tasks count on one counter".into() }];
    let one =
        Measurement { ci95_ms: None, samples_ms: vec![12.0], ..measured("blocking", 1, vec![12.0], &[12.0], 12.0) };
    let run = Results { unavailable, measurements: vec![one] };
    let verdict = verdict("counter", &run, &conditions());
    assert_ne!(verdict.headline().map(|said| &*said.id), Some("unavailable"), "{verdict:?}");
    assert!(verdict.findings.iter().any(|said| said.id == "unavailable"));
}

#[test]
fn what_ran_with_some_numbers_of_workers_is_not_called_unavailable_as_such() {
    let unavailable = vec![Refusal { strategy: "threads".into(), reason: "no memory is left".into() }];
    let run = Results { unavailable, ..results(100.0, &[("threads", 2, 52.0)]) };
    let said = texts_of_findings("mandelbrot", &run);
    assert_eq!(said.last().unwrap(), "Threads are unavailable with some numbers of workers: no memory is left.");
}

#[test]
fn start_up_is_held_against_the_gain() {
    let mut run = results(100.0, &[("threads", 2, 52.0)]);
    run.measurements[1].startup_ms = 120.0;
    let said = verdict("mandelbrot", &run, &conditions());
    assert_eq!(
        said.findings[1].text,
        "Starting two threads took 120 ms this time, more than the 48 ms that a run saved: it pays only where they are used again."
    );
    assert_eq!(said.caveats[0].text, "Not counted in the times: starting two threads (120 ms).");
}

#[test]
fn a_page_that_was_not_watched_is_not_called_alive() {
    let mut run = results(100.0, &[("event-loop", 1, 100.0), ("threads", 2, 52.0)]);
    run.measurements.iter_mut().for_each(|measurement| measurement.usual_freeze_ms = None);
    let said = texts_of_findings("mandelbrot", &run).join(" ");
    assert!(said.starts_with("Two threads finished 1.9 times sooner (1.9 to 2.0)."), "{said}");
    assert!(!said.contains("alive") && !said.contains("froze") && !said.contains("stopped"), "{said}");
}

#[test]
fn a_page_that_froze_meanwhile_is_not_called_alive() {
    let mut run = results(200.0, &[("threads", 2, 104.0)]);
    run.measurements[1].usual_freeze_ms = Some(61.0);
    assert!(texts_of_findings("mandelbrot", &run)[0].ends_with("(1.9 to 2.0), but the page froze for 61 ms."));
}

#[test]
fn what_cannot_run_says_why() {
    let refusal = |strategy: &str, reason: &str| Refusal { strategy: strategy.into(), reason: reason.into() };
    let unavailable = vec![refusal("threads", "this page has no shared memory."), refusal("event-loop", "because")];
    let run = Results { unavailable, ..results(100.0, &[]) };
    let said = texts_of_findings("mandelbrot", &run);
    assert_eq!(
        said[1..],
        ["Threads are unavailable: this page has no shared memory.", "The event loop is unavailable: because."]
    );
}

#[test]
fn numbers_read_well() {
    let durations = [0.02, 0.5, 4.2, 9.96, 152.3, 999.4, 999.6, 8_012.0, 1_234_567.0].map(wording::duration);
    assert_eq!(durations, ["0.02 ms", "0.5 ms", "4.2 ms", "10 ms", "152 ms", "999 ms", "1.0 s", "8.0 s", "1,235 s"]);
    let counts = [0, 1, 2, 12, 13, 1_000, 1_234_567].map(|count| wording::counted(count, "span", "spans"));
    assert_eq!(
        counts,
        ["no spans", "one span", "two spans", "twelve spans", "13 spans", "1,000 spans", "1,234,567 spans"]
    );
    assert_eq!([9.94, 9.96, 18.4].map(wording::factor), ["9.9", "10", "18"]);
    assert_eq!(wording::listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
}
