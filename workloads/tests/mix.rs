//! The mix does what it was asked to, part by part: in order, as long and as much, where and when.

mod sequential;

use std::sync::Arc;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use sequential::{answers, run};
use workloads::{NEXT_TO_NOTHING, Params, Step, StepKind, USUAL_STEP, Workload, spread};

const SEED: u64 = 7;

fn mix() -> &'static dyn Workload {
    workloads::find("mix").expect("it is registered")
}

/// Parameters with these parts alone: what each is, its median, and its 95th percentile.
fn params(parts: &[(&str, u32, u32)], others: &[(&str, u32)]) -> Params {
    let mut params = Params::defaults(mix().info());
    let mut set = |key: &str, value| params.set(key, value).unwrap_or_else(|error| panic!("{key}={value}: {error:?}"));
    for place in 0..4 {
        let (kind, median, tail) = parts.get(place).copied().unwrap_or(("none", 0, 100));
        let of = |key: &str| format!("{key}{}", place + 1);
        let param = mix().info().params.iter().find(|param| param.key == of("part")).expect("there are four");
        set(&of("part"), param.value(kind).expect("it is a kind"));
        set(&of("amount"), median);
        set(&of("tail"), tail);
    }
    others.iter().for_each(|(key, value)| set(key, *value));
    params
}

/// The steps of a unit: the kind that was announced, and the outcome.
fn steps(params: &Params, index: usize) -> Vec<(StepKind, Step)> {
    let input = mix().input(params, SEED, 0, index, &[]);
    let mut task = mix().task(params, SEED, 0, index, &input);
    let mut steps = Vec::new();
    while !matches!(steps.last(), Some((_, Step::Done(_)))) {
        let kind = task.next();
        steps.push((kind, task.step(Duration::ZERO)));
    }
    steps
}

fn micros(micros: u64) -> Duration {
    Duration::from_micros(micros)
}

#[test]
fn parts_come_in_order_and_each_is_of_its_kind() {
    let parts = [("interpreted", 300, 100), ("waits", 700, 100), ("moves", 1_920, 100), ("compiled", 400, 100)];
    let mut found = steps(&params(&parts, &[]), 0);
    let Some((StepKind::Released, Step::Done(_))) = found.pop() else { panic!("the last part ends the unit") };
    let keep = |kind, count| vec![(kind, Step::Keep); count];
    let expected = [
        keep(StepKind::Heavy, 3),
        vec![(StepKind::Light, Step::Wait(micros(700)))],
        keep(StepKind::Released, 2 + 3), // and the fourth was the last
    ];
    assert_eq!(found, expected.concat());
}

#[test]
fn what_computes_next_to_nothing_is_light() {
    let most = NEXT_TO_NOTHING.as_micros() as u32;
    for (kind, beyond) in [("interpreted", StepKind::Heavy), ("compiled", StepKind::Released)] {
        // by the median, however long the longest are
        let kinds = |amount| steps(&params(&[(kind, amount, 2_000)], &[]), 3).into_iter().map(|(kind, _)| kind);
        assert!(kinds(most).all(|kind| kind == StepKind::Light), "{kind}");
        assert!(kinds(most + 1).all(|found| found == beyond), "{kind}");
    }
}

#[test]
fn a_unit_of_nothing_is_done_at_once() {
    for parts in [&[][..], &[("waits", 0, 100), ("moves", 0, 300)]] {
        let params = params(parts, &[]);
        assert!(matches!(steps(&params, 0)[..], [(StepKind::Light, Step::Done(_))]));
        assert_eq!((mix().waits(&params), mix().computes(&params)), (Duration::ZERO, Duration::ZERO));
    }
}

#[test]
fn a_unit_arrives_when_it_is_due_and_does_nothing_before() {
    let parts = [("interpreted", 1_000, 100)];
    let params = params(&parts, &[("every", 3)]);
    for index in [0, 1, 39] {
        let first = steps(&params, index).remove(0);
        assert_eq!(first, (StepKind::Light, Step::WaitUntil(Duration::from_millis(3) * index as u32)));
    }
    assert_eq!(mix().waits(&params), Duration::from_millis(3 * 39));
}

/// Work that is done one unit after the other falls behind, or waits for the last to arrive.
#[test]
fn waits_and_arrivals_are_one_after_the_other() {
    for (every, wait) in [(3, 5_000), (5, 3_000), (0, 3_000)] {
        let params = params(&[("waits", wait, 100)], &[("every", every), ("size", 10)]);
        let waited: Duration = run(mix(), &params, SEED, |step| step()).iter().flat_map(|steps| &steps.waits).sum();
        assert_eq!(mix().waits(&params), waited, "every {every} ms, {wait} µs");
    }
}

