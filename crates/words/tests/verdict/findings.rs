//! Each finding with a run that brings it about, and the words it comes in.

use lab::experiment::BASELINE;
use lab::report::LaneRecord;
use lab::verdict::Fact;
use strategies::trace::{Cause, Context, Lane, Span, Steps};
use strategies::{Failure, Loss, WhyUnavailable};

use super::made::*;
use super::*;

#[test]
fn the_race_reads_as_the_page_says_it() {
    let run = runs(152.0, &[("event-loop", 1, 156.0), ("threads", 2, 80.0), ("processes", 2, 84.0)]);
    assert_eq!(
        texts_of_findings("mandelbrot", &run),
        [
            "Two threads ran 1.9 times as fast as blocking (1.9 to 1.9) and the page never stopped.",
            "Two processes ran 1.8 times as fast as blocking (1.8 to 1.8) and the page never stopped.",
            "The event loop took as long as blocking, yet the page stayed alive.",
            "While blocking ran, the page froze for 152 ms.",
        ]
    );
    assert_eq!(verdict("mandelbrot", &run, &machine()).caveats, []);
}

#[test]
fn each_finding_has_its_case() {
    let alive = "The event loop took 1.5 times as long as blocking (1.5 to 1.5), yet the page stayed alive.";
    let cases: [(&str, Vec<Run>, &str); 40] = [
        (
            "proxy",
            runs(8_000.0, &[("gil", 2, 4_000.0)]),
            "Two threads with a GIL waited side by side and ran 2.0 times as fast as blocking (2.0 to 2.0).",
        ),
        (
            "proxy",
            runs(8_000.0, &[("offload", 2, 44.0)]),
            "A loop with two threads overlapped the waits and ran 182 times as fast as blocking (179 to 185).",
        ),
        (
            "crawler",
            runs(2_200.0, &[("threads", 2, 1_100.0)]),
            "Two threads ran 2.0 times as fast as blocking (2.0 to 2.0) and the page never stopped: waits overlapped, \
             computing ran in parallel, or both.",
        ),
        (
            "crawler",
            runs(2_200.0, &[("event-loop", 1, 450.0)]),
            "The event loop overlapped the waits and ran 4.9 times as fast as blocking (4.8 to 5.0).",
        ),
        (
            "crawler",
            runs(2_200.0, &[("gil", 2, 1_200.0)]),
            "Two threads with a GIL waited side by side and ran 1.8 times as fast as blocking (1.8 to 1.9).",
        ),
        (
            "mandelbrot",
            runs(200.0, &[("gil", 2, 201.0)]),
            "Two threads with a GIL took turns and finished no sooner than blocking (0.98 to 1.01 times the speed), \
             yet the page stayed alive.",
        ),
        (
            "mandelbrot",
            runs(200.0, &[("gil", 4, 260.0)]),
            "Four threads with a GIL took turns and took 1.3 times as long as blocking (1.3 to 1.3), yet the page \
             stayed alive.",
        ),
        (
            "mandelbrot",
            runs(200.0, &[("actors", 2, 104.0)]),
            "Two actors ran 1.9 times as fast as blocking (1.9 to 2.0) and the page never stopped.",
        ),
        (
            "mandelbrot",
            runs(200.0, &[("async-pool", 2, 104.0)]),
            "Async on two threads ran 1.9 times as fast as blocking (1.9 to 2.0) and the page never stopped.",
        ),
        (
            "proxy",
            runs(8_000.0, &[("async-pool", 1, 44.0)]),
            "Async on one thread overlapped the waits and ran 182 times as fast as blocking (179 to 185).",
        ),
        (
            "mandelbrot",
            runs(200.0, &[("offload-gil", 2, 201.0)]),
            "A loop with two threads and a GIL took turns and finished no sooner than blocking (0.98 to 1.01 times the \
             speed), yet the page stayed alive.",
        ),
        (
            "workload=mandelbrot&release=50",
            runs(200.0, &[("offload-gil", 2, 104.0)]),
            "A loop with two threads and a GIL ran 1.9 times as fast as blocking (1.9 to 2.0) and the page never stopped: part of \
             the work needed no lock.",
        ),
        (
            "proxy",
            runs(8_000.0, &[("offload-gil", 2, 44.0)]),
            "A loop with two threads and a GIL overlapped the waits and ran 182 times as fast as blocking (179 to 185).",
        ),
        (
            "mandelbrot",
            runs(200.0, &[("offload", 2, 104.0)]),
            "A loop with two threads ran 1.9 times as fast as blocking (1.9 to 2.0) and the page never stopped.",
        ),
        (
            "mandelbrot",
            runs(200.0, &[("offload-processes", 2, 104.0)]),
            "A loop with two processes ran 1.9 times as fast as blocking (1.9 to 2.0) and the page never stopped.",
        ),
        (
            "proxy",
            runs(8_000.0, &[("offload-processes", 1, 44.0)]),
            "A loop with one process overlapped the waits and ran 182 times as fast as blocking (179 to 185).",
        ),
        (
            "workload=mandelbrot&release=50",
            runs(200.0, &[("gil", 2, 104.0)]),
            "Two threads with a GIL ran 1.9 times as fast as blocking (1.9 to 2.0) and the page never stopped: part of the work \
             needed no lock.",
        ),
        (
            "workload=activity&release=50",
            runs_that_got_done(1e7, &[("gil", 4, 1.9e7)]),
            "Four threads with a GIL together got 1.9 times as much done as blocking (1.9 to 1.9) and the page never \
             stopped: part of the work needed no lock.",
        ),
        (
            "activity",
            runs_that_got_done(1e7, &[("processes", 4, 1.9e7)]),
            "Four processes together got 1.9 times as much done as blocking (1.9 to 1.9) and the page never stopped.",
        ),
        (
            "activity",
            runs_that_got_done(1e7, &[("gil", 4, 0.99e7)]),
            "Four threads with a GIL took turns and got no more done than blocking (0.98 to 1.01 times as much), yet \
             the page stayed alive.",
        ),
        (
            "activity",
            runs_that_got_done(1e7, &[("event-loop", 1, 1e7)]),
            "The event loop got as much done as blocking, yet the page stayed alive.",
        ),
        (
            "activity",
            runs_that_got_done(1e7, &[("event-loop", 1, 0.7e7)]),
            "The event loop got 0.7 times as much done as blocking (0.7 to 0.7), yet the page stayed alive.",
        ),
        (
            "activity",
            runs_that_got_done(1e7, &[("threads", 2, 1.005e7)]),
            "Two threads against blocking: no difference seen (0.99 to 1.02 times as much), yet the page stayed alive.",
        ),
        (
            "workload=grain&size=100000",
            runs(143.0, &[("processes", 2, 460.0)]),
            "Two processes took 3.2 times as long as blocking (3.2 to 3.3): 100,000 tasks of 0.001 ms each are too \
             small to be worth handing out.",
        ),
        (
            "workload=grain&size=100",
            runs(143.0, &[("processes", 2, 460.0)]),
            "Two processes took 3.2 times as long as blocking (3.2 to 3.3), yet the page stayed alive.",
        ),
        (
            "stream",
            runs(100.0, &[("threads", 2, 80.0)]),
            "Two threads gained less than the possible two times: memory bandwidth, which they share, may be why.",
        ),
        (
            "mandelbrot",
            runs(100.0, &[("processes", 2, 80.0)]),
            "Two processes gained less than the possible two times: messages, copying or a serial part may be why.",
        ),
        (
            "arrays",
            runs(100.0, &[("threads", 2, 80.0)]),
            "Two threads gained less than the possible two times: shared memory, a lock, shared cores or a serial part may be why.",
        ),
        (
            "counter",
            runs(100.0, &[("threads", 2, 80.0)]),
            "Two threads gained less than the possible two times: shared memory, a lock, shared cores or a serial part may be why.",
        ),
        (
            "proxy",
            runs(8_000.0, &[("event-loop", 1, 44.0)]),
            "The event loop overlapped the waits and ran 182 times as fast as blocking (179 to 185).",
        ),
        (
            "proxy",
            runs(8_000.0, &[("threads", 2, 4_000.0)]),
            "Two threads waited side by side and ran 2.0 times as fast as blocking (2.0 to 2.0).",
        ),
        (
            "hash-chain",
            runs(200.0, &[("threads", 2, 201.0)]),
            "This work is one chain of steps: two workers cannot share it.",
        ),
        (
            "hash-chain",
            runs(200.0, &[("threads", 2, 201.0)]),
            "Two threads against blocking: no difference seen (0.98 to 1.01 times the speed), yet the page stayed alive.",
        ),
        (
            "mandelbrot",
            runs(100.0, &[("threads", 2, 96.0)]),
            "Two threads against blocking: too close or too unsteady to call (1.03 to 1.06 times the speed), yet the page \
             stayed alive.",
        ),
        (
            "mandelbrot",
            runs(100.0, &[("processes", 2, 140.0)]),
            "Two processes took 1.4 times as long as blocking (1.4 to 1.4), yet the page stayed alive.",
        ),
        ("mandelbrot", runs(100.0, &[("event-loop", 1, 150.0)]), alive),
        (
            "mandelbrot",
            runs(4.2, &[("threads", 2, 4.3)]),
            "Blocking took 4.2 ms: too little work to gain from more workers.",
        ),
        (
            "mandelbrot",
            runs(100.0, &[("offload-processes", 2, 80.0)]),
            "A loop with two processes gained less than the possible two times: messages, copying or a serial part may be why.",
        ),
        ("mandelbrot", runs(1_234.0, &[]), "While blocking ran, the page froze for 1.2 s."),
        (
            "primes",
            runs(100.0, &[("threads", 8, 20.0)]),
            "Eight threads ran 5.0 times as fast as blocking (4.9 to 5.1) and the page never stopped.",
        ),
    ];
    for (workload, run, sentence) in cases {
        let said = texts_of_findings(workload, &run);
        assert!(said.iter().any(|said| said == sentence), "{sentence}\nnot in {said:#?}");
    }
}

