//! A step that took far longer than the other steps was off its core, and nothing else was.

use strategies::trace::{Cause, LaneBuffer, Lengths, Span, read, slack, steps};

use Cause::{Compute, OffCore};

/// A lane that detects steps off their core, with a fine clock.
fn seeing() -> LaneBuffer {
    let lane = LaneBuffer::new(1000);
    lane.see(slack(0.005));
    lane
}

/// Does steps of these lengths in microseconds, one after the other, from `start` on; returns when the last was done.
fn step(lane: &LaneBuffer, start: u32, lengths: impl IntoIterator<Item = u32>) -> u32 {
    lengths.into_iter().fold(start, |now, length| {
        lane.step(0, now, now + length);
        now + length
    })
}

fn spans(lane: &LaneBuffer) -> Vec<Span> {
    read(&lane.snapshot()).expect("our own buffer").0
}

/// How many microseconds were off core.
fn off(lane: &LaneBuffer) -> u32 {
    spans(lane).iter().filter(|span| span.cause == OffCore).map(Span::length).sum()
}

#[test]
fn the_rest_of_a_step_far_longer_than_its_like_is_off_core() {
    let lane = seeing();
    let before = step(&lane, 0, [100; 50]);
    let after = step(&lane, before, [4_100]);
    step(&lane, after, [100; 50]);
    let [first, lost, last] = spans(&lane)[..] else { panic!("{:?}", spans(&lane)) };
    assert_eq!((first.cause, lost.cause, last.cause), (Compute, OffCore, Compute));
    assert!((3_990..=4_010).contains(&lost.length()), "{lost:?}");
    assert_eq!((first.start, first.end, lost.end, last.start), (0, lost.start, after, after));
}

#[test]
fn uneven_steps_and_slow_machines_are_not_off_core() {
    let uneven = [50, 150, 100, 260, 80, 20, 250];
    for factor in [1, 10, 100] {
        let lane = seeing();
        let lengths = uneven.into_iter().cycle().take(200).map(|length| length * factor);
        let now = step(&lane, 0, lengths);
        assert_eq!(off(&lane), 0, "{factor} times as slow");
        step(&lane, now, [factor * 100 + 100_000]);
        assert!(off(&lane).abs_diff(100_000) < 20 * factor, "{} with steps {factor} times as long", off(&lane));
    }
}

#[test]
fn nothing_is_told_before_it_is_known_what_is_usual() {
    let lane = seeing();
    step(&lane, 0, [5_000, 100, 100]);
    assert_eq!(off(&lane), 0);
    let earlier = seeing();
    step(&earlier, 0, [100; 50]);
    let lane = seeing().like(&earlier);
    step(&lane, 0, [5_000, 100, 100]);
    assert!(off(&lane).abs_diff(4_900) < 20, "{}", off(&lane));
    // with so little work that a lane never has enough steps, an earlier sample serves, too
    let little = seeing();
    step(&little, 0, [100; 6]);
    let next = seeing().like(&little);
    step(&next, 0, [100, 100, 62_000]);
    assert!(off(&next).abs_diff(61_900) < 20, "{}", off(&next));
    let lane = seeing().like(&next);
    step(&lane, 0, [62_000]);
    assert!(off(&lane).abs_diff(61_900) < 20, "nor is that forgotten: {}", off(&lane));
    earlier.clear();
    step(&earlier, 0, [5_000]);
    assert!(off(&earlier).abs_diff(4_900) < 20, "what is usual is not forgotten: {}", off(&earlier));
}

#[test]
fn a_coarse_clock_needs_slack_or_tells_nothing() {
    assert_eq!([0.005, 0.02, 0.1, 1.0, 16.7].map(slack), [Some(10), Some(40), Some(200), None, None]);
    let lane = LaneBuffer::new(100);
    step(&lane, 0, [100; 50].into_iter().chain([50_000]));
    assert_eq!(off(&lane), 0);
    assert!(!steps(&lane.snapshot()).expect("our own buffer").off_core_told);
    // on a clock of 0.1 ms, steps of 0.1 ms seem to take nothing, or twice as long
    let lane = LaneBuffer::new(100);
    lane.see(slack(0.1));
    step(&lane, 0, [0, 100, 200, 100, 0, 300, 100, 400].into_iter().cycle().take(80));
    assert_eq!(off(&lane), 0);
}

#[test]
fn lengths_are_told_and_travel() {
    let (lane, other) = (seeing(), seeing());
    step(&lane, 0, (1..=1000).map(|at| if at % 100 == 0 { 200 } else { 100 }));
    let told = steps(&lane.snapshot()).expect("our own buffer");
    assert_eq!((told.count, told.longest, told.off_core_told), (1000, 200, true));
    assert!(told.median.abs_diff(100) <= 10 && told.p99.abs_diff(100) <= 10, "{told:?}");
    let mut sent = Lengths::default();
    sent.add(&lane.lengths());
    sent.add(&lane.lengths());
    other.add_lengths(&sent);
    assert_eq!(
        steps(&other.snapshot()).map(|steps| (steps.count, steps.longest, steps.median)),
        Ok((2000, 200, told.median))
    );
}
