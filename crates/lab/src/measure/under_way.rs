//! How many tasks were under way at once: concurrency as a number, as observed parallelism is parallelism as a number.
//!
//! ```text
//! task 1   =....=....=        = computing, . waiting, or in line for a turn
//! task 2    =....=....=
//! at once  2 under way, 1 on a core: interleaved, and not simultaneous
//! ```
//! A task is under way from its first span until it is done. Invariant: nothing is known where a lane lost spans.

use strategies::trace::{Cause, Trace};

/// The mean number of tasks under way at once, over the moments in which at least one was; `None` if that is not known,
/// or if no task ever was.
pub fn under_way(trace: &Trace) -> Option<f64> {
    if trace.lanes.iter().any(|lane| lane.lost > 0) {
        return None;
    }
    let own = |cause| matches!(cause, Cause::Compute | Cause::OffCore | Cause::Wait | Cause::LockWait);
    let mut tasks: Vec<(u32, u32, u32)> = trace
        .lanes
        .iter()
        .flat_map(|lane| &lane.spans)
        .filter(|span| own(span.cause))
        .map(|span| (span.task, span.start, span.end))
        .collect();
    tasks.sort_unstable();
    let stays = tasks.chunk_by(|one, other| one.0 == other.0).map(|spans| {
        let (task, begun, _) = spans[0];
        let last = spans.iter().map(|(.., end)| *end).max().unwrap_or(begun);
        let done = trace.tasks.get(task as usize).map(|record| record.done).filter(|done| *done > begun);
        [begun.min(trace.makespan), done.unwrap_or(last).min(trace.makespan)]
    });
    let mut stays: Vec<_> = stays.collect();
    stays.sort_unstable();
    let (mut all, mut some, mut until) = (0.0, 0.0, 0);
    for [begun, done] in stays {
        all += f64::from(done - begun);
        some += f64::from(done.saturating_sub(begun.max(until)));
        until = until.max(done);
    }
    (some > 0.0).then(|| all / some)
}

#[cfg(test)]
mod tests {
    use strategies::trace::{Context, TraceBuilder};

    use super::*;

    #[test]
    fn one_after_the_other() {
        let trace = TraceBuilder::new()
            .lane(
                Context::Page,
                &[(0, 10, 0, Cause::Compute), (10, 20, 1, Cause::Compute), (30, 40, 2, Cause::Compute)],
            )
            .build();
        assert_eq!(under_way(&trace), Some(1.0));
    }

    #[test]
    fn interleaved_on_one_lane() {
        let trace = TraceBuilder::new()
            .lane(
                Context::Page,
                &[
                    (0, 10, 0, Cause::Compute),
                    (10, 20, 1, Cause::Compute),
                    (20, 30, 0, Cause::Compute),
                    (30, 40, 1, Cause::Compute),
                ],
            )
            .build();
        assert_eq!(under_way(&trace), Some(60.0 / 40.0));
    }

    #[test]
    fn a_task_that_waits_is_under_way() {
        // the loop is free from 10 to 50, and both tasks wait meanwhile
        let trace = TraceBuilder::new()
            .lane(Context::Page, &[(0, 5, 0, Cause::Compute), (5, 10, 1, Cause::Compute)])
            .tasks(&[(None, 45), (None, 50)])
            .build();
        let trace = Trace { makespan: 50, ..trace };
        assert_eq!(under_way(&trace), Some(90.0 / 50.0));
    }

    #[test]
    fn not_known_where_spans_are_missing() {
        let mut trace = TraceBuilder::new().lane(Context::Page, &[(0, 10, 0, Cause::Compute)]).build();
        assert_eq!(under_way(&trace), Some(1.0));
        trace.lanes[0].lost = 1;
        assert_eq!(under_way(&trace), None);
        assert_eq!(under_way(&Trace::default()), None);
    }
}