#[test]
fn nothing_is_said_of_time_where_it_was_set() {
    let mut run = runs_that_got_done(1e7, &[("event-loop", 1, 1e7), ("threads", 2, 1.9e7), ("processes", 2, 0.5e7)]);
    run[2].startup_ms = Some(50.0);
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
    let run = [blocking, threads];
    let said = texts_of_findings("mandelbrot", &run);
    assert_eq!(
        said[0],
        "Two threads against blocking: too few samples to call (1.64 to 1.68 times the speed), yet the page stayed alive."
    );
}

#[test]
fn unsteady_samples_say_why_they_are_not_enough() {
    let baseline = vec![100.0, 101.0, 102.0, 103.0, 104.0];
    let threads = measured("threads", 2, vec![60.0, 61.0, 62.0, 63.0, 88.0], &baseline, 8.0);
    let blocking = measured("blocking", 1, baseline.clone(), &baseline, 100.0);
    let said = texts_of_findings("mandelbrot", &[blocking.clone(), threads.clone()]);
    assert_eq!(
        said[0], "Two threads ran 1.6 times as fast as blocking (1.2 to 1.7) and the page never stopped.",
        "it was seen why"
    );
    let mut unseen = [blocking, threads];
    numbers(&mut unseen[1]).parallelism = None;
    let said = texts_of_findings("mandelbrot", &unseen);
    let start = "Two threads against blocking: too few or too unsteady samples to call (1.16 to 1.70 times the speed)";
    assert_eq!(said[0], format!("{start}, yet the page stayed alive."));
}

