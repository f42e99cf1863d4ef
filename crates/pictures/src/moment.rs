//! What every lane and every task does at one moment of a trace, and when that next changes: the data of a player.
//!
//! A span includes its first microsecond and not its last, so at the moment where one span ends and the next begins,
//! the next one counts. Invariant: a lane does what the span at that moment says, and is idle where there is none; a
//! task does what its own spans, its record and its phase say, whatever lane they are on. Where a lane had no room for
//! more spans, what it did is unknown, and so is the state of any task that is on no other lane. A trace without
//! records of its tasks, such as that of another program, does not say whether a task was done with its last span.

use strategies::trace::{Cause, Span, TaskRecord, Trace};

/// A trace, prepared for questions about moments.
#[derive(Debug, Clone, Default)]
pub struct Moments {
    /// The spans of each lane, in order of start.
    lanes: Vec<Vec<Span>>,
    /// The time from which a lane's activity is unknown because it had no room for more spans; `None` if it lost
    /// nothing.
    unknown: Vec<Option<u32>>,
    /// The earliest of these times.
    blind: Option<u32>,
    /// Whether the trace has no records of its tasks.
    unrecorded: bool,
    tasks: Vec<Story>,
    /// When something changes, in order, each moment once.
    changes: Vec<u32>,
    end: u32,
}

/// What is known about a task.
#[derive(Debug, Clone, Default)]
struct Story {
    /// Its spans, each as the number of its lane and its number on that lane, in order of start.
    spans: Vec<(u32, u32)>,
    /// The time from which the task could be worked on; `None` if that is unknown.
    there: Option<u32>,
    /// When it was done; `None` if that is unknown.
    done: Option<u32>,
}

/// What a lane does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaneDoes {
    /// Nothing.
    Idle,
    /// Busy for this cause, with the number of the task if the span belongs to one.
    Busy(Cause, Option<u32>),
    /// Unknown: there was no room to record it.
    Unknown,
}

/// What a task does. Numbers of lanes are those of the trace.
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
    /// It could go on, but no lane works on it.
    Ready,
    /// It is not there yet: it has not arrived, or its phase has not begun.
    NotYet,
    /// Done.
    Done,
    /// Unknown: a lane had no room to record it.
    Unknown,
}

/// What is going on at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moment {
    /// What each lane does.
    pub lanes: Vec<LaneDoes>,
    /// What each task does; empty if the tasks are not told apart.
    pub tasks: Vec<TaskDoes>,
}

/// Whether spans of this cause belong to a task; a transfer for several tasks belongs to the first.
fn of_a_task(cause: Cause) -> bool {
    matches!(cause, Cause::Compute | Cause::Wait | Cause::LockWait | Cause::OffCore | Cause::Transfer)
}

impl Moments {
    /// The moments of a trace whose phases had these numbers of tasks. Without phases, as for a sample that did its
    /// work several times in a row, tasks are not told apart.
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
        let unknown: Vec<_> = trace.lanes.iter().map(unknown_from).collect();
        let mut moments = Self {
            lanes: trace.lanes.iter().map(|lane| lane.spans.clone()).collect(),
            blind: unknown.iter().flatten().min().copied(),
            unknown,
            unrecorded: trace.tasks.is_empty(),
            tasks,
            changes: Vec::new(),
            end: trace.makespan,
        };
        moments.know_when(&trace.tasks, phases);
        moments.changes = moments.all_changes();
        moments
    }

    /// Sets when each task was there and when it was done: by its record, or by its last span. The tasks of a phase are
    /// there when the phase before is done.
    fn know_when(&mut self, records: &[TaskRecord], phases: &[usize]) {
        let (mut first, mut begins) = (0, Some(0));
        for count in phases {
            let mut over = begins;
            for number in first..first + count {
                let last = self.last_end(&self.tasks[number]);
                let record = records.get(number).filter(|record| record.done > 0);
                let story = &mut self.tasks[number];
                story.there = record.and_then(|record| record.arrived).or(begins);
                // its last span may not have been recorded
                let last = last.filter(|_| self.blind.is_none());
                story.done = record.map(|record| record.done).or(last.filter(|_| !self.unrecorded));
                over = over.zip(story.done.or(last)).map(|(over, done)| over.max(done));
            }
            (first, begins) = (first + count, over);
        }
    }

    /// When the last span of a task ended.
    fn last_end(&self, story: &Story) -> Option<u32> {
        story.spans.iter().map(|span| self.span(*span).end).max()
    }

    /// Whether a span of this task at `at` may be missing from the record.
    fn may_be_lost(&self, story: &Story, at: u32) -> bool {
        let after_its_last = || story.done.is_none() && self.last_end(story).is_some_and(|end| at >= end);
        let partly = self.blind.is_some() || self.unrecorded;
        self.blind.is_some_and(|from| at >= from) || partly && after_its_last()
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

    /// The end of the trace: the time from the beginning of the sample to its last answer, in microseconds.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// The number of tasks; 0 if they are not told apart.
    pub fn tasks(&self) -> usize {
        self.tasks.len()
    }

    /// The first time after `at` at which anything changes; `None` if there is none.
    pub fn next(&self, at: u32) -> Option<u32> {
        self.changes.get(self.changes.partition_point(|change| *change <= at)).copied()
    }

    /// The last time before `at` at which anything changes; `None` if there is none.
    pub fn previous(&self, at: u32) -> Option<u32> {
        self.changes[..self.changes.partition_point(|change| *change < at)].last().copied()
    }

    /// What is going on at `at`, in microseconds since the sample began.
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
        // a transfer after that is of its answer
        if story.done.is_some_and(|done| at >= done) {
            return TaskDoes::Done;
        }
        let begun = story.spans.partition_point(|span| self.span(*span).start <= at);
        let mut begun = story.spans[..begun].iter().rev().map(|own| (own.0, self.span(*own)));
        let newest = begun.clone().next();
        // its lanes may disagree a little about when each of them had it
        match (begun.find(|(_, span)| span.end > at), newest) {
            (Some((lane, span)), _) => match span.cause {
                Cause::OffCore => TaskDoes::LostCore(lane),
                Cause::LockWait => TaskDoes::WantsLock(lane),
                Cause::Wait => TaskDoes::Holds(lane),
                Cause::Transfer => TaskDoes::Crosses(lane),
                _ => TaskDoes::Runs(lane),
            },
            (None, _) if self.may_be_lost(story, at) => TaskDoes::Unknown,
            (None, Some((_, span))) if span.until > at => TaskDoes::Waits,
            (None, _) if story.there.is_none_or(|there| at < there) => TaskDoes::NotYet,
            (None, _) => TaskDoes::Ready,
        }
    }
}

/// The time from which a lane's activity is unknown; `None` if it lost no spans.
fn unknown_from(lane: &strategies::trace::Lane) -> Option<u32> {
    (lane.lost > 0).then(|| lane.spans.last().map_or(0, |span| span.end))
}
