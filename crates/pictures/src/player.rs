//! Traces to be played: what is said of their lanes and tasks at any moment.

use serde::{Deserialize, Serialize};
use strategies::trace::{Cause, Context, Trace};
use words::{Arg, Message, en};

use crate::lanes::{colour, context_name};
use crate::moment::{LaneDoes, Moment, Moments, TaskDoes};
use crate::table::{Cell, Table};

/// Up to this number of tasks, each has its own mark; more are only counted.
pub const MARKED: usize = 64;
/// Up to this number of tasks, each has a row in the table; of more, only those on a lane have one, and all are
/// counted.
const LISTED: usize = 512;

/// A trace that can be played, as the analyst sends it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Playable {
    /// A label of a word or two.
    pub name: String,
    /// The trace.
    pub trace: Trace,
    /// The number of tasks in each phase; empty if tasks are not told apart.
    pub phases: Vec<usize>,
}

/// A trace that is being played.
#[derive(Debug, Clone)]
pub struct Played {
    name: String,
    contexts: Vec<Context>,
    moments: Moments,
}

/// A task's mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskMark {
    /// Its class: what the task does, and the colour of its lane.
    pub class: String,
    /// What it does, in words.
    pub says: String,
}

impl Played {
    /// A trace whose phases had these numbers of tasks; see [`Moments::of`].
    pub fn of(name: &str, trace: &Trace, phases: &[usize]) -> Self {
        let contexts = trace.lanes.iter().map(|lane| lane.context).collect();
        Self { name: name.into(), contexts, moments: Moments::of(trace, phases) }
    }

    /// Its moments.
    pub fn moments(&self) -> &Moments {
        &self.moments
    }

    /// The number of tasks that have a mark each: all of them, or 0 if they are more than [`MARKED`].
    pub fn marked(&self) -> usize {
        Some(self.moments.tasks()).filter(|tasks| *tasks <= MARKED).unwrap_or(0)
    }

    /// The marks of what the tasks do at one of its moments, of the first [`MARKED`] tasks at most.
    pub fn marks(&self, moment: &Moment) -> Vec<TaskMark> {
        let mark = |(number, does): (usize, &TaskDoes)| {
            let lane = does.lane().map(|lane| self.contexts[lane as usize]);
            TaskMark {
                class: format!("task {} {}", KINDS[does.kind()].0, lane.map(colour).unwrap_or_default()),
                says: en::TASK_DOES.with(&[("n", Arg::digits(number + 1)), ("does", self.of_task(*does).into())]),
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
                en::LANE_DOES.with(&[("does", message.text().into()), ("n", Arg::digits(task as usize + 1))])
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
            TaskDoes::Unknown => en::TASK_UNKNOWN,
        };
        match does.lane() {
            None => message.text(),
            Some(lane) => {
                let lane = context_name(self.contexts[lane as usize]);
                en::TASK_ON_LANE.with(&[("does", message.text().into()), ("lane", lane.into())])
            }
        }
    }

    fn rows(&self, moment: &Moment) -> Vec<Vec<Cell>> {
        let Moment { lanes, tasks } = moment;
        let name = || Cell::from(self.name.clone());
        let lanes = self.contexts.iter().zip(lanes).map(|(context, does)| {
            let who = Cell { mark: colour(*context), text: context_name(*context) };
            vec![name(), who, Self::of_lane(*does).into()]
        });
        let all = tasks.len() <= LISTED;
        let listed = tasks.iter().enumerate().filter(|(_, does)| all || does.lane().is_some());
        let listed = listed.map(|(number, does)| {
            let who = en::TASK_NUMBER.with(&[("n", Arg::digits(number + 1))]);
            vec![name(), who.into(), self.of_task(*does).into()]
        });
        let counted = (!all).then(|| {
            let who = en::ALL_TASKS.with(&[("n", Arg::digits(tasks.len()))]);
            let says: Vec<_> = counts(moment).into_iter().map(|count| count.says).collect();
            vec![name(), who.into(), says.join(" · ").into()]
        });
        lanes.chain(listed).chain(counted).collect()
    }
}

/// What tasks may do, the most telling first: the class of the mark, and the message for the number of tasks that do
/// it.
const KINDS: [(&str, Message); 10] = [
    ("runs", en::N_RUN),
    ("lost-core", en::N_LOST_CORE),
    ("wants-lock", en::N_WANT_LOCK),
    ("crosses", en::N_CROSS),
    ("holds", en::N_HOLD),
    ("waits", en::N_WAIT),
    ("ready", en::N_READY),
    ("not-yet", en::N_NOT_YET),
    ("done", en::N_DONE),
    ("unknown", en::N_UNKNOWN),
];

impl TaskDoes {
    /// Its place among the kinds.
    fn kind(self) -> usize {
        match self {
            Self::Runs(_) => 0,
            Self::LostCore(_) => 1,
            Self::WantsLock(_) => 2,
            Self::Crosses(_) => 3,
            Self::Holds(_) => 4,
            Self::Waits => 5,
            Self::Ready => 6,
            Self::NotYet => 7,
            Self::Done => 8,
            Self::Unknown => 9,
        }
    }

