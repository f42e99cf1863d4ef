//! What is said of a sweep: the best number of workers, where the gain ends, and the laws.

use super::made::*;
use super::*;

/// The findings and the caveats of a sweep of steady samples: blocking takes 200 ms, and the strategy `time` times as
/// long with each number of workers.
fn said(
    query: &str,
    strategy: &str,
    workers: &[usize],
    time: impl Fn(f64) -> f64,
    claimed_cores: usize,
) -> (Vec<String>, Vec<String>) {
    let points: Vec<_> = workers.iter().map(|workers| (*workers, steady(200.0 * time(*workers as f64)))).collect();
    let (runs, curves) = sweep(strategy, &steady(200.0), &points, claimed_cores);
    let machine = Machine { claimed_cores, ..machine() };
    let verdict = judge(query, &runs, &curves, &machine);
    (texts(verdict.findings), texts(verdict.caveats))
}

fn amdahl(serial: f64) -> impl Fn(f64) -> f64 {
    move |workers| serial + (1.0 - serial) / workers
}

#[test]
fn the_best_number_comes_first_then_where_the_gain_ends_and_the_law() {
    let eight_cores = |workers: f64| amdahl(0.1)(workers.min(8.0));
    let (findings, caveats) = said("mandelbrot", "threads", &[1, 2, 3, 4, 6, 8, 12], eight_cores, 8);
    assert_eq!(
        findings,
        [
            "Eight threads ran 4.7 times as fast as blocking (4.6 to 4.8) and the page never stopped.",
            "Eight threads are enough for this work here: further ones brought next to nothing, on eight claimed cores.",
            "Eight threads gained less than the possible eight times: shared memory, a lock, shared cores or a serial part may be why.",
            "By Amdahl’s law, 10 % (9.7 to 10) of the work under threads cannot be shared, so no number of workers \
             is more than 10 times as fast.",
        ]
    );
    assert_eq!(caveats, Vec::<String>::new());
}

#[test]
fn two_cores_tell_where_the_gain_ends_but_no_law() {
    let (findings, caveats) = said("mandelbrot", "threads", &[1, 2, 3, 4], |workers| 1.0 / workers.min(2.0), 2);
    assert_eq!(
        findings,
        [
            "Two threads ran 2.0 times as fast as blocking (2.0 to 2.0) and the page never stopped.",
            "Two threads are enough for this work here: further ones brought next to nothing, on two claimed cores.",
        ]
    );
    assert_eq!(
        caveats,
        [
            "No law of scaling can be determined for threads: it takes 3 different numbers of workers within the claimed \
             cores, and the sweep has 2.",
        ]
    );
}

#[test]
fn a_law_that_cannot_be_told_beside_one_that_can_is_told_so() {
    let (findings, caveats) = said("mandelbrot", "threads", &[1, 2, 3], amdahl(0.1), 3);
    assert!(findings.iter().any(|said| said.starts_with("By Amdahl’s law, 10 %")), "{findings:?}");
    assert_eq!(
        caveats,
        [
            "Gunther’s law cannot be determined for threads: it takes 4 different numbers of workers within the claimed cores, and \
          the sweep has 3."
        ]
    );
}

#[test]
fn workers_that_cost_more_than_they_bring_have_a_best_number() {
    let usl = |workers: f64| (1.0 + 0.05 * (workers - 1.0) + 0.02 * workers * (workers - 1.0)) / workers;
    let (findings, caveats) = said("mandelbrot", "processes", &[1, 2, 3, 4, 6, 8, 12, 16], usl, 16);
    let law = findings.iter().find(|said| said.starts_with("By Gunther’s law")).expect("it is clear");
    assert_eq!(
        law,
        "By Gunther’s law, processes would be soonest with about 7 workers (7 to 7): more cost more than they bring."
    );
    assert!(!findings.iter().any(|said| said.contains("Amdahl")), "it does not describe them: {findings:?}");
    assert!(caveats[0].starts_with("Amdahl’s law cannot be determined for processes: the times lie"), "{caveats:?}");
}

/// Where nothing is serial, the samples only give an upper limit of the serial part.
#[test]
fn a_serial_part_that_may_be_none_is_told_by_its_limit() {
    let (findings, _) = said("mandelbrot", "threads", &[1, 2, 3, 4, 6, 8], amdahl(0.0), 8);
    let law = findings.iter().find(|said| said.starts_with("By Amdahl’s law")).expect("it is clear");
    assert_eq!(law, "By Amdahl’s law, at most 0.2 % of the work under threads cannot be shared.");
}

/// Noise may hide where exactly the gain ends.
#[test]
fn an_end_of_the_gain_that_is_not_clear_is_told_with_its_interval() {
    let noisy = |middle: f64| [-9, 4, 8, -6, 1, 6, -2].map(|step| middle * (1.0 + f64::from(step) * 0.005)).to_vec();
    let points = [1, 2, 4, 5, 6, 8, 12].map(|n: usize| (n, noisy(200.0 * amdahl(0.1)(n.min(6) as f64))));
    let (runs, curves) = sweep("threads", &noisy(200.0), &points, 12);
    let machine = Machine { claimed_cores: 12, ..machine() };
    let findings = texts(judge("mandelbrot", &runs, &curves, &machine).findings);
    let end = findings.iter().find(|said| said.contains("further ones brought next to nothing")).expect("it ends");
    assert_eq!(
        end,
        "Six threads (6 to 8) are enough for this work here: further ones brought next to nothing, on twelve claimed cores."
    );
}

