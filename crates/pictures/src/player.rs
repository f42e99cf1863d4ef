//! Traces to be played: what is said, at any moment, of their lanes and of their tasks.

use serde::{Deserialize, Serialize};
use strategies::trace::{Cause, Context, Trace};
use words::{Arg, Message, en, exact_duration};

use crate::lanes::{colour, context_name};
use crate::moment::{LaneDoes, Moment, Moments, TaskDoes};
use crate::table::{Cell, Table};

/// Of so many tasks each has a mark of its own; more are counted.
pub const MARKED: usize = 64;
/// Of so many tasks each has a row in the table; of more, none.
const LISTED: usize = 512;

/// A trace that can be played, as the analyst hands it over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Playable {
    /// What it is of, in a word or two.
    pub name: String,
    /// The trace.
    pub trace: Trace,
    /// How many tasks each phase had; none if tasks are not told apart.
    pub phases: Vec<usize>,
}

/// A trace that is played.
#[derive(Debug, Clone)]
pub struct Played {
    name: String,
    contexts: Vec<Context>,
    moments: Moments,
}

/// A task's mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskMark {
    /// Its class: what the task does, and the colour of the lane that does it.
    pub class: String,
    /// What it does, in words.
    pub says: String,
}

impl Played {
    /// Of a trace whose phases had these numbers of tasks; see [`Moments::of`].
    pub fn of(name: &str, trace: &Trace, phases: &[usize]) -> Self {
        let contexts = trace.lanes.iter().map(|lane| lane.context).collect();
        Self { name: name.into(), contexts, moments: Moments::of(trace, phases) }
    }

    /// Its moments.
    pub fn moments(&self) -> &Moments {
        &self.moments
    }

    /// How many tasks have a mark each: all, or none if they are too many.
    pub fn marked(&self) -> usize {
        Some(self.moments.tasks()).filter(|tasks| *tasks <= MARKED).unwrap_or(0)
    }

    /// What all tasks do at one of its moments, as a mark each.
    pub fn marks(&self, moment: &Moment) -> Vec<TaskMark> {
        let mark = |(number, does): (usize, &TaskDoes)| {
            let lane = does.lane().map(|lane| self.contexts[lane as usize]);
            TaskMark {
                class: format!("task {} {}", does.class(), lane.map(colour).unwrap_or_default()),
                says: en::TASK_DOES.with(&[("n", digits(number + 1)), ("does", self.of_task(*does).into())]),
            }
        };
        moment.tasks.iter().take(MARKED).enumerate().map(mark).collect()
    }

    /// What a lane does, in words.
    fn of_lane(does: LaneDoes) -> String {
        let message = match does {
            LaneDoes::Idle => en::LANE_IDLE,
            LaneDoes::Unknown => en::LANE_UNKNOWN,
            LaneDoes::Busy(cause, _) => match cause {
                Cause::Compute => en::COMPUTING,
                Cause::OffCore => en::OFF_CORE,
                Cause::Wait => en::WAITING,
                Cause::LockWait => en::WAITING_FOR_LOCK,
                Cause::Transfer => en::COPYING,
                _ => en::STARTING_UP,
            },
        };
        match does {
            LaneDoes::Busy(_, Some(task)) => {
                en::LANE_DOES.with(&[("does", message.text().into()), ("n", digits(task as usize + 1))])
            }
            _ => message.text(),
        }
    }

    /// What a task does, in words.
    fn of_task(&self, does: TaskDoes) -> String {
        let message = match does {
            TaskDoes::Runs(_) => en::TASK_RUNS,
            TaskDoes::LostCore(_) => en::TASK_LOST_CORE,
            TaskDoes::WantsLock(_) => en::TASK_WANTS_LOCK,
            TaskDoes::Crosses(_) => en::TASK_CROSSES,
            TaskDoes::Holds(_) => en::TASK_HOLDS,
            TaskDoes::Waits => en::TASK_WAITS,
            TaskDoes::Ready => en::TASK_READY,
            TaskDoes::NotYet => en::TASK_NOT_YET,
            TaskDoes::Done => en::TASK_DONE,
        };
        match does.lane() {
            None => message.text(),
            Some(lane) => {
                let lane = context_name(self.contexts[lane as usize]);
                en::TASK_ON_LANE.with(&[("does", message.text().into()), ("lane", lane.into())])
            }
        }
    }

