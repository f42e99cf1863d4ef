//! Where tasks arrive over time, it is said how long nearly all of them took.

use lab::experiment::BASELINE;
use lab::measure::{Quantile, TaskLatency};

use super::made::*;
use super::*;

/// A strategy, and the milliseconds within which it did 99 of 100 requests that arrive one after the other.
type Arriving<'a> = (&'a str, f64);

fn arriving(all: &[Arriving]) -> Vec<Run> {
    let others: Vec<_> = all[1..].iter().map(|(id, _)| (*id, 1, 2_000.0)).collect();
    let mut runs = if all[0].0 == BASELINE { runs(2_000.0, &others) } else { runs_of(&[(all[0].0, 1, 2_000.0)]) };
    for (run, (_, ms)) in runs.iter_mut().zip(all) {
        let within = Quantile { ms: *ms, ci95_ms: Some([ms * 0.98, ms * 1.02]) };
        numbers(run).latency = Some(TaskLatency { p50: within, p95: within, p99: within });
    }
    runs
}

/// All strategies have the same makespan, because the last request arrives at the same time.
#[test]
fn where_tasks_arrive_it_is_said_how_long_they_took() {
    let told = |all: &[Arriving]| {
        let said = verdict("proxy", &arriving(all), &machine());
        said.findings.into_iter().filter(|said| said.rule == "latency").map(|said| said.text).collect::<Vec<_>>()
    };
    let best = "The event loop had 99 of 100 tasks done within 40 ms of their arrival (39 ms to 41 ms)";
    let cases: [(&[Arriving], &[String]); 6] = [
        (&[("blocking", 1_200.0), ("event-loop", 40.0)], &[format!("{best}, and blocking within 1.2 s.")]),
        (&[("blocking", 600.0), ("event-loop", 40.0), ("gil", 900.0)], &[format!("{best}, and blocking within 600 ms.")]),
        (
            &[("blocking", 40.0), ("event-loop", 60.0), ("gil", 90.0)],
            &["Blocking had 99 of 100 tasks done within 40 ms of their arrival (39 ms to 41 ms), and one thread with a GIL \
               within 90 ms."
                .into()],
        ),
        (&[("event-loop", 40.0)], &[format!("{best}.")]),
        (&[("blocking", 43.0), ("event-loop", 40.0)], &[]), // apart, but not by much
        (&[("blocking", 40.0), ("event-loop", 40.0)], &[]),
    ];
    for (all, said) in cases {
        assert_eq!(told(all), said, "{all:?}");
    }
}
