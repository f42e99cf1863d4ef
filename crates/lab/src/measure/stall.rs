//! When nothing moved at all: neither the page nor any lane. The machine, or the whole browser, stood still then, which
//! is no strategy's doing.
//!
//! ```text
//! page     |  |                |  |      beats
//! lane 1   =====.............======      computing, and off its core
//! lane 2    ===              ==== =      computing, and nothing
//! stall         '''''''''''''
//! ```

use strategies::trace::{Cause, Context, Span, Trace};

/// Shorter stalls, in milliseconds, are the turns in which a busy machine gives its cores to other programs.
pub const STALL_MS: f64 = 25.0;

/// The stretches of the sample, of at least [`STALL_MS`], in which nothing moved: (start, end) in microseconds. Empty
/// if no heartbeat was recorded, or if a lane did not record all that it did.
pub fn stalls(trace: &Trace) -> Vec<(u32, u32)> {
    if trace.heartbeat.is_empty() || trace.lanes.iter().any(|lane| lane.lost > 0 || !lane.steps.off_core_told) {
        return Vec::new();
    }
    let moved = trace.lanes.iter().flat_map(|lane| lane.spans.iter().flat_map(|span| moves(lane.context, span)));
    let beats = trace.heartbeat.iter().filter(|beat| beat.cause == Cause::Message).map(|beat| (beat.end, beat.end));
    let mut moves: Vec<_> = moved.chain(beats).collect();
    moves.push((trace.makespan, trace.makespan));
    moves.sort_unstable();
    let mut until = 0;
    let gaps = moves.into_iter().filter_map(|(start, end)| {
        let gap = (until, start.min(trace.makespan));
        until = until.max(end);
        (gap.0 < gap.1 && f64::from(gap.1 - gap.0) >= STALL_MS * 1000.0).then_some(gap)
    });
    gaps.collect()
}

/// The moments of a span in which something moved. While a lane computes, that is the whole span; so it is while the
/// page's own thread is held, because that is the strategy's doing. While a lane waits, as for a lock or a message, it
/// is only the beginning and the end of the wait.
fn moves(context: Context, span: &Span) -> Vec<(u32, u32)> {
    match span.cause {
        Cause::OffCore => vec![],
        Cause::Compute => vec![(span.start, span.end)],
        _ if context == Context::Page => vec![(span.start, span.end)],
        _ => vec![(span.start, span.start), (span.end, span.end)],
    }
}

/// The longest of the [`stalls`], in milliseconds; `None` if there are none.
pub fn longest_stall_ms(trace: &Trace) -> Option<f64> {
    stalls(trace).into_iter().map(|(start, end)| f64::from(end - start) / 1000.0).reduce(f64::max)
}

#[cfg(test)]
mod tests {
    use strategies::trace::TraceBuilder;

    use super::*;
    use Cause::{Compute, LockWait, OffCore, Wait};

    fn beats(until: u32) -> Vec<u32> {
        (1..=until / 5_000).map(|at| at * 5_000).collect()
    }

    #[test]
    fn nothing_moves_where_no_lane_computes_and_no_beat_comes() {
        let lane = [(0, 50_000, 0, Compute), (50_000, 250_000, 0, OffCore), (250_000, 300_000, 0, Compute)];
        let idle = [(0, 40_000, 1, Compute)];
        let trace = TraceBuilder::new().lane(Context::Thread(0), &lane).lane(Context::Thread(1), &idle);
        assert_eq!(stalls(&trace.beats(&[20_000, 40_000, 260_000, 280_000]).build()), [(50_000, 250_000)]);
    }

    #[test]
    fn who_waits_for_others_does_not_move() {
        let holds = [(0, 50_000, 0, Compute), (50_000, 150_000, 0, OffCore), (150_000, 200_000, 0, Compute)];
        let wants = [(0, 200_000, 1, LockWait)];
        let asleep = [(0, 10_000, 2, Compute), (10_000, 200_000, 2, Wait)];
        let lanes = [&holds[..], &wants, &asleep];
        let trace = lanes
            .iter()
            .zip(0..)
            .fold(TraceBuilder::new(), |trace, (spans, at)| trace.lane(Context::Thread(at), spans));
        assert_eq!(stalls(&trace.beats(&[20_000, 40_000, 160_000, 180_000]).build()), [(50_000, 150_000)]);
    }

    #[test]
    fn who_beats_computes_or_holds_its_lane_moves() {
        let off = [(0, 10_000, 0, Compute), (10_000, 200_000, 0, OffCore), (200_000, 201_000, 0, Compute)];
        let held = [(0, 200_000, 1, Wait)];
        let beating = TraceBuilder::new().lane(Context::Thread(0), &off).beats(&beats(200_000)).build();
        let waiting = TraceBuilder::new().lane(Context::Thread(0), &off).lane(Context::Page, &held).beats(&[5_000]);
        let short = [(0, 10_000, 0, Compute), (10_000, 34_000, 0, OffCore), (34_000, 50_000, 0, Compute)];
        let short = TraceBuilder::new().lane(Context::Page, &short).beats(&[5_000]).build();
        let unknown = TraceBuilder::new().lane(Context::Thread(0), &off).build();
        for trace in [beating, waiting.build(), short, unknown] {
            assert_eq!(stalls(&trace), [], "{trace:?}");
        }
    }
}
