//! What every lane and every task does at one moment of a trace, and when that next changes: what a player shows.
//!
//! A span covers its first microsecond and not its last, so at the moment where one ends and the next begins the next is on.
//! Invariant: a lane does what the span that covers the moment says, and is idle where there is none; a task is what its own
//! spans, its record and its phase say, whatever lane that happens on.

use strategies::trace::{Cause, Span, TaskRecord, Trace};

/// A trace, made ready to be asked about moments.
#[derive(Debug, Clone, Default)]
pub struct Moments {
    /// The spans of each lane, in order of start.
    lanes: Vec<Vec<Span>>,
    /// From when on nobody knows what a lane did: it had no room for more. None of a lane that lost nothing.
    unknown: Vec<Option<u32>>,
    tasks: Vec<Story>,
    /// When something changes, in order, each moment once.
    changes: Vec<u32>,
    end: u32,
}

/// What is known of a task.
#[derive(Debug, Clone, Default)]
struct Story {
    /// The lane and the number of each of its spans there, in order of start.
    spans: Vec<(u32, u32)>,
    /// From when on something could be done of it; none if nobody knows.
    there: Option<u32>,
    /// When it was done.
    done: Option<u32>,
}

/// What a lane does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaneDoes {
    /// Nothing.
    Idle,
    /// What a span says.
    Busy(Cause, Option<u32>),
    /// Nobody knows: there was no room to record it.
    Unknown,
}

/// What a task does. Lanes are counted as the trace has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskDoes {
    /// It computes, on this lane.
    Runs(u32),
    /// Its core was given to others, in the middle of a step on this lane.
    LostCore(u32),
    /// It wants a lock that another lane holds.
    WantsLock(u32),
    /// What it needs is copied to this lane, or handed to it.
    Crosses(u32),
    /// It waits, and holds its lane meanwhile.
    Holds(u32),
    /// It waits, with its lane free for others.
    Waits,
    /// Something could be done of it, and nobody does.
    Ready,
    /// It is not there yet: it has not arrived, or its phase has not begun.
    NotYet,
    /// Done.
    Done,
}

/// What is going on at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moment {
    /// What each lane does.
    pub lanes: Vec<LaneDoes>,
    /// What each task does; empty if the trace does not tell tasks apart.
    pub tasks: Vec<TaskDoes>,
}

/// Whether the spans of this cause are a task's; what is copied for several is the first one's.
fn of_a_task(cause: Cause) -> bool {
    matches!(cause, Cause::Compute | Cause::Wait | Cause::LockWait | Cause::OffCore | Cause::Transfer)
}

impl Moments {
    /// Of a trace whose phases had these numbers of tasks. With no phases, as of a sample that did its work several times in a
    /// row, nothing is told of tasks.
    pub fn of(trace: &Trace, phases: &[usize]) -> Self {
        let mut tasks = vec![Story::default(); phases.iter().sum()];
        for (lane, at) in trace.lanes.iter().zip(0..) {
            for (span, number) in lane.spans.iter().zip(0..) {
                if let Some(story) = tasks.get_mut(span.task as usize).filter(|_| of_a_task(span.cause)) {
                    story.spans.push((at, number));
                }
            }
        }
        let start = |(lane, number): (u32, u32)| trace.lanes[lane as usize].spans[number as usize].start;
        tasks.iter_mut().for_each(|story| story.spans.sort_by_key(|span| start(*span)));
        let mut moments = Self {
            lanes: trace.lanes.iter().map(|lane| lane.spans.clone()).collect(),
            unknown: trace.lanes.iter().map(unknown_from).collect(),
            tasks,
            changes: Vec::new(),
            end: trace.makespan,
        };
        moments.know_when(&trace.tasks, phases);
        moments.changes = moments.all_changes();
        moments
    }