/// A model asks `spread` for the same numbers: whole microseconds, shuffled part by part.
#[test]
fn waits_are_those_that_anybody_can_draw() {
    let (size, parts) = (25, [("waits", 800, 300), ("none", 0, 100), ("waits", 2_000, 150)]);
    let params = params(&parts, &[("size", size)]);
    let draws = |part: usize| {
        let (_, median, tail) = parts[part];
        let median = f64::from(median);
        let amounts = spread::draws(median, median * f64::from(tail) / 100.0, size as usize, SEED, part);
        amounts.into_iter().map(|amount| micros(amount.round() as u64)).collect::<Vec<_>>()
    };
    let (first, third) = (draws(0), draws(2));
    for (unit, steps) in run(mix(), &params, SEED, |step| step()).into_iter().enumerate() {
        assert_eq!(steps.waits, [first[unit], third[unit]], "unit {unit}");
    }
    assert_eq!(mix().waits(&params), first.iter().chain(&third).sum());
}

#[test]
fn steps_are_as_many_as_what_was_drawn_takes() {
    let (size, median, tail) = (30, 2_000, 200);
    let params = params(&[("compiled", median, tail)], &[("size", size)]);
    let median = f64::from(median);
    let drawn = spread::draws(median, median * f64::from(tail) / 100.0, size as usize, SEED, 0);
    for (unit, amount) in drawn.into_iter().enumerate() {
        let usual = (amount.round() / USUAL_STEP.as_micros() as f64).round() as usize;
        assert_eq!(steps(&params, unit).len(), usual, "unit {unit}: {amount} µs");
    }
}

#[test]
fn data_comes_and_goes() {
    let parts = [("interpreted", 300, 100)];
    let of = |kilobytes| params(&parts, &[("size", 2), ("in", kilobytes), ("out", kilobytes)]);
    for kilobytes in [0, 1, 199, 200, 201, 3_000] {
        let params = of(kilobytes);
        let taken: usize = mix().input(&params, SEED, 0, 0, &[]).iter().map(|part| part.len()).sum();
        assert_eq!(taken, kilobytes as usize * 1000);
        let given = &answers(mix(), &params, SEED)[0];
        assert_eq!(given.len(), taken.max(4));
        assert!(given.chunks(4).all(|four| four == &given[..4]), "{kilobytes} kB: one checksum over and over");
        assert!(steps(&params, 0).iter().all(|(kind, _)| *kind == StepKind::Heavy), "made where it was computed");
    }
}

#[test]
fn input_is_shared_and_one_that_is_lost_is_seen() {
    let params = params(&[("interpreted", 300, 100)], &[("in", 1_000)]);
    let [one, other] = [0, 1].map(|index| mix().input(&params, SEED, 0, index, &[]));
    assert!(Arc::ptr_eq(&one[0], &other[0]));
    let mut lost = mix().task(&params, SEED, 0, 0, &one[1..]);
    let left = loop {
        if let Step::Done(answer) = lost.step(Duration::ZERO) {
            break answer;
        }
    };
    assert_ne!(left, *answers(mix(), &params, SEED)[0]);
}

/// A page's memory is limited.
#[test]
fn much_data_is_shared_out() {
    let params = params(&[], &[("size", 2_000), ("in", 65_536), ("out", 65_536)]);
    let taken: usize = mix().input(&params, SEED, 0, 0, &[]).iter().map(|part| part.len()).sum();
    let all = answers(mix(), &params, SEED);
    assert_eq!([taken, all[0].len()], [64_000; 2]);
    let facts = mix().answer(&params, &all).facts;
    assert!(facts.contains(&("taken".into(), 128_000)) && facts.contains(&("given".into(), 128_000)), "{facts:?}");
}

#[test]
fn traffic_is_told_where_it_is_what_takes_the_time() {
    let of = |computing| params(&[("moves", 9_600, 100), ("compiled", computing, 100)], &[("size", 10)]);
    let (moving, computing) = (mix().traffic(&of(900)), mix().traffic(&of(1_100)));
    assert!((moving / 96e6 - 1.0).abs() < 1e-3, "{moving}");
    assert_eq!(computing, 0.0);
}

/// Even where each unit moves so little that it has only one step. As in the contract's test of steps, only the
/// thread's own CPU time counts, and the shortest of several times.
#[test]
fn moving_takes_about_a_tenth_of_a_millisecond_a_step() {
    let params = params(&[("moves", 960, 100)], &[("size", 400)]);
    let computed = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("it is not negative");
    let each = |_| {
        let began = computed();
        let count: usize = run(mix(), &params, SEED, |step| step()).iter().map(|steps| steps.count).sum();
        assert_eq!(count, 400);
        (computed() - began) / count as u32
    };
    let each = (0..5).map(each).min().expect("there were five runs");
    assert!((USUAL_STEP / 4..USUAL_STEP * 3).contains(&each), "{each:?}");
}
