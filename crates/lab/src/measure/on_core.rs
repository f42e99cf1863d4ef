//! Which lanes were on a core, and when: from the spans in which lanes computed, and those in which they had something
//! to compute but no core.
//!
//! ```text
//! lane 1   =====.....=====.....        = on a core, . off it
//! lane 2   .....=====.....=====
//! at once  1    1    1    1            observed parallelism 1.0: two lanes, in turns, as on one core
//! ```
//! Invariant: nothing is known where a lane lost spans, or could not tell when it was off its core.

use strategies::trace::{Cause, Lane, Span, Trace};

/// When the lanes of one sample were on a core.
#[derive(Debug, Clone, PartialEq)]
pub struct OnCore {
    /// Observed parallelism: the mean number of lanes on a core at once, over the moments in which at least one was.
    pub at_once: f64,
    /// Of the time in which lanes had something to compute, the part in which they had no core, 0 to 1.
    pub off: f64,
    /// How long a lane had a core each time before the core was taken away, in milliseconds.
    pub turns: Vec<f64>,
}

/// When lanes were on a core in this sample; `None` if that is not known, or if no lane ever was.
pub fn on_core(trace: &Trace) -> Option<OnCore> {
    let known = |lane: &Lane| lane.steps.off_core_told && lane.lost == 0;
    if !trace.lanes.iter().all(known) {
        return None;
    }
    let of = |cause| trace.lanes.iter().flat_map(move |lane| of_cause(lane, cause, trace.makespan));
    let (on, off) = (length(of(Cause::Compute)), length(of(Cause::OffCore)));
    let some = covered(of(Cause::Compute).collect());
    let turns = trace.lanes.iter().flat_map(|lane| turns(&lane.spans)).collect();
    (some > 0.0).then(|| OnCore { at_once: on / some, off: off / (on + off), turns })
}

/// Start and end of a lane's spans with this cause, as far as they lie in the sample.
fn of_cause(lane: &Lane, cause: Cause, makespan: u32) -> impl Iterator<Item = (u32, u32)> {
    let spans = lane.spans.iter().filter(move |span| span.cause == cause);
    spans.map(move |span| (span.start.min(makespan), span.end.min(makespan)))
}

fn length(spans: impl Iterator<Item = (u32, u32)>) -> f64 {
    spans.map(|(start, end)| u64::from(end - start)).sum::<u64>() as f64
}

/// The number of microseconds that at least one of these spans covers.
fn covered(mut spans: Vec<(u32, u32)>) -> f64 {
    spans.sort_unstable();
    let mut until = 0;
    let alone = spans.into_iter().map(|(start, end)| {
        let fresh = end.saturating_sub(start.max(until));
        until = until.max(end);
        f64::from(fresh)
    });
    alone.sum()
}

/// How many milliseconds a lane computed each time before its core was taken away.
fn turns(spans: &[Span]) -> Vec<f64> {
    let (mut turns, mut computed, mut end) = (Vec::new(), 0, 0);
    for span in spans {
        match span.cause {
            Cause::Compute if span.start <= end + NO_GAP => computed += span.length(),
            Cause::Compute => computed = span.length(),
            Cause::OffCore if computed > 0 => {
                turns.push(f64::from(computed) / 1000.0);
                computed = 0;
            }
            _ => {}
        }
        end = span.end;
    }
    turns
}

/// Between two tasks a lane looks for work: a gap of up to this many microseconds does not end its turn.
const NO_GAP: u32 = 100;

#[cfg(test)]
mod tests {
    use strategies::trace::{Context, TraceBuilder};

    use super::*;
    use Cause::{Compute, OffCore, Wait};

    fn lanes(lanes: &[&[(u32, u32, u32, Cause)]]) -> TraceBuilder {
        let lane = |trace: TraceBuilder, (at, spans): (usize, &&[_])| trace.lane(Context::Thread(at as u32), spans);
        lanes.iter().enumerate().fold(TraceBuilder::new(), lane)
    }

    #[test]
    fn two_lanes_in_turns_are_one_at_a_time() {
        let first = [(0, 4_000, 0, Compute), (4_000, 8_000, 0, OffCore), (8_000, 12_000, 0, Compute)];
        let second = [(0, 4_000, 1, OffCore), (4_000, 8_000, 1, Compute), (8_000, 12_000, 1, OffCore)];
        let told = on_core(&lanes(&[&first, &second]).build()).expect("known");
        assert_eq!(told, OnCore { at_once: 1.0, off: 0.5, turns: vec![4.0, 4.0] });
    }

    #[test]
    fn moments_in_which_nobody_computes_do_not_count() {
        let first = [(0, 100, 0, Compute), (100, 900, 0, Wait), (900, 1_000, 0, Compute)];
        let second = [(50, 100, 1, Compute)];
        let told = on_core(&lanes(&[&first, &second]).build()).expect("known");
        assert_eq!((told.at_once, told.off, told.turns), (1.25, 0.0, vec![]));
    }

    #[test]
    fn what_cannot_be_known_is_not_told() {
        let spans = [(0, 100, 0, Compute)];
        assert_eq!(on_core(&lanes(&[&spans]).build()).map(|told| told.at_once), Some(1.0));
        let mut lost = lanes(&[&spans]).build();
        lost.lanes[0].lost = 1;
        let mut blind = lanes(&[&spans]).build();
        blind.lanes[0].steps.off_core_told = false;
        assert_eq!([on_core(&lost), on_core(&blind), on_core(&Trace::default())], [None, None, None]);
    }
}