    /// When each task was there and when it was done: by its record, or its last span; those of a phase are there when the
    /// phase before is done.
    fn know_when(&mut self, records: &[TaskRecord], phases: &[usize]) {
        let (mut first, mut begins) = (0, Some(0));
        for count in phases {
            let mut over = begins;
            for number in first..first + count {
                let last = self.tasks[number].spans.iter().map(|span| self.span(*span).end).max();
                let record = records.get(number).filter(|record| record.done > 0);
                let story = &mut self.tasks[number];
                story.there = record.and_then(|record| record.arrived).or(begins);
                story.done = record.map(|record| record.done).or(last);
                over = over.zip(story.done).map(|(over, done)| over.max(done));
            }
            (first, begins) = (first + count, over);
        }
    }

    fn span(&self, (lane, number): (u32, u32)) -> &Span {
        &self.lanes[lane as usize][number as usize]
    }

    fn all_changes(&self) -> Vec<u32> {
        let spans = self.lanes.iter().flatten().flat_map(|span| [span.start, span.end, span.until]);
        let tasks = self.tasks.iter().flat_map(|story| [story.there, story.done]).flatten();
        let mut all: Vec<_> = spans.chain(tasks).chain([0, self.end]).filter(|at| *at <= self.end).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// From the sample's begin to its last answer, in microseconds.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// How many tasks are told apart.
    pub fn tasks(&self) -> usize {
        self.tasks.len()
    }

    /// The first moment after this at which anything changes.
    pub fn next(&self, at: u32) -> Option<u32> {
        self.changes.get(self.changes.partition_point(|change| *change <= at)).copied()
    }

    /// The last moment before this at which anything changes.
    pub fn previous(&self, at: u32) -> Option<u32> {
        self.changes[..self.changes.partition_point(|change| *change < at)].last().copied()
    }

    /// What is going on then, in microseconds since the sample began.
    pub fn at(&self, at: u32) -> Moment {
        Moment {
            lanes: (0..self.lanes.len()).map(|lane| self.lane(lane, at)).collect(),
            tasks: self.tasks.iter().map(|story| self.task(story, at)).collect(),
        }
    }

    fn lane(&self, lane: usize, at: u32) -> LaneDoes {
        let spans = &self.lanes[lane];
        let begun = &spans[..spans.partition_point(|span| span.start <= at)];
        // spans of one lane do not overlap, but for those of no length
        match begun
            .iter()
            .rev()
            .take_while(|span| span.start == begun[begun.len() - 1].start)
            .find(|span| span.end > at)
        {
            Some(span) => LaneDoes::Busy(span.cause, of_a_task(span.cause).then_some(span.task)),
            None if self.unknown[lane].is_some_and(|from| at >= from && at < self.end) => LaneDoes::Unknown,
            None => LaneDoes::Idle,
        }
    }

    fn task(&self, story: &Story, at: u32) -> TaskDoes {
        // what is copied afterwards is its answer
        if story.done.is_some_and(|done| at >= done) {
            return TaskDoes::Done;
        }
        let begun = story.spans.partition_point(|span| self.span(*span).start <= at);
        let mut begun = story.spans[..begun].iter().rev().map(|own| (own.0, self.span(*own)));
        let newest = begun.clone().next();
        // its lanes may disagree a little about who had it when
        match (begun.find(|(_, span)| span.end > at), newest) {
            (Some((lane, span)), _) => match span.cause {
                Cause::OffCore => TaskDoes::LostCore(lane),
                Cause::LockWait => TaskDoes::WantsLock(lane),
                Cause::Wait => TaskDoes::Holds(lane),
                Cause::Transfer => TaskDoes::Crosses(lane),
                _ => TaskDoes::Runs(lane),
            },
            (None, Some((_, span))) if span.until > at => TaskDoes::Waits,
            (None, _) if story.there.is_none_or(|there| at < there) => TaskDoes::NotYet,
            (None, _) => TaskDoes::Ready,
        }
    }
}

/// From when on nobody knows what a lane did.
fn unknown_from(lane: &strategies::trace::Lane) -> Option<u32> {
    (lane.lost > 0).then(|| lane.spans.last().map_or(0, |span| span.end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strategies::trace::{Context, TraceBuilder};

    use super::*;

    /// Two threads: one computes, loses its core and goes on; the other waits for a lock, and then its task waits on.
    fn two_threads() -> Trace {
        let mut trace = TraceBuilder::new()
            .lane(
                Context::Thread(0),
                &[(0, 10, 0, Cause::Compute), (10, 30, 0, Cause::OffCore), (30, 40, 0, Cause::Compute)],
            )
            .lane(
                Context::Thread(1),
                &[(0, 5, 1, Cause::LockWait), (5, 8, 1, Cause::Compute), (20, 50, 1, Cause::Compute)],
            )
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

    #[test]
    fn what_was_not_recorded_is_not_told() {
        let mut trace = two_threads();
        trace.lanes[0].lost = 3;
        let moments = Moments::of(&trace, &[]);
        assert_eq!(
            moments.at(45),
            Moment { lanes: vec![LaneDoes::Unknown, LaneDoes::Busy(Cause::Compute, Some(1))], tasks: vec![] }
        );
    }

    /// Gaps, lengths, tasks, causes and waits of one lane.
    type Made = Vec<(u32, u32, u32, usize, u32)>;

    fn made() -> impl Strategy<Value = Vec<Made>> {
        let span = (0u32..4, 0u32..5, 0u32..4, 0usize..6, 0u32..9);
        prop::collection::vec(prop::collection::vec(span, 0..12), 1..4)
    }

    fn trace_of(made: &[Made]) -> Trace {
        const CAUSES: [Cause; 6] =
            [Cause::Compute, Cause::Wait, Cause::LockWait, Cause::OffCore, Cause::Transfer, Cause::Spawn];
        let mut trace = made
            .iter()
            .fold(TraceBuilder::new(), |builder, lane| {
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
        for (lane, made) in trace.lanes.iter_mut().zip(made) {
            for (span, (.., until)) in lane.spans.iter_mut().zip(made) {
                span.until = if span.cause == Cause::Compute && *until > 0 { span.end + until } else { 0 };
            }
        }
        trace
    }

    proptest! {
        /// As one looks it up span by span.
        #[test]
        fn states_are_those_of_the_trace(made in made()) {
            let trace = trace_of(&made);
            let moments = Moments::of(&trace, &[4]);
            for at in 0..=trace.makespan {
                let moment = moments.at(at);
                for (lane, does) in trace.lanes.iter().zip(&moment.lanes) {
                    let on = lane.spans.iter().find(|span| span.start <= at && at < span.end);
                    let told = on.map_or(LaneDoes::Idle, |span| LaneDoes::Busy(span.cause, of_a_task(span.cause).then_some(span.task)));
                    prop_assert_eq!(*does, told);
                }
                for (task, does) in (0..).zip(&moment.tasks) {
                    let own = |span: &&Span| span.task == task && of_a_task(span.cause);
                    let all = || trace.lanes.iter().flat_map(|lane| &lane.spans).filter(own);
                    let on: Vec<_> = all().filter(|span| span.start <= at && at < span.end).map(|span| span.cause).collect();
                    let done = all().map(|span| span.end).max().is_some_and(|end| at >= end);
                    let right = match does {
                        TaskDoes::Done => done,
                        _ if done => false,
                        TaskDoes::Runs(_) => on.contains(&Cause::Compute),
                        TaskDoes::LostCore(_) => on.contains(&Cause::OffCore),
                        TaskDoes::WantsLock(_) => on.contains(&Cause::LockWait),
                        TaskDoes::Holds(_) => on.contains(&Cause::Wait),
                        TaskDoes::Crosses(_) => on.contains(&Cause::Transfer),
                        TaskDoes::Waits => on.is_empty() && all().any(|span| span.end <= at && at < span.until),
                        TaskDoes::Ready => on.is_empty(),
                        TaskDoes::NotYet => false, // all are there from the beginning
                    };
                    prop_assert!(right, "task {task} at {at}: {does:?}, on {on:?}");
                }
            }
        }

        /// Whoever steps from change to change misses nothing.
        #[test]
        fn steps_miss_nothing(made in made()) {
            let trace = trace_of(&made);
            let moments = Moments::of(&trace, &[4]);
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
}
