//! A report's English texts, which decks read beside its data: filled in where data are there, left alone where not.

use lab::experiment::{ClaimedCores, from_query};
use lab::report::{Machine, Report};
use lab::run::Series;
use strategies::trace::{Cause, Context, Trace, TraceBuilder};
use strategies::{Failure, Isolation, Loss};
use words::{Catalogue, every_text, pseudo, speak};
use workloads::Summary;

fn trace(workers: u32, makespan: u32) -> Trace {
    let lane = |trace: TraceBuilder, at| trace.lane(Context::Thread(at), &[(0, makespan, at, Cause::Compute)]);
    let beats: &[u32] = if workers == 1 { &[152_400] } else { &[20_000, 40_000, 60_000, 80_000] };
    (0..workers).fold(TraceBuilder::new(), lane).beats(beats).build()
}

fn run() -> [Series; 3] {
    let of = |id: &str, workers: u32, makespan: u32, startup_ms: f64| Series {
        startup_ms,
        samples: vec![trace(workers, makespan); 3],
        answer: Some(Summary::default().with("increments", 10_000_u64)),
        ..Series::new(strategies::find(id).expect("registered"), workers as usize)
    };
    let processes = strategies::find("processes").expect("registered");
    let refusal = Failure::NotStarted { process: None, why: Loss::Ended };
    [of("blocking", 1, 152_000, 0.0), of("threads", 2, 80_000, 35.0), Series::unavailable(processes, 2, refusal)]
}

fn report(hidden: bool) -> Report {
    let (experiment, ..) = from_query("workload=counter&strategies=blocking,threads,processes", ClaimedCores(2));
    let machine = Machine {
        claimed_cores: 2,
        isolation: Isolation::Headers.into(),
        timer_resolution_ms: 0.02,
        engine: "Gecko 140".into(),
        calibration_ms: Some([5.0, 5.1]),
        out_of_view: false,
        on_battery: None,
        hidden,
        another_instance: None,
    };
    let mut report = Report::of(&experiment, machine, None, &run());
    words::tell(&mut report);
    report
}

fn texts(report: &Report) -> [Vec<&str>; 2] {
    let verdict = &report.verdict;
    [&verdict.findings, &verdict.caveats].map(|said| said.iter().map(|finding| finding.text.as_str()).collect())
}

#[test]
fn what_decks_read_is_there_in_english() {
    let report = report(false);
    assert_eq!(
        texts(&report),
        [
            vec![
                "Two threads ran 1.9 times as fast as blocking (1.9 to 1.9) and the page never stopped.",
                "While blocking ran, the page froze for 152 ms.",
                "Processes are unavailable: A worker could not be started: it ended without a word.",
            ],
            vec!["Not counted in the times: starting two threads (35 ms)."],
        ]
    );
    let [blocking, threads, processes] = &report.runs[..] else { panic!("three were asked for") };
    assert_eq!(blocking.answer.as_deref(), Some("10000 increments counted"));
    assert_eq!(threads.answer, blocking.answer);
    assert_eq!(processes.unavailable.as_deref(), Some("A worker could not be started: it ended without a word"));
    assert_eq!((processes.answer.as_deref(), threads.unavailable.as_deref()), (None, None));
    assert!(report.runs.iter().all(|run| run.void.is_none()));
    assert_eq!(report.machine.isolation.how, "cross-origin isolated, by the server's headers");
}

#[test]
fn a_hidden_run_says_that_it_is_void() {
    let report = report(true);
    let void: Vec<_> = report.runs.iter().map(|run| run.void.as_deref()).collect();
    assert_eq!(void, [Some("the tab was hidden during the run"), Some("the tab was hidden during the run"), None]);
    let hidden = "The tab was hidden during the run, and browsers slow hidden tabs down: all times are void.";
    assert_eq!(texts(&report)[1], [hidden]);
    assert_eq!(words::headline(&report.verdict).0, hidden);
}

/// Programs read these, so they are English whatever the page speaks; what is shown is not.
#[test]
fn texts_are_english_whatever_the_page_speaks() {
    let english = report(false);
    speak(Some(Catalogue::read(&Catalogue::write(every_text().into_iter().map(|(key, text)| (key, pseudo(&text)))))));
    let told = report(false);
    let (headline, of) = words::headline(&told.verdict);
    speak(None);
    assert_eq!(told, english);
    assert!(headline.starts_with('['), "{headline}");
    assert_eq!(of, told.verdict.findings.first());
}

#[test]
fn a_report_without_findings_is_done() {
    let mut report = report(false);
    (report.verdict.findings, report.verdict.caveats) = (vec![], vec![]);
    assert_eq!(words::headline(&report.verdict), ("Done.".into(), None));
}
