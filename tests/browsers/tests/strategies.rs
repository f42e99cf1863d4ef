//! Every strategy computes every workload correctly, on the page as it is shipped, and its numbers and lanes fit the
//! strategy.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use lab::report::Report;
use serde_json::json;
use strategies::trace::{Cause, Context};
use strategies::{Memory, Scheduling};

use crate::experiments::{STRATEGIES, answers_are_known, busy, known, known_answer, numbers_of, run_of};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    everything_is_offered(&page).await;
    every_answer_is_known(&page).await;
    variants_answer_the_same(&page).await;
    a_counter_counts_in_every_way(&page).await;
    a_sweep_has_a_curve_for_each_strategy(&page).await;
    a_gil_lets_one_thread_run_at_a_time(&page).await;
    numbers_and_lanes_are_there(&page).await;
    waits_overlap_where_they_can(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
    assert_eq!(browser.complaints().await, [""; 0]);
}

async fn everything_is_offered(page: &Page<'_>) {
    let offer = page.capabilities().await.expect("the page is ready");
    assert!(offer.shared_memory);
    assert_eq!(offer.unavailable(), []);
    assert!(offer.strategies.iter().map(|strategy| &strategy.id).eq(&*STRATEGIES), "{offer:?}");
    assert!(offer.workloads.iter().eq(workloads::ALL.iter().map(|workload| workload.info().id)), "{offer:?}");
    assert!(offer.claimed_cores >= 1);
}

/// Where a strategy does not suit a workload, it says why, and the others run.
async fn every_answer_is_known(page: &Page<'_>) {
    for workload in workloads::ALL {
        answers_are_known(&page.run(known(*workload, &STRATEGIES)).await, *workload, &STRATEGIES);
    }
}

/// Variants of strategies: a loop in front of processes, under the key that links used before this strategy had a name
/// of its own, and threads of which some steps need no lock.
async fn variants_answer_the_same(page: &Page<'_>) {
    for workload in ["mandelbrot", "proxy", "sort", "crawler"].map(|id| workloads::find(id).expect("it is one of ours"))
    {
        for (key, value) in [("pool", "processes"), ("release", "50"), ("interval", "100")] {
            let mut experiment = known(workload, &["blocking", "gil", "offload", "offload-gil"]);
            experiment[key] = value.into();
            let report = page.run(experiment).await.unwrap_or_else(|error| panic!("{key}={value}: {error}"));
            let what = format!("{}, {key}={value}", workload.info().id);
            let behind_the_loop = if key == "pool" { "offload-processes" } else { "offload" };
            let ran: Vec<_> = report.runs.iter().map(|run| run.strategy.as_str()).collect();
            assert_eq!(ran, ["blocking", "gil", behind_the_loop, "offload-gil"], "{what}");
            let answer = Some(known_answer(workload));
            assert!(report.runs.iter().all(|run| run.answer == answer), "{what}: {answer:?}, {:?}", report.runs);
        }
    }
}

/// Counters are shared, or one for each task, with padding between them or without: no increment is lost. A strategy
/// that cannot share a counter says so.
async fn a_counter_counts_in_every_way(page: &Page<'_>) {
    let ways = [("atomic", "on"), ("lock", "on"), ("own", "on"), ("own", "off")];
    for (way, padding) in ways {
        let experiment = json!({
            "workload": "counter", "size": 200, "way": way, "padding": padding, "strategies": *STRATEGIES, "workers": 2,
            "samples": 1,
        });
        let report = page.run(experiment).await.unwrap_or_else(|error| panic!("{way}, padding {padding}: {error}"));
        for run in &report.runs {
            let meta = strategies::find(&run.strategy).expect("it is one of ours").meta();
            let alone = meta.memory == Memory::Isolated && way != "own";
            let answer = (!alone).then_some("200000 increments counted");
            assert_eq!(run.answer.as_deref(), answer, "{}, {way}, padding {padding}", run.strategy);
            assert_eq!(run.unavailable.is_some(), alone, "{}, {way}: {:?}", run.strategy, run.unavailable);
        }
    }
}

/// A sweep has a run for each number of workers, and a curve for each strategy that has workers.
async fn a_sweep_has_a_curve_for_each_strategy(page: &Page<'_>) {
    let report = page.run(json!({
        "workload": "grain", "size": 20, "work": 5, "strategies": ["threads", "processes"], "workers": 3, "samples": 2,
        "sweep": true,
    }));
    let report = report.await.expect("a good run");
    let ran: Vec<_> = report.runs.iter().map(|run| (run.strategy.as_str(), run.workers)).collect();
    let sweep = |id| [(id, 1), (id, 2), (id, 3)];
    assert_eq!(ran, [&[("blocking", 1)][..], &sweep("threads"), &sweep("processes")].concat());
    assert!(report.runs.iter().all(|run| run.samples_ms.len() == 2), "{ran:?}");
    let curves: Vec<_> = report.scaling.iter().map(|curve| (curve.strategy.as_str(), curve.points.len())).collect();
    assert_eq!(curves, [("threads", 3), ("processes", 3)]);
}

