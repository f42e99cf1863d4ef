//! What is said of a moment, held against the trace it is said of: by example, and for traces that are made up.

use pictures::moment::{LaneDoes, Moment, Moments, TaskDoes};
use proptest::prelude::*;
use strategies::trace::{Cause, Context, Span, TaskRecord, Trace, TraceBuilder};

/// Whether spans of this cause belong to a task: all but those of starting a lane and of the heartbeat.
fn of_a_task(cause: Cause) -> bool {
    !matches!(cause, Cause::Spawn | Cause::Frame | Cause::Message)
}

/// Two threads: one computes, loses its core and goes on; the other waits for a lock, and then its task waits on.
fn two_threads() -> Trace {
    let mut trace = TraceBuilder::new()
        .lane(
            Context::Thread(0),
            &[(0, 10, 0, Cause::Compute), (10, 30, 0, Cause::OffCore), (30, 40, 0, Cause::Compute)],
        )
        .lane(Context::Thread(1), &[(0, 5, 1, Cause::LockWait), (5, 8, 1, Cause::Compute), (20, 50, 1, Cause::Compute)])
        .tasks(&[(None, 40), (None, 50), (Some(45), 50)])
        .build();
    trace.lanes[1].spans[1].until = 15;
    trace
}

#[test]
fn each_state_is_told() {
    let moments = Moments::of(&two_threads(), &[3]);
    let told = |at| moments.at(at).tasks;
    assert_eq!(told(0), [TaskDoes::Runs(0), TaskDoes::WantsLock(1), TaskDoes::NotYet]);
    assert_eq!(told(10), [TaskDoes::LostCore(0), TaskDoes::Waits, TaskDoes::NotYet]);
    assert_eq!(told(15)[1], TaskDoes::Ready);
    assert_eq!(told(45), [TaskDoes::Done, TaskDoes::Runs(1), TaskDoes::Ready]);
    assert_eq!(moments.at(8).lanes, [LaneDoes::Busy(Cause::Compute, Some(0)), LaneDoes::Idle]);
    assert_eq!(moments.at(50).lanes, [LaneDoes::Idle; 2]);
}

#[test]
fn a_phase_begins_when_the_one_before_is_done() {
    let trace = TraceBuilder::new()
        .lane(Context::Page, &[(0, 10, 0, Cause::Compute), (12, 20, 1, Cause::Compute)])
        .tasks(&[(None, 10), (None, 20)])
        .build();
    let of_second = |phases: &[usize], at| Moments::of(&trace, phases).at(at).tasks[1];
    assert_eq!(of_second(&[1, 1], 9), TaskDoes::NotYet);
    assert_eq!(of_second(&[1, 1], 10), TaskDoes::Ready);
    assert_eq!(of_second(&[2], 9), TaskDoes::Ready);
}

/// The lanes of another program say when a thread last counted, and not that it had nothing more to do.
#[test]
fn without_records_nobody_knows_when_a_task_was_done() {
    let trace = TraceBuilder::new()
        .lane(Context::Thread(0), &[(0, 10, 0, Cause::Compute), (20, 30, 0, Cause::Compute)])
        .lane(Context::Thread(1), &[(10, 20, 1, Cause::Compute), (30, 50, 1, Cause::Compute)])
        .build();
    let moments = Moments::of(&trace, &[2]);
    let told = |at| moments.at(at).tasks[0];
    assert_eq!([0, 15, 40].map(told), [TaskDoes::Runs(0), TaskDoes::Ready, TaskDoes::Unknown]);
    // a phase is over all the same
    assert_eq!(Moments::of(&trace, &[1, 1]).at(30).tasks[1], TaskDoes::Runs(1));
}

#[test]
fn what_was_not_recorded_is_not_told() {
    let mut trace = two_threads();
    trace.lanes[0].lost = 3;
    trace.tasks[2] = TaskRecord::default();
    let moments = Moments::of(&trace, &[3]);
    assert_eq!(
        moments.at(45),
        Moment {
            lanes: vec![LaneDoes::Unknown, LaneDoes::Busy(Cause::Compute, Some(1))],
            tasks: vec![TaskDoes::Done, TaskDoes::Runs(1), TaskDoes::Unknown]
        }
    );
    assert_eq!(moments.at(39).tasks[2], TaskDoes::Ready, "all lanes are known until then");
}