/// How its time compares with blocking's is not known, but the page stayed alive.
#[test]
fn a_page_that_stayed_alive_is_told_of_whatever_the_time() {
    let baseline = vec![100.0, 101.0];
    let event_loop = measured("event-loop", 1, vec![60.0, 61.0], &baseline, 8.0);
    let blocking = measured("blocking", 1, baseline.clone(), &baseline, 100.0);
    let said = texts_of_findings("mandelbrot", &[blocking, event_loop]);
    assert_eq!(said[0], "While the event loop ran, the page stayed alive.");
}

#[test]
fn what_could_not_run_is_no_headline_while_something_ran() {
    let unsuited = refused("processes", 2, Failure::Unavailable(WhyUnavailable::NeedsOneMemory("counter".into())));
    let one = measured(BASELINE, 1, vec![12.0], &[12.0], 12.0);
    let verdict = verdict("counter", &[one, unsuited], &machine());
    assert_ne!(verdict.headline().map(|said| &*said.rule), Some("unavailable"), "{verdict:?}");
    assert_eq!(words::headline(&verdict).0, "Blocking took 12 ms and the page never stopped.");
    let last = verdict.findings.last().expect("something was found");
    assert_eq!(last.text, "Processes are unavailable: all tasks count on one counter, which lies in one memory.");
}

