//! Failures, and why something is not possible, as they are shown. `language.rs` checks that each kind has a sentence.

use lab::measure::scaling::{CannotTell, LawParameter};
use lab::report::Unreadable;
use strategies::{Failure, Isolation, Loss, WhyUnavailable, WrongAnswer};
use workloads::Summary;

fn wrong(workload: &str) -> Failure {
    Failure::WrongAnswer(Box::new(WrongAnswer {
        workload: workload.into(),
        strategy: "threads".into(),
        expected: Summary::new("7e1a").with("increments", 1_000_u64),
        found: Summary::new("b0b0").with("increments", 999_u64),
    }))
}

#[test]
fn failures_are_whole_sentences() {
    let unshared = |isolation, instead: Option<&str>| {
        Failure::Unavailable(WhyUnavailable::NoSharedMemory { isolation, instead: instead.map(Into::into) })
    };
    for (failure, sentence) in [
        (Failure::Cancelled, "The run was cancelled."),
        (
            unshared(Isolation::Missing, None),
            "Not here: shared memory is needed, and this page is not cross-origin isolated, so the browser shares no memory \
             with workers; the other strategies run.",
        ),
        (
            unshared(Isolation::Insecure, None),
            "Not here: shared memory is needed, and this page is not cross-origin isolated, because it came over http from \
             another machine, and browsers ask for https there; the other strategies run.",
        ),
        (
            unshared(Isolation::Unshared, Some("offload-processes")),
            "Not here: shared memory is needed, and this page is cross-origin isolated, but this browser shares no memory \
             with workers; loop + processes needs none.",
        ),
        (
            Failure::Unavailable(WhyUnavailable::NeedsOneMemory("counter".into())),
            "Not here: all tasks count on one counter, which lies in one memory.",
        ),
        (
            Failure::NotStarted { process: None, why: Loss::Late(30) },
            "A worker could not be started: it took more than 30 s.",
        ),
        (
            Failure::NotStarted { process: Some(0), why: Loss::NoScript },
            "A worker could not be started: process 1: its script could not be loaded.",
        ),
        (
            Failure::NotStarted { process: Some(5), why: Loss::Silent(10) },
            "A worker could not be started: process 6: no sign of life for 10 s. The browser may have room for 5 at once.",
        ),
        (Failure::Lost(Loss::Silent(20)), "A worker was lost: no sign of life for 20 s."),
        (
            Failure::Lost(Loss::Panicked(Some("index out of bounds".into()))),
            "A worker was lost: its code stopped at an error of its own: index out of bounds.",
        ),
        (Failure::Lost(Loss::Panicked(None)), "A worker was lost: its code stopped at an error of its own."),
        (Failure::Lost(Loss::Browser("Out of memory.".into())), "A worker was lost: Out of memory."),
        (
            Failure::NoFile { name: "arrays/a.bin".into(), why: Loss::Status(404) },
            "The file arrays/a.bin could not be fetched: the server answered 404.",
        ),
        (
            Failure::NoFile { name: "arrays/a.bin".into(), why: Loss::Unreachable },
            "The file arrays/a.bin could not be fetched: the host could not be reached over the network.",
        ),
        (
            Failure::NoAnalysis(Loss::Forbidden("worker-src".into())),
            "The results could not be worked out: the host’s Content-Security-Policy forbids it (worker-src).",
        ),
        (Failure::NoAnalysis(Loss::Ended), "The results could not be worked out: it ended without a word."),
        (Failure::NoAnswer(3), "Task 3 ended without an answer."),
        (Failure::NoClock, "The browser’s clock stands still: there is nothing to measure with."),
        (
            wrong("counter"),
            "The run is void: threads answered “999 increments counted”, not “1000 increments counted”.",
        ),
        (wrong("no-such"), "The run is void: threads answered “b0b0”, not “7e1a”."),
        (
            Failure::Garbled("pool".into()),
            "The page and its worker do not understand each other (pool); reload the page.",
        ),
    ] {
        assert_eq!(words::failure(&failure), sentence);
    }
}

#[test]
fn the_same_can_follow_a_colon() {
    for (failure, clause) in [
        (
            Failure::Unavailable(WhyUnavailable::NeedsOneMemory("counter".into())),
            "all tasks count on one counter, which lies in one memory",
        ),
        (Failure::Lost(Loss::Ended), "A worker was lost: it ended without a word"),
    ] {
        assert_eq!(words::clause(&failure), clause);
    }
}

#[test]
fn every_refusal_of_a_law_is_one_plain_clause() {
    let cases = [
        (
            CannotTell::TooFewCounts { have: 2, need: 3 },
            "it takes 3 different numbers of workers within the claimed cores, and the sweep has 2",
        ),
        (CannotTell::OneSample, "a single sample shows no spread"),
        (CannotTell::Flat, "more workers made no notable difference beyond the noise"),
        (
            CannotTell::TooWide { part: LawParameter::Serial, ci95: [0.049, 0.7] },
            "the samples vary too much, and the serial part may be anything from 5 to 70 %",
        ),
        (
            CannotTell::TooWide { part: LawParameter::Contention, ci95: [0.0, 0.5] },
            "the samples vary too much, and the waiting for one another may be anything from 0 to 50 %",
        ),
        (
            CannotTell::TooWide { part: LawParameter::Coherence, ci95: [0.0, 2.0] },
            "the samples vary too much, and the cost of keeping in step may be anything from 0 to 200 %",
        ),
        (
            CannotTell::PoorFit { residual: 0.234, noise: 0.01 },
            "the times lie 23 % off the nearest curve, so it does not describe them",
        ),
    ];
    for (refusal, sentence) in cases {
        assert_eq!(words::cannot_tell(refusal), sentence);
    }
}

#[test]
fn a_file_that_is_no_report_is_told_so() {
    for (why, sentence) in [
        (Unreadable::NoJson, "This file is no report: it is not JSON."),
        (Unreadable::NoReport, "This file is no report of Lanes: it says nothing of runs on a machine."),
        (Unreadable::Newer(9), "This report is of schema 9, and this page reads up to 2: open it with a newer Lanes."),
        (
            Unreadable::Damaged("missing field `median_ms`".into()),
            "This report cannot be read: missing field `median_ms`.",
        ),
    ] {
        assert_eq!(words::unreadable(&why), sentence);
    }
}