/// Gaps, lengths, tasks, causes and waits of one lane, and whether there was no room for more.
type MadeLane = (Vec<(u32, u32, u32, usize, u32)>, bool);

/// A trace of four tasks.
#[derive(Debug, Clone)]
struct Made {
    lanes: Vec<MadeLane>,
    /// For each task that has a record: when it arrived, and how long after its last span it was done.
    records: [Option<(Option<u32>, u32)>; 4],
    /// Whether there are records at all.
    recorded: bool,
    phases: &'static [usize],
}

fn made() -> impl Strategy<Value = Made> {
    let span = (0u32..4, 0u32..5, 0u32..4, 0usize..6, 0u32..9);
    let lane = (prop::collection::vec(span, 0..12), prop::bool::weighted(0.2));
    let record = prop::option::of((prop::option::of(0u32..20), 0u32..4));
    let phases = prop::sample::select(vec![&[4][..], &[2, 2][..], &[1, 3][..]]);
    (prop::collection::vec(lane, 1..4), prop::array::uniform4(record), prop::bool::weighted(0.8), phases)
        .prop_map(|(lanes, records, recorded, phases)| Made { lanes, records, recorded, phases })
}

fn trace_of(Made { lanes: made, records, recorded, .. }: &Made) -> Trace {
    const CAUSES: [Cause; 6] =
        [Cause::Compute, Cause::Wait, Cause::LockWait, Cause::OffCore, Cause::Transfer, Cause::Spawn];
    let mut trace = made
        .iter()
        .fold(TraceBuilder::new(), |builder, (lane, _)| {
            let mut at = 0;
            let spans: Vec<_> = lane
                .iter()
                .map(|(gap, length, task, cause, _)| {
                    let start = at + gap;
                    at = start + length;
                    (start, at, *task, CAUSES[*cause])
                })
                .collect();
            builder.lane(Context::Thread(0), &spans)
        })
        .build();
    for (lane, (made, full)) in trace.lanes.iter_mut().zip(made) {
        lane.lost = u32::from(*full);
        for (span, (.., until)) in lane.spans.iter_mut().zip(made) {
            span.until = if span.cause == Cause::Compute && *until > 0 { span.end + until } else { 0 };
        }
    }
    trace.tasks = (0..4).zip(records).map(|(task, record)| record_of(&trace, task, *record)).collect();
    trace.tasks.retain(|_| *recorded);
    trace.makespan = trace.tasks.iter().map(|record| record.done).chain([trace.makespan]).max().unwrap_or(0);
    trace
}

fn record_of(trace: &Trace, task: u32, made: Option<(Option<u32>, u32)>) -> TaskRecord {
    let last = own_spans(trace, task).map(|(_, span)| span.end).max().unwrap_or(0);
    let record = |(arrived, later)| TaskRecord { arrived, done: last + later, ..TaskRecord::default() };
    made.map(record).unwrap_or_default()
}

/// The spans of a task, with their lanes.
fn own_spans(trace: &Trace, task: u32) -> impl Iterator<Item = (u32, &Span)> {
    let of_lane = |(lane, number)| {
        let lane: &strategies::trace::Lane = lane;
        lane.spans.iter().map(move |span| (number, span))
    };
    let all = trace.lanes.iter().zip(0..).flat_map(of_lane);
    all.filter(move |(_, span)| span.task == task && of_a_task(span.cause))
}

/// When each task was there and when it was done, each `None` if unknown.
fn lives(trace: &Trace, phases: &[usize]) -> Vec<[Option<u32>; 2]> {
    let all_known = trace.lanes.iter().all(|lane| lane.lost == 0);
    let (mut lives, mut ends): (Vec<[Option<u32>; 2]>, Vec<Option<u32>>) = Default::default();
    for count in phases {
        let before: Option<Vec<u32>> = ends.iter().copied().collect();
        let begins = before.map(|ends| ends.into_iter().max().unwrap_or(0));
        for task in lives.len()..lives.len() + count {
            let record = trace.tasks.get(task).copied().unwrap_or_default();
            let last = own_spans(trace, task as u32).map(|(_, span)| span.end).max().filter(|_| all_known);
            let done = if record.done > 0 { Some(record.done) } else { last };
            ends.push(done);
            let arrived = record.arrived.filter(|_| record.done > 0);
            lives.push([arrived.or(begins), done.filter(|_| !trace.tasks.is_empty())]);
        }
    }
    lives
}

