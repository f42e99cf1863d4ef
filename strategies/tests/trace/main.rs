//! Traces survive recording and reading, also while they are written, and what is not a trace is refused.

mod answers;
mod clock_step;
mod off_core;
mod one_clock;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use std::thread;

use proptest::collection::vec;
use proptest::prelude::*;
use strategies::trace::{
    Cause, Context, HEADER_WORDS, Lane, LaneBuffer, Malformed, RECORD_WORDS, Span, Steps, TraceBuilder, VERSION, lane,
    published, read,
};

use Cause::*;

const CAUSES: [Cause; 8] = [Compute, Wait, LockWait, Spawn, Transfer, Frame, Message, OffCore];

/// What a lane does, one thing after the other; some of the gaps are about the 20 us up to which spans are adjacent.
fn doings(most: usize) -> impl Strategy<Value = Vec<Span>> {
    let more = prop_oneof![3 => Just((None, 0)), 1 => (proptest::option::of(0..3u32), 0..3u32)];
    let doing = (0..8usize, 0..3u32, prop_oneof![Just(0), 18..23u32, 0..1000u32], 0..500u32, more);
    vec(doing, 0..most).prop_map(|doings| {
        let mut now = 0;
        let span = |(cause, task, gap, length, (peer, more))| {
            let start = now + gap;
            now = start + length;
            let (bytes, until) = if CAUSES[cause] == Transfer { (more, 0) } else { (0, more) };
            Span { peer, bytes, until, ..Span::new(CAUSES[cause], task, start, now) }
        };
        doings.into_iter().map(span).collect()
    })
}

/// What must be read after recording this: the spans, and how many were lost.
fn merged(doings: &[Span], capacity: usize) -> (Vec<Span>, u32) {
    let (mut spans, mut lost) = (Vec::<Span>::new(), 0);
    for &next in doings.iter().filter(|_| capacity > 0) {
        let full = spans.len() == capacity;
        match spans.last_mut() {
            Some(last)
                if (last.task, last.cause) == (next.task, next.cause)
                    && [Compute, Wait, LockWait].contains(&next.cause)
                    && last.until == 0
                    && next.start - last.end <= 20 =>
            {
                *last = Span { start: last.start, ..next }
            }
            _ if full => lost += 1,
            _ => spans.push(next),
        }
    }
    (spans, lost)
}

/// Whether `earlier` could have been read before `later`: only the newest span may have grown since.
fn precedes((earlier, lost): &(Vec<Span>, u32), (later, lost_later): &(Vec<Span>, u32)) -> bool {
    let Some((newest, settled)) = earlier.split_last() else { return lost <= lost_later };
    let same = |span: &Span| (span.start, span.task, span.cause);
    later.starts_with(settled)
        && later.get(settled.len()).is_some_and(|grown| same(grown) == same(newest) && grown.end >= newest.end)
        && lost <= lost_later
}

/// Records `doings` on as many lanes as there are, all at once, while this thread reads them again and again.
fn read_while_written(doings: &[Vec<Span>], capacity: usize) -> Result<(), TestCaseError> {
    let buffers: Vec<_> = doings.iter().map(|_| LaneBuffer::new(capacity)).collect();
    let (rounds, writing, given_up) = (AtomicUsize::new(0), AtomicUsize::new(doings.len()), AtomicBool::new(false));
    let write = |buffer: &LaneBuffer, doings: &[Span]| {
        for some in doings.chunks(16) {
            let seen = rounds.load(Relaxed);
            some.iter().for_each(|span| buffer.put(*span));
            // not a sleep: everything is read at least once in the middle, however few cores there are
            while rounds.load(Relaxed) == seen && !given_up.load(Relaxed) {
                thread::yield_now();
            }
        }
        writing.fetch_sub(1, Release);
    };
    let look = || {
        let mut last = vec![(Vec::new(), 0); buffers.len()];
        loop {
            let over = writing.load(Acquire) == 0;
            for (buffer, last) in buffers.iter().zip(&mut last) {
                let now = read(&buffer.snapshot()).map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert!(precedes(last, &now), "{last:?}, then {now:?}");
                *last = now;
            }
            if over {
                return Ok(last);
            }
            rounds.fetch_add(1, Relaxed);
        }
    };
    let last = thread::scope(|scope| {
        buffers.iter().zip(doings).for_each(|(buffer, doings)| drop(scope.spawn(|| write(buffer, doings))));
        let last = look();
        given_up.store(true, Relaxed);
        last
    })?;
    prop_assert_eq!(last, doings.iter().map(|doings| merged(doings, capacity)).collect::<Vec<_>>());
    Ok(())
}