/// Every sweep answers how many workers to take, with its interval.
#[test]
fn every_sweep_says_how_many_workers_are_enough() {
    let eight = [1, 2, 3, 4, 5, 6, 7, 8];
    let linear = |workers: f64| 1.0 / workers;
    let up_to = |cores: f64| move |workers: f64| 1.0 / workers.min(cores);
    let retrograde = |workers: f64| (1.0 + 0.1 * (workers - 1.0) + 0.03 * workers * (workers - 1.0)) / workers;
    let about = |said: (Vec<String>, _)| said.0.into_iter().find(|said| said.contains("for this work here"));
    let enough = |time: &dyn Fn(f64) -> f64, cores| about(said("mandelbrot", "threads", &eight, time, cores));
    let text = |said: &str| Some(said.to_owned());
    assert_eq!(enough(&linear, 8), text("Take eight threads or more for this work here: no more than 8 were tried."));
    assert_eq!(
        enough(&up_to(2.0), 2),
        text("Two threads are enough for this work here: further ones brought next to nothing, on two claimed cores.")
    );
    assert_eq!(
        enough(&retrograde, 8),
        text(
            "Four threads (4 to 5) are enough for this work here: further ones brought next to nothing, on eight claimed cores."
        )
    );
    assert_eq!(
        enough(&up_to(1.0), 1),
        text("One thread is enough for this work here: further ones brought next to nothing, on one claimed core.")
    );
    assert_eq!(
        enough(&up_to(4.0), 2),
        text("Four threads are enough for this work here, which is more than two claimed cores.")
    );
}

/// If samples differ by more than the numbers of workers do, no number of workers is recommended.
#[test]
fn noise_says_that_it_is_not_clear_how_many_are_enough() {
    let noisy = |middle: f64| [-9, 4, 8, -6, 1, 6, -2].map(|step| middle * (1.0 + f64::from(step) * 0.06)).to_vec();
    let points = [1, 2, 3, 4, 5, 6].map(|n: usize| (n, noisy(200.0 * amdahl(0.6)(n as f64))));
    let (runs, curves) = sweep("threads", &noisy(200.0), &points, 6);
    let findings = texts(judge("mandelbrot", &runs, &curves, &Machine { claimed_cores: 6, ..machine() }).findings);
    let said = findings.iter().find(|said| said.contains("for this work here")).expect("each sweep has an answer");
    assert!(
        said.starts_with("It is not clear how many workers under threads are enough for this work here: "),
        "{said}"
    );
}

#[test]
fn a_machine_with_more_cores_than_it_claims_is_told_so() {
    let (findings, _) = said("mandelbrot", "threads", &[1, 2, 3, 4, 8], |workers| 1.0 / workers, 2);
    assert!(
        findings.contains(
            &"Threads still gained by more workers than two claimed cores: take eight threads or more.".into()
        ),
        "{findings:?}"
    );
}

#[test]
fn what_takes_turns_or_waits_says_nothing_about_cores() {
    let (findings, caveats) = said("mandelbrot", "gil", &[1, 2, 4], |_| 1.01, 4);
    assert_eq!(
        findings,
        ["Four threads with a GIL took turns and finished no sooner than blocking (0.98 to 1.01 times the speed)."]
    );
    assert_eq!(caveats, Vec::<String>::new());

    let (findings, caveats) = said("proxy", "threads", &[1, 2, 4, 8], |workers| 1.0 / workers, 2);
    assert_eq!(
        findings,
        [
            "Eight threads waited side by side and ran 8.0 times as fast as blocking (7.9 to 8.1).",
            "Take eight threads or more for this work here: no more than 8 were tried.",
        ]
    );
    assert_eq!(caveats, Vec::<String>::new());

    let (findings, _) = said("hash-chain", "threads", &[1, 2, 4], |_| 1.0, 4);
    assert!(findings[0].starts_with("This work is one chain of steps"), "{findings:?}");
    assert!(!findings.iter().any(|said| said.contains("cores") || said.contains("law")), "{findings:?}");
}

#[test]
fn each_strategy_of_a_sweep_is_told_of_once() {
    let points = |cost: f64| [1, 2, 3, 4].map(|workers: usize| (workers, steady(200.0 * cost / workers.min(2) as f64)));
    let (mut run, mut curves) = sweep("threads", &steady(200.0), &points(1.0), 2);
    let (others, other_curves) = sweep("processes", &steady(200.0), &points(1.3), 2);
    run.extend(others.into_iter().skip(1));
    run.iter_mut().skip(1).for_each(|own| own.startup_ms = Some(3.0));
    curves.extend(other_curves);
    let said = judge("mandelbrot", &run, &curves, &machine());
    let (findings, caveats) = (texts(said.findings), texts(said.caveats));
    assert_eq!(findings.iter().filter(|said| said.contains("times as fast")).count(), 2, "{findings:?}");
    let apart = caveats.iter().find(|said| said.starts_with("Not counted")).unwrap();
    assert_eq!(apart.matches("starting").count(), 2, "{apart}");
}
