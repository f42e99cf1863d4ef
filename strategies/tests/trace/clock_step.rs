//! The usual large step of clocks that are coarse, noisy, uneven, or stand still, seen by a thread that may be off its
//! core.

use std::cell::Cell;

use proptest::prelude::*;
use strategies::trace::{STANDS_STILL, clock_step};

/// A clock that is read every `look` milliseconds, and shows the true time as `shown` maps it.
fn looked_at(look: f64, shown: impl Fn(f64) -> f64) -> f64 {
    let time = Cell::new(1234.5);
    clock_step(|| {
        time.set(time.get() + look);
        shown(time.get())
    })
}

fn floored(time: f64, step: f64) -> f64 {
    (time / step).floor() * step
}

/// Numbers from 0 to 1, the same each time.
fn random() -> impl Fn() -> f64 {
    let state = Cell::new(0x9e37_79b9_7f4a_7c15_u64);
    move || {
        let mut next = state.get();
        next ^= next << 13;
        next ^= next >> 7;
        next ^= next << 17;
        state.set(next);
        (next >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn an_even_clock_moves_in_its_step() {
    for step in [0.005, 0.02, 0.1, 1.0, 16.667, 25.0, 60.0, 100.0] {
        assert_eq!(looked_at(0.0002, |time| floored(time, step)), step);
    }
}

#[test]
fn a_clock_that_moves_at_every_look_has_the_step_of_a_look() {
    assert_eq!(looked_at(0.003, |time| time), 0.003);
}

/// Firefox and Chromium shift where steps are, each by its own amount; their lengths stay those of one or two steps.
#[test]
fn a_clock_whose_steps_come_early_or_late_has_the_same() {
    let edge = |at: f64| (at * 12.9898).sin().abs();
    for step in [0.1, 1.0, 16.667] {
        let shown = |time: f64| {
            let at = (time / step).floor();
            if time / step - at > edge(at) { (at + 1.0) * step } else { at * step }
        };
        assert_eq!(looked_at(0.0002, shown), step);
    }
}

/// Small steps take no time beside one large step among many of them.
#[test]
fn uneven_steps_count_as_the_usual_large_one() {
    let sometimes = looked_at(0.0002, |time| floored(time, 60.0) + floored(time % 60.0, 20.0).min(20.0) / 10.0);
    assert!((56.0..=60.0).contains(&sometimes), "{sometimes}");
    let random = random();
    let latest = Cell::new(0.0_f64);
    let never_back = |time: f64| {
        latest.set(latest.get().max(floored(time, 60.0) + 5.0 * random()));
        latest.get()
    };
    let told = looked_at(0.0002, never_back);
    assert!((54.0..=60.0).contains(&told), "{told}");
}

#[test]
fn a_clock_that_stands_still_or_tells_no_time_is_not_waited_for_for_ever() {
    assert_eq!(clock_step(|| 5.0), STANDS_STILL);
    assert_eq!(clock_step(|| f64::NAN), STANDS_STILL);
    let time = Cell::new(0.0);
    let backwards = || time.replace(time.get() - 1.0);
    assert_eq!(clock_step(backwards), STANDS_STILL);
    let stopping = looked_at(0.0002, |time| floored(time.min(1250.0), 1.0));
    assert_eq!(stopping, 1.0, "it did move for a while");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// On a machine with a third of the cores that it needs, a thread is off its core for two of three milliseconds.
    #[test]
    fn a_thread_that_is_off_its_core_does_not_make_a_clock_coarse(
        step in prop::sample::select(vec![0.005, 0.02, 0.1]),
        turn in 2.0f64..4.0,
        others in 0.0f64..2.0,
        first in 0.0f64..4.0,
    ) {
        let look = 0.0002;
        let time = Cell::new(1234.5);
        let on_core = Cell::new(first);
        let told = clock_step(|| {
            time.set(time.get() + look);
            on_core.set(on_core.get() + look);
            if on_core.get() > turn {
                on_core.set(0.0);
                time.set(time.get() + others * turn);
            }
            floored(time.get(), step)
        });
        prop_assert!((told - step).abs() < 0.0011, "{} instead of {}", told, step);
    }

    /// With noise below its step two stamps are off by two steps at most: that is what the step is used for.
    #[test]
    fn twice_the_step_of_a_noisy_clock_is_as_much_as_two_stamps_are_off(
        step in 5.0f64..120.0,
        part in 0.02f64..0.9,
    ) {
        let random = random();
        let told = looked_at(0.001, |time| floored(time, step) + part * step * random());
        prop_assert!(2.0 * told >= 0.98 * step * (1.0 + part), "{} of {} with {} of noise", told, step, part * step);
        prop_assert!(told <= 1.9 * step, "{} of {} with {} of noise", told, step, part * step);
    }
}