#[test]
fn what_ran_with_some_numbers_of_workers_is_not_called_unavailable_as_such() {
    let mut run = runs(100.0, &[("threads", 2, 52.0)]);
    run.push(refused(
        "threads",
        4,
        Failure::NotStarted { process: None, why: Loss::Browser("no memory is left.".into()) },
    ));
    let said = texts_of_findings("mandelbrot", &run);
    let why = "A worker could not be started: no memory is left";
    assert_eq!(*said.last().unwrap(), format!("Threads are unavailable with some numbers of workers: {why}."));
}

/// Read off a sample's lanes, if all of it was recorded; the lane of a loop in front does not count.
#[test]
fn what_messages_and_copies_cost_is_told_where_memories_are_apart() {
    let lane = |context, lost| {
        let span = |start, end, cause| Span::new(cause, 0, start, end);
        let spans = match context {
            Context::Loop => Vec::new(),
            _ => vec![span(0, 6_000, Cause::Transfer), span(6_000, 52_000, Cause::Compute)],
        };
        LaneRecord::of(&Lane { context, spans, lost, steps: Steps::default() })
    };
    let said = |id: &str, lost| {
        let mut run = runs(100.0, &[(id, 2, 52.0)]);
        let contexts = strategies::find(id).expect("registered").meta().contexts();
        run[1].lanes = contexts.zip([0, 0, lost]).map(|(context, lost)| lane(context, lost)).collect();
        (run[1].typical, run[1].makespan) = (Some(0), Some(52_000));
        texts_of_findings("mandelbrot", &run)
    };
    for (id, who) in [("processes", "Two processes"), ("offload-processes", "A loop with two processes")] {
        let cost = format!("{who} spent 12 % of the time on messages and copying, as memory is not shared.");
        assert!(said(id, 0).contains(&cost), "{:?}", said(id, 0));
    }
    for (id, lost) in [("processes", 1), ("threads", 0)] {
        assert!(!said(id, lost).iter().any(|said| said.contains("copies")), "{id}, {lost} spans lost");
    }
}

#[test]
fn start_up_is_held_against_the_gain() {
    let mut run = runs(100.0, &[("threads", 2, 52.0)]);
    run[1].startup_ms = Some(120.0);
    let said = verdict("mandelbrot", &run, &machine());
    assert_eq!(
        said.findings[1].text,
        "Starting two threads took 120 ms this time, more than the 48 ms that a run saved: it pays only where they are used again."
    );
    assert_eq!(said.caveats[0].text, "Not counted in the times: starting two threads (120 ms).");
}