/// Words that are nearly a lane's buffer, so that each way to be malformed is met, and random ones.
fn words() -> impl Strategy<Value = Vec<u32>> {
    let version = prop_oneof![9 => Just(VERSION), 1 => any::<u32>()];
    let header = (version, any::<u32>(), prop_oneof![0..8u32, any::<u32>()], any::<u32>());
    let record = (
        0..60u32,
        40..100u32,
        any::<u32>(),
        prop_oneof![20 => 1..9u32, 5 => 0x101..0x109u32, 1 => 9..11u32, 1 => Just(0)],
    );
    let nearly = (header, vec(record, 0..8), 0..HEADER_WORDS + 40).prop_map(|(header, records, length)| {
        let mut words = vec![header.0, header.1, header.2, header.3];
        words.resize(HEADER_WORDS, 0);
        words.extend(records.into_iter().flat_map(|(start, end, task, cause)| [start, end, task, cause, task % 7]));
        words.truncate(length);
        words
    });
    prop_oneof![nearly, vec(any::<u32>(), 0..HEADER_WORDS + 40)]
}

proptest! {
    #[test]
    fn what_was_recorded_is_read(doings in doings(60), capacity in 0..70usize) {
        let buffer = LaneBuffer::new(capacity);
        doings.iter().for_each(|span| buffer.put(*span));
        let snapshot = buffer.snapshot();
        let (spans, lost) = merged(&doings, capacity);
        prop_assert_eq!(published(&snapshot), Ok(spans.len()));
        prop_assert_eq!(read(&snapshot), Ok((spans.clone(), lost)));
        let context = Context::Thread(2);
        prop_assert_eq!(lane(context, &snapshot), Ok(Lane { context, spans, lost, steps: Steps::default() }));
    }

    #[test]
    fn words_from_anywhere_are_spans_or_refused(words in words()) {
        let sound = |record: &[u32]| record[1] >= record[0] && (1..=8).contains(&(record[3] & 0xff));
        let records = || words[HEADER_WORDS..].chunks_exact(RECORD_WORDS).take(words[2] as usize);
        match read(&words) {
            Ok((spans, lost)) => {
                let missing = words[2] - records().count() as u32;
                prop_assert_eq!((words[0], words[3].saturating_add(missing)), (VERSION, lost));
                let word = |span: &Span| span.cause as u32 | span.peer.map_or(0, |lane| (lane + 1) << 8);
                let more = |span: &Span| if span.cause == Transfer { span.bytes } else { span.until };
                let as_words = |span: &Span| [span.start, span.end, span.task, word(span), more(span)];
                prop_assert!(records().eq(spans.iter().map(as_words)) && records().all(sound));
            }
            Err(Malformed::Short(length)) => prop_assert!(length == words.len() && length < HEADER_WORDS),
            Err(Malformed::Version(version)) => prop_assert!(version == words[0] && version != VERSION),
            Err(Malformed::Record(index)) => {
                prop_assert_eq!(words[0], VERSION);
                prop_assert_eq!(records().position(|record| !sound(record)), Some(index));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn one_lane_is_read_while_it_is_written(doings in doings(300), capacity in 1..300usize) {
        read_while_written(&[doings], capacity)?;
    }

    #[test]
    fn eight_lanes_are_read_while_they_are_written(doings in vec(doings(300), 8), capacity in 1..300usize) {
        read_while_written(&doings, capacity)?;
    }
}

/// Records two spans of 1 ms with a gap of `gap` microseconds in between; returns what is read.
fn two(cause: Cause, other: (u32, Cause), gap: u32) -> Vec<(u32, u32)> {
    let buffer = LaneBuffer::new(8);
    buffer.put(Span::new(cause, 1, 0, 1000));
    buffer.put(Span::new(other.1, other.0, 1000 + gap, 2000 + gap));
    let (spans, _) = read(&buffer.snapshot()).expect("our own buffer");
    spans.into_iter().map(|span| (span.start, span.end)).collect()
}

#[test]
fn adjacent_spans_of_one_task_and_cause_are_one() {
    let apart = |gap: u32| vec![(0, 1000), (1000 + gap, 2000 + gap)];
    for cause in [Compute, Wait, LockWait] {
        for gap in [0, 1, 20] {
            assert_eq!(two(cause, (1, cause), gap), [(0, 2000 + gap)], "{cause:?}, {gap}");
        }
        assert_eq!(two(cause, (1, cause), 21), apart(21), "too far apart to be one");
        assert_eq!(two(cause, (2, cause), 0), apart(0), "another task");
    }
    assert_eq!(two(Compute, (1, Wait), 0), apart(0), "another cause");
    for cause in [Spawn, Transfer, Frame, Message, OffCore] {
        assert_eq!(two(cause, (1, cause), 0), apart(0), "each {cause:?} counts");
    }
}

#[test]
fn a_step_says_until_when_its_task_waits() {
    let buffer = LaneBuffer::new(2);
    buffer.step(1, 0, 1000);
    buffer.waits(1, 1000, 9000);
    buffer.step(1, 1010, 2000); // near enough to be one with the first, but for the wait between them
    buffer.step(2, 2000, 3000); // for which there is no room
    buffer.waits(2, 3000, 9000);
    let (spans, lost) = read(&buffer.snapshot()).expect("our own buffer");
    assert_eq!((spans.iter().map(|span| span.until).collect::<Vec<_>>(), lost), (vec![9000, 0], 1));
}

#[test]
fn a_span_is_short_as_text_and_a_record_in_binary() {
    let span = Span { peer: Some(3), bytes: 70_000, ..Span::new(Transfer, 4, 10, 20) };
    for span in [span, Span::new(Compute, 1, 0, 5)] {
        let text = serde_json::to_string(&span).expect("it can be written");
        assert_eq!(serde_json::from_str::<Span>(&text).ok(), Some(span), "{text}");
        let bytes = postcard::to_allocvec(&span).expect("it can be written");
        assert_eq!(postcard::from_bytes(&bytes), Ok(span));
    }
    let plain = serde_json::to_string(&Span::new(Compute, 1, 0, 5)).expect("it can be written");
    assert_eq!(plain, r#"{"start":0,"end":5,"task":1,"cause":"compute"}"#);
    let nonsense = postcard::to_allocvec(&[0u32, 5, 1, 99, 0]).expect("it can be written");
    assert!(postcard::from_bytes::<Span>(&nonsense).is_err());
}

#[test]
fn a_full_buffer_counts_what_it_lost_and_keeps_what_it_has() {
    let buffer = LaneBuffer::new(2);
    let doings = (0..5).map(|at| Span::new(Compute, 1, at * 100, at * 100 + 50));
    doings.clone().for_each(|span| buffer.put(span));
    assert_eq!(read(&buffer.snapshot()), Ok((doings.take(2).collect(), 3)));
    buffer.put(Span::new(Compute, 1, 160, 170));
    let (spans, lost) = read(&buffer.snapshot()).expect("our own buffer");
    assert_eq!((spans[1].end, lost), (170, 3), "the newest may still grow");
}

#[test]
fn spans_that_did_not_arrive_are_lost_and_not_idle_time() {
    let buffer = LaneBuffer::new(8);
    let doings: Vec<_> = (0..4).map(|at| Span::new(Compute, 1, at * 100, at * 100 + 50)).collect();
    doings.iter().for_each(|span| buffer.put(*span));
    let whole = buffer.snapshot();
    for (arrived, words) in [(4, 4 * RECORD_WORDS), (3, 3 * RECORD_WORDS + 2), (1, RECORD_WORDS), (0, 0)] {
        let read = read(&whole[..HEADER_WORDS + words]);
        assert_eq!(read, Ok((doings[..arrived].to_vec(), 4 - arrived as u32)), "{words} words of records");
    }
}

#[test]
fn a_buffer_without_room_records_nothing_and_loses_nothing() {
    let buffer = LaneBuffer::new(0);
    buffer.record(Compute, 1, 0.0, 1.0);
    buffer.record(Transfer, 1, 1.0, 2.0);
    assert_eq!((buffer.words().len(), read(&buffer.snapshot())), (HEADER_WORDS, Ok((vec![], 0))));
}

#[test]
fn times_that_make_no_sense_make_spans_that_do() {
    for (start, end, expected) in [
        (-5.0, f64::INFINITY, (0, u32::MAX)),
        (f64::NAN, f64::NAN, (0, 0)),
        (3.0, 2.0, (3000, 3000)),
        (0.0004, 0.0006, (0, 1)),
    ] {
        let buffer = LaneBuffer::new(1);
        buffer.record(Compute, 1, start, end);
        let (spans, _) = read(&buffer.snapshot()).expect("a span never ends before it starts");
        assert_eq!((spans[0].start, spans[0].end), expected, "{start} to {end}");
    }
}

#[test]
fn a_trace_is_built_span_by_span() {
    let trace = TraceBuilder::new()
        .lane(Context::Thread(0), &[(0, 40, 1, Spawn), (40, 90, 1, Compute)])
        .lane(Context::Thread(1), &[(50, 70, 2, Wait)])
        .beats(&[16, 33])
        .build();
    let beat = |start, end| Span::new(Message, 0, start, end);
    assert_eq!((trace.makespan, trace.heartbeat), (90, vec![beat(0, 16), beat(16, 33)]));
    assert_eq!(
        trace.lanes.iter().map(|lane| lane.context).collect::<Vec<_>>(),
        [Context::Thread(0), Context::Thread(1)]
    );
    assert_eq!(trace.lanes[0].spans[1], Span::new(Compute, 1, 40, 90));
    assert_eq!(trace.lanes[1].lost + TraceBuilder::new().build().makespan, 0);
}
