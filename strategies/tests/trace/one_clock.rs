//! Clocks are compared by messages there and back, however long these take; clocks that may agree are left alone.

use proptest::prelude::*;
use strategies::trace::{Cause, ClockReading, Context, TraceBuilder, ask_again, offset};

/// An exchange at time `at` with a clock that is behind by `behind`; the message takes `there` one way, and `back` the
/// other.
fn exchange(at: f64, behind: f64, there: f64, back: f64) -> ClockReading {
    ClockReading { sent: at, theirs: at + there - behind, received: at + there + back }
}

#[test]
fn nobody_asked_means_nothing_is_off() {
    assert_eq!(offset(&[], 0.005), 0.0);
}

#[test]
fn clocks_that_slept_apart_have_come_apart() {
    let apart = |behind: f64, there: f64, back: f64| exchange(0.0, behind, there, back).apart(0.02);
    assert!((apart(-2000.0, 0.1, 0.1) - 1999.86).abs() < 1e-9 && (apart(40.0, 0.1, 0.2) - 39.86).abs() < 1e-9);
    assert_eq!([apart(0.4, 0.1, 0.1), apart(-3.0, 0.1, 0.1)], [0.0; 2], "that is how well they were set");
    assert_eq!([apart(0.4, 0.1, 60.0), apart(-2.0, 90.0, 0.3)], [0.0; 2], "a late answer says little");
}

/// Three times; on a busy machine, until a round trip was short enough.
#[test]
fn nobody_is_asked_more_often_than_it_helps() {
    let asked = |behind: f64, trip: f64| {
        let mut exchanges = Vec::new();
        while ask_again(&exchanges, 0.02) {
            exchanges.push(exchange(0.0, behind, trip / 2.0, trip / 2.0));
        }
        exchanges.len()
    };
    assert_eq!([asked(0.0, 0.2), asked(0.0, 3.0), asked(60.0, 0.2)], [3; 3]);
    assert_eq!([asked(0.0, 30.0), asked(60.0, 3.0), asked(60.0, 30.0)], [12; 3]);
}

/// The first three answers are so late that the clocks may agree, as far as these show.
#[test]
fn a_clock_that_is_off_is_seen_as_soon_as_the_machine_has_time() {
    let trips = [700.0, 130.0, 125.0, 140.0, 0.4, 0.2];
    let mut exchanges = Vec::new();
    while ask_again(&exchanges, 0.02) {
        let trip: f64 = trips[exchanges.len()];
        exchanges.push(exchange(0.0, 60.0, trip / 2.0, trip / 2.0));
    }
    assert_eq!(exchanges.len(), 5, "no more than it takes");
    assert!((offset(&exchanges, 0.02) - 60.0).abs() < 0.3);
}

#[test]
fn a_lane_lies_within_its_sample() {
    let spans = [(0, 40, 0, Cause::Compute), (40, 90, 1, Cause::Compute), (95, 99, 2, Cause::Transfer)];
    let lane = TraceBuilder::new().lane(Context::Process(0), &spans).build().lanes.remove(0).within(60);
    assert_eq!(lane.spans.iter().map(|span| (span.start, span.end)).collect::<Vec<_>>(), [(0, 40), (40, 60)]);
}

proptest! {
    /// The first answer waits until a worker is loaded.
    #[test]
    fn the_shortest_round_trip_tells_best(
        behind in prop_oneof![-4e6f64..-50.0, 50.0f64..4e6],
        (there, back) in (0.01f64..2.0, 0.01f64..2.0),
        loading in 5.0f64..900.0,
    ) {
        let exchanges = [exchange(0.0, behind, loading, 0.1), exchange(1000.0, behind, there, back), exchange(1e4, behind, 3.0, 2.0)];
        let off = (offset(&exchanges, 0.02) - behind).abs();
        prop_assert!(off <= (there + back) / 2.0 + 1e-6, "off by {}", off);
    }

    #[test]
    fn clocks_that_agree_are_left_alone(
        trips in prop::collection::vec((0.0f64..500.0, 0.0f64..500.0), 1..5),
        step in prop::sample::select(vec![0.005, 1.0, 16.7, 100.0]),
        phases in (0.0f64..1.0, 0.0f64..1.0),
    ) {
        // both clocks are floored, each with its steps at other times
        let floored = |time: f64, phase: f64| ((time / step + phase).floor() - phase) * step;
        let seen = |(there, back): &(f64, f64)| {
            let ClockReading { sent, theirs, received } = exchange(777.7, 0.0, *there, *back);
            ClockReading { sent: floored(sent, phases.0), theirs: floored(theirs, phases.1), received: floored(received, phases.0) }
        };
        prop_assert_eq!(offset(&trips.iter().map(seen).collect::<Vec<_>>(), step), 0.0);
    }
}