    /// The lane that it is on; `None` if it is on none.
    fn lane(self) -> Option<u32> {
        match self {
            Self::Runs(lane)
            | Self::LostCore(lane)
            | Self::WantsLock(lane)
            | Self::Crosses(lane)
            | Self::Holds(lane) => Some(lane),
            Self::Waits | Self::Ready | Self::NotYet | Self::Done | Self::Unknown => None,
        }
    }
}

/// The number of tasks that do the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskCount {
    /// The class of the mark that stands for what they do.
    pub class: String,
    /// The number and what they do, in words.
    pub says: String,
}

/// The number of tasks for each thing that tasks do, the most telling first; empty if tasks are not told apart.
pub fn counts(moment: &Moment) -> Vec<TaskCount> {
    let mut of_kinds = [0; KINDS.len()];
    moment.tasks.iter().for_each(|does| of_kinds[does.kind()] += 1);
    let some = KINDS.iter().zip(of_kinds).filter(|(_, count)| *count > 0);
    some.map(|((class, message), count)| TaskCount {
        class: format!("task {class}"),
        says: message.with(&[("n", Arg::digits(count))]),
    })
    .collect()
}

/// What each lane and each task of some traces does at the moment `at`, in microseconds, as a table under this caption.
/// Each trace comes with what is going on in it at that moment.
pub fn table<'t>(caption: Message, tracks: impl IntoIterator<Item = (&'t Played, &'t Moment)>, at: u32) -> Table {
    let caption = caption.with(&[("at", words::moment(at).into())]);
    let columns = [en::STRATEGY, en::LANE_OR_TASK, en::DOES].map(Message::text).to_vec();
    Table::new(
        "moment-table",
        caption,
        columns,
        tracks.into_iter().flat_map(|(track, moment)| track.rows(moment)).collect(),
    )
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
        let said = |moment: &Moment| counts(moment).into_iter().map(|count| count.says).collect::<Vec<_>>();
        assert_eq!(said(&track.moments().at(0)), ["1 running", "1 wants a lock", "1 ready"]);
        assert_eq!(said(&moment), ["1 lost its core", "1 wants a lock", "1 ready"]);
        let told = table(en::MOMENT_TABLE, [(&track, &moment)], 15);
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
        let told = table(en::MOMENT_TABLE, [(&track, &moment)], 0);
        let who: Vec<_> = (0..told.rows.len()).map(|row| told.texts(row)[1..].join(": ")).collect();
        assert_eq!(who[2..4], ["task 1: runs, on thread 1", "task 2: wants a lock, on thread 2"]);
        assert_eq!(who[4..], ["all 1000 tasks: 1 running · 1 wants a lock · 998 ready"]);
    }
}
