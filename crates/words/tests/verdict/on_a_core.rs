//! Which lanes were on a core, when, and what may be said of that.

use super::made::*;
use super::*;

#[test]
fn in_parallel_is_told_only_where_it_was_seen() {
    let case = |at_once: Option<(f64, f64)>| {
        let mut run = runs(100.0, &[("threads", 2, 78.0)]);
        match at_once {
            Some((at_once, off)) => had(&mut run[1], at_once, off),
            None => numbers(&mut run[1]).parallelism = None,
        }
        let first = verdict("mandelbrot", &run, &machine()).findings.remove(0);
        (first.rule, first.text)
    };
    let sooner = "Two threads ran 1.3 times as fast as blocking (1.3 to 1.3) and the page never stopped";
    assert_eq!(case(Some((1.95, 0.0))), ("parallel-speed-up".into(), format!("{sooner}.")));
    let share = ", by getting a larger share of a busy core: two hardly ever computed at once.";
    assert_eq!(case(Some((1.05, 0.4))), ("larger-share".into(), format!("{sooner}{share}")));
    assert_eq!(case(None), ("sooner".into(), format!("{sooner}.")), "neither claimed nor denied");
    assert_eq!(case(Some((1.3, 0.2))), ("sooner".into(), format!("{sooner}.")), "too close to tell");
}

#[test]
fn more_workers_than_cores_are_told_what_they_had() {
    let mut run = runs(100.0, &[("threads", 4, 52.0), ("gil", 4, 104.0)]);
    had(&mut run[1], 1.98, 0.5);
    had(&mut run[2], 1.01, 0.2);
    let said = texts_of_findings("mandelbrot", &run);
    let told: Vec<_> = said.iter().filter(|said| said.contains("between them")).collect();
    assert_eq!(
        told,
        ["Four threads had 1.98 cores between them, in turns of 4.0 ms."],
        "who takes turns by a lock has a lock"
    );
}

/// Lost time is not heat.
#[test]
fn a_core_lost_in_the_end_does_not_slow_the_machine_down() {
    let mut run = runs(100.0, &[("threads", 2, 52.0)]);
    run[0].samples_ms = vec![100.0, 104.0, 108.0, 112.0, 118.0, 122.0, 128.0];
    let caveats = |run: &[Run]| rules(&verdict("mandelbrot", run, &machine()).caveats).join(" ");
    assert!(caveats(&run).contains("slowed-down"));
    let lost: Vec<_> = run[0].samples_ms.iter().map(|ms| 1.0 - 100.0 / ms).collect();
    numbers(&mut run[0]).samples_off_core = lost;
    assert!(!caveats(&run).contains("slowed-down"));
}

/// A machine that stands still for 60 of every 100 ms can do so three times in each sample of one strategy and twice in
/// each of the other: both computed for 100 ms.
#[test]
fn who_had_a_core_for_more_of_the_time_gained_nothing_by_itself() {
    let mut run = runs(287.0, &[("gil", 2, 226.0)]);
    let told = |run: &[Run]| texts(verdict("raytrace", run, &machine()).caveats).join(" ");
    let unexplained = "Two threads with a GIL took less time than blocking, though nothing ran in parallel";
    assert!(told(&run).contains(unexplained), "{}", told(&run));
    for (at, computed) in [(0, 100.0), (1, 101.0)] {
        let lost: Vec<_> = run[at].samples_ms.iter().map(|ms| 1.0 - computed / ms).collect();
        numbers(&mut run[at]).samples_off_core = lost;
    }
    let of_cores = "Two threads with a GIL took less time than blocking because they had a core for more of the time: both computed for equally long.";
    assert!(told(&run).contains(of_cores), "{}", told(&run));
    numbers(&mut run[0]).samples_off_core = vec![0.0; 7]; // blocking computed for longer
    assert!(told(&run).contains(unexplained), "{}", told(&run));
}