#[test]
fn a_page_that_was_not_watched_is_not_called_alive() {
    let mut run = runs(100.0, &[("event-loop", 1, 100.0), ("threads", 2, 52.0)]);
    run.iter_mut().for_each(|own| numbers(own).usual_freeze_ms = None);
    let said = texts_of_findings("mandelbrot", &run).join(" ");
    assert!(said.starts_with("Two threads ran 1.9 times as fast as blocking (1.9 to 2.0)."), "{said}");
    assert!(!said.contains("alive") && !said.contains("froze") && !said.contains("stopped"), "{said}");
}

#[test]
fn a_page_that_froze_meanwhile_is_not_called_alive() {
    let mut run = runs(200.0, &[("threads", 2, 104.0)]);
    numbers(&mut run[1]).usual_freeze_ms = Some(61.0);
    let own = "(1.9 to 2.0), but the page froze for 61 ms, though none of the tasks was on its thread.";
    assert!(texts_of_findings("mandelbrot", &run)[0].ends_with(own));
    let mut mixed = runs(200.0, &[("event-loop", 1, 20.0)]);
    numbers(&mut mixed[1]).usual_freeze_ms = Some(61.0);
    let own = "While the event loop ran, the page froze for 61 ms.";
    assert!(texts_of_findings("proxy", &mixed).iter().any(|said| said == own));
}

#[test]
fn a_page_that_froze_once_is_not_said_to_have_never_stopped() {
    let mut run = runs(200.0, &[("threads", 2, 104.0)]);
    numbers(&mut run[1]).longest_freeze_ms = Some(61.0);
    assert!(texts_of_findings("mandelbrot", &run)[0].ends_with("(1.9 to 2.0) and the page usually stayed alive."));
}

#[test]
fn a_page_of_whose_longest_silence_nothing_is_known_is_not_said_to_have_never_stopped() {
    let mut run = runs(200.0, &[("threads", 2, 104.0)]);
    numbers(&mut run[1]).longest_freeze_ms = None;
    assert!(texts_of_findings("mandelbrot", &run)[0].ends_with("(1.9 to 2.0)."));
}

#[test]
fn what_cannot_run_says_why() {
    let unshared = |instead: Option<&str>| {
        let (isolation, instead) = (Isolation::Missing, instead.map(Into::into));
        Failure::Unavailable(WhyUnavailable::NoSharedMemory { isolation, instead })
    };
    let mut run = runs(100.0, &[]);
    run.push(refused("threads", 2, unshared(None)));
    run.push(refused("offload", 2, unshared(Some("offload-processes"))));
    run.push(refused("event-loop", 1, Failure::NoFile { name: "arrays/a.bin".into(), why: Loss::Status(404) }));
    let said = texts_of_findings("mandelbrot", &run);
    let page = "shared memory is needed, and this page is not cross-origin isolated, so the browser shares no memory with \
                workers";
    assert_eq!(
        said[1..],
        [
            format!("Threads are unavailable: {page}; the other strategies run."),
            format!("The loop with its threads is unavailable: {page}; loop + processes needs none."),
            "The event loop is unavailable: The file arrays/a.bin could not be fetched: the server answered 404."
                .into(),
        ]
    );
}

/// In a sweep each number of workers is refused separately.
#[test]
fn the_same_reason_is_told_once() {
    let no = |workers| refused("processes", workers, Failure::NotStarted { process: Some(0), why: Loss::Ended });
    let run: Vec<_> = runs(100.0, &[]).into_iter().chain([no(1), no(2), no(4)]).collect();
    let said = verdict("mandelbrot", &run, &machine()).findings;
    assert_eq!(rules(&said), ["page-froze", "unavailable"]);
}

/// A file may name what this version does not know.
#[test]
fn a_strategy_that_nobody_knows_is_called_by_its_id() {
    let mut finding = verdict("mandelbrot", &runs(100.0, &[("threads", 2, 52.0)]), &machine()).findings.remove(0);
    finding.facts.insert("who".into(), Fact::Team { strategy: "fibres".into(), workers: 2 });
    assert_eq!(said(&finding), "Fibres ran 1.9 times as fast as blocking (1.9 to 2.0) and the page never stopped.");
}