    fn rows(&self, Moment { lanes, tasks }: &Moment) -> Vec<Vec<Cell>> {
        let name = || Cell::from(self.name.clone());
        let lanes = self.contexts.iter().zip(lanes).map(|(context, does)| {
            let who = Cell { mark: colour(*context), text: context_name(*context) };
            vec![name(), who, Self::of_lane(*does).into()]
        });
        let listed = if tasks.len() <= LISTED { tasks.as_slice() } else { &[] };
        let tasks = listed.iter().enumerate().map(|(number, does)| {
            let who = en::TASK_NUMBER.with(&[("n", digits(number + 1))]);
            vec![name(), who.into(), self.of_task(*does).into()]
        });
        lanes.chain(tasks).collect()
    }
}

/// What tasks are counted by, the most telling first.
const COUNTED: [(Message, &str); 9] = [
    (en::N_RUN, "runs"),
    (en::N_LOST_CORE, "lost-core"),
    (en::N_WANT_LOCK, "wants-lock"),
    (en::N_CROSS, "crosses"),
    (en::N_HOLD, "holds"),
    (en::N_WAIT, "waits"),
    (en::N_READY, "ready"),
    (en::N_NOT_YET, "not-yet"),
    (en::N_DONE, "done"),
];

impl TaskDoes {
    /// The class of what shows it.
    fn class(self) -> &'static str {
        match self {
            Self::Runs(_) => "runs",
            Self::LostCore(_) => "lost-core",
            Self::WantsLock(_) => "wants-lock",
            Self::Crosses(_) => "crosses",
            Self::Holds(_) => "holds",
            Self::Waits => "waits",
            Self::Ready => "ready",
            Self::NotYet => "not-yet",
            Self::Done => "done",
        }
    }

    /// The lane that it is on, if it is on one.
    fn lane(self) -> Option<u32> {
        match self {
            Self::Runs(lane)
            | Self::LostCore(lane)
            | Self::WantsLock(lane)
            | Self::Crosses(lane)
            | Self::Holds(lane) => Some(lane),
            Self::Waits | Self::Ready | Self::NotYet | Self::Done => None,
        }
    }
}

/// How many tasks do what, the most telling first; nothing if tasks are not told apart.
pub fn counts(moment: &Moment) -> String {
    let count = |(message, class): (Message, &str)| {
        let of_it = moment.tasks.iter().filter(|does| does.class() == class).count();
        (of_it > 0).then(|| message.with(&[("n", digits(of_it))]))
    };
    COUNTED.into_iter().filter_map(count).collect::<Vec<_>>().join(" · ")
}

/// What each lane and each task of some tracks does at a moment, in microseconds, as a table; what is going on then stands
/// beside each track.
pub fn table<'t>(tracks: impl IntoIterator<Item = (&'t Played, &'t Moment)>, at: u32) -> Table {
    let caption = en::MOMENT_TABLE.with(&[("at", exact_duration(f64::from(at) / 1000.0).into())]);
    let columns = [en::STRATEGY, en::LANE_OR_TASK, en::DOES].map(Message::text).to_vec();
    Table::new(
        "moment-table",
        caption,
        columns,
        tracks.into_iter().flat_map(|(track, moment)| track.rows(moment)).collect(),
    )
}

fn digits(count: usize) -> Arg {
    Arg::Digits(count as u64)
}

#[cfg(test)]
mod tests {
    use strategies::trace::TraceBuilder;

    use super::*;

    fn track(tasks: usize) -> Played {
        let trace = TraceBuilder::new()
            .lane(Context::Thread(0), &[(0, 10, 0, Cause::Compute), (10, 30, 0, Cause::OffCore)])
            .lane(Context::Thread(1), &[(0, 30, 1, Cause::LockWait)])
            .build();
        Played::of("threads", &trace, &[tasks])
    }

    #[test]
    fn a_moment_in_words() {
        let track = track(3);
        let moment = track.moments().at(15);
        assert_eq!(counts(&track.moments().at(0)), "1 running · 1 wants a lock · 1 ready");
        assert_eq!(counts(&moment), "1 lost its core · 1 wants a lock · 1 ready");
        let told = table([(&track, &moment)], 15);
        let does: Vec<_> = (0..told.rows.len()).map(|row| told.texts(row)[1..].join(": ")).collect();
        assert_eq!(
            does,
            [
                "thread 1: wants to compute, has no core: task 1",
                "thread 2: waiting for a lock: task 2",
                "task 1: lost its core, on thread 1",
                "task 2: wants a lock, on thread 2",
                "task 3: ready",
            ]
        );
        let marks = track.marks(&moment);
        assert_eq!(marks[0].class, "task lost-core lane-0");
        assert_eq!(marks[2].says, "task 3: ready");
    }

    #[test]
    fn many_tasks_are_counted() {
        let track = track(1000);
        let moment = track.moments().at(0);
        assert_eq!((track.marked(), track.marks(&moment).len()), (0, MARKED));
        assert_eq!(table([(&track, &moment)], 0).rows.len(), 2, "the lanes");
    }
}