/// Four threads spin whenever they may, and at most one of them may at any moment.
async fn a_gil_lets_one_thread_run_at_a_time(page: &Page<'_>) {
    let experiment = json!({
        "workload": "activity", "size": 4, "time": 100, "strategies": ["gil"], "workers": 4, "samples": 1,
    });
    let report = page.run(experiment).await.expect("a good run");
    let mut spans: Vec<_> = report.runs[0].lanes.iter().flat_map(|lane| &lane.spans).collect();
    spans.retain(|span| span.cause == Cause::Compute);
    spans.sort_by_key(|span| span.start);
    assert!(spans.len() > 1, "nothing was recorded");
    let tick = (report.machine.timer_resolution_ms * 1000.0).ceil() as u32 + 1;
    for pair in spans.windows(2) {
        assert!(pair[1].start + tick >= pair[0].end, "two at once: {pair:?}");
    }
    let busy = report.runs[0].lanes.iter().filter(|lane| lane.spans.iter().any(|span| span.cause == Cause::Compute));
    assert!(busy.count() > 1, "they take turns");
}

async fn numbers_and_lanes_are_there(page: &Page<'_>) {
    let run = page.start(busy(&STRATEGIES, 5)).await;
    let report = page.outcome(&run).await.expect("a good run");
    let progress = page.progress(&run).await;
    let total = 6 * STRATEGIES.len();
    assert_eq!(progress.first(), Some(&(0, total)), "a cold and five timed samples of each");
    assert_eq!(progress.last(), Some(&(total, total)));
    assert!(progress.is_sorted(), "{progress:?}");
    for run in &report.runs {
        let name = &run.strategy;
        assert_eq!(run.void, None, "{name}");
        assert_eq!(run.samples_ms.len(), 5, "{name}");
        assert!(run.cold_ms.is_some_and(|cold| cold > 0.0), "{name}");
        let numbers = numbers_of(run);
        let (median, interval) = (numbers.median_ms, numbers.ci95_ms);
        let [low, high] = interval.unwrap_or_else(|| panic!("{name} has an interval"));
        assert!((low..=high).contains(&median), "{name}: {median} is outside of {low} to {high}");
        let speedup = numbers.speedup.unwrap_or_else(|| panic!("{name} has a speed-up"));
        assert!(if name == "blocking" { speedup == 1.0 } else { speedup > 0.0 }, "{name}: {speedup}");
        let meta = strategies::find(name).expect("it is one of ours").meta();
        assert_eq!((run.workers, run.lanes.len()), (meta.workers(2), meta.lanes(2)), "{name}");
        assert!(run.lanes.iter().any(|lane| !lane.spans.is_empty()), "{name} has no lane where something happened");
        assert!(!run.heartbeat.is_empty(), "{name}");
    }
    assert!(!report.verdict.findings.is_empty());
}

/// 25 waits of 40 ms: one after the other under blocking; two at a time with two workers that block while they wait,
/// with a GIL or without; many at once where a loop holds them. Waits are counted and not timed, because machines that
/// run tests are busy.
async fn waits_overlap_where_they_can(page: &Page<'_>) {
    let experiment = json!({
        "workload": "proxy", "size": 25, "wait": 40, "strategies": *STRATEGIES, "workers": 2, "samples": 1,
    });
    let report = page.run(experiment).await.expect("a good run");
    let under_way = |strategy| numbers_of(run_of(&report, strategy)).under_way.expect("all was recorded").value;
    assert!(under_way("blocking") < 1.01, "blocking: {}", under_way("blocking"));
    for strategy in ["event-loop", "actors", "async-pool", "offload", "offload-gil", "offload-processes"] {
        assert!(under_way(strategy) > 4.0, "{strategy}: {}", under_way(strategy));
    }
    for strategy in ["threads", "processes", "gil"] {
        let at_once = under_way(strategy);
        assert!((1.3..2.01).contains(&at_once), "{strategy} with two workers: {at_once}");
    }
    every_lane_has_its_share(&report);
}

/// A worker that blocks while it waits leaves the other tasks to the other workers, and an actor gets its fixed share,
/// so their lanes are all used. Workers behind a loop get only tasks that are worth sending, which none of these is. In
/// a pool whose tasks hold no thread, the first worker that is awake may do everything.
fn every_lane_has_its_share(report: &Report) {
    for run in &report.runs {
        let (idle, busy): (Vec<_>, Vec<_>) = run.lanes.iter().partition(|lane| lane.spans.is_empty());
        let meta = strategies::find(&run.strategy).expect("it is one of ours").meta();
        if meta.front {
            let [only] = busy[..] else { panic!("{}: {busy:?}", run.strategy) };
            assert_eq!(only.lane().context, Context::Loop, "{}", run.strategy);
            assert!(only.spans.iter().any(|span| span.cause == Cause::Compute), "{}: {only:?}", run.strategy);
        } else if (meta.scheduling, meta.memory) == (Scheduling::Cooperative, Memory::Shared) {
            assert!(!busy.is_empty(), "{}: {idle:?}", run.strategy);
        } else {
            assert!(idle.is_empty(), "{}: {idle:?}", run.strategy);
        }
    }
}