/// All answers that are right for a task, found span by span: several lanes may claim the task.
fn may_be_said(trace: &Trace, task: u32, [there, done]: [Option<u32>; 2], at: u32) -> Vec<TaskDoes> {
    if done.is_some_and(|done| done <= at) {
        return vec![TaskDoes::Done];
    }
    let on = own_spans(trace, task).filter(|(_, span)| span.start <= at && at < span.end);
    let does = |(lane, span): (u32, &Span)| match span.cause {
        Cause::Compute => TaskDoes::Runs(lane),
        Cause::OffCore => TaskDoes::LostCore(lane),
        Cause::LockWait => TaskDoes::WantsLock(lane),
        Cause::Wait => TaskDoes::Holds(lane),
        _ => TaskDoes::Crosses(lane),
    };
    let on: Vec<_> = on.map(does).collect();
    if !on.is_empty() {
        return on;
    }
    let full = trace.lanes.iter().filter(|lane| lane.lost > 0);
    let blind = full.map(|lane| lane.spans.last().map_or(0, |span| span.end)).min();
    let over = own_spans(trace, task).map(|(_, span)| span.end).max().is_some_and(|end| end <= at);
    let partly = blind.is_some() || trace.tasks.is_empty();
    if blind.is_some_and(|from| from <= at) || (partly && over && done.is_none()) {
        return vec![TaskDoes::Unknown];
    }
    let begun = || own_spans(trace, task).filter(|(_, span)| span.start <= at).map(|(_, span)| span);
    let newest = begun().map(|span| span.start).max();
    // of spans that began together, any may count as the newest
    let waits = begun().filter(|span| Some(span.start) == newest).map(|span| span.until > at);
    let rest = if there.is_none_or(|there| at < there) { TaskDoes::NotYet } else { TaskDoes::Ready };
    let waits: Vec<_> = waits.map(|waits| if waits { TaskDoes::Waits } else { rest }).collect();
    if waits.is_empty() { vec![rest] } else { waits }
}

proptest! {
    /// The states agree with a search span by span.
    #[test]
    fn states_are_those_of_the_trace(made in made()) {
        let trace = trace_of(&made);
        let moments = Moments::of(&trace, made.phases);
        let lives = lives(&trace, made.phases);
        for at in 0..=trace.makespan {
            let moment = moments.at(at);
            for (lane, does) in trace.lanes.iter().zip(&moment.lanes) {
                let on = lane.spans.iter().find(|span| span.start <= at && at < span.end);
                let told = on.map(|span| LaneDoes::Busy(span.cause, of_a_task(span.cause).then_some(span.task)));
                let full = lane.lost > 0 && lane.spans.last().is_none_or(|span| span.end <= at) && at < trace.makespan;
                let rest = if full { LaneDoes::Unknown } else { LaneDoes::Idle };
                prop_assert_eq!(*does, told.unwrap_or(rest));
            }
            for (task, does) in (0..).zip(&moment.tasks) {
                let told = may_be_said(&trace, task, lives[task as usize], at);
                prop_assert!(told.contains(does), "task {task} at {at}: {does:?}, not {told:?}");
            }
        }
    }

    /// Stepping from change to change misses nothing.
    #[test]
    fn steps_miss_nothing(made in made()) {
        let trace = trace_of(&made);
        let moments = Moments::of(&trace, made.phases);
        let mut stepped = vec![0];
        while let Some(next) = moments.next(stepped[stepped.len() - 1]) {
            stepped.push(next);
        }
        prop_assert_eq!(stepped[stepped.len() - 1], trace.makespan);
        for at in 1..=trace.makespan {
            let changed = moments.at(at) != moments.at(at - 1);
            prop_assert!(!changed || stepped.contains(&at), "{at}");
        }
        let mut back = vec![trace.makespan];
        while let Some(previous) = moments.previous(back[back.len() - 1]) {
            back.push(previous);
        }
        back.reverse();
        prop_assert_eq!(back, stepped);
    }
}
