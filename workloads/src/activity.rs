//! Tasks that count as fast as they can until a common deadline: the talk's experiment on who runs when.
//!
//! What it shows: in one row per task, in which milliseconds it got anything done. With a core for each, all rows are
//! full; where one lock or one thread serves all, exactly one row is lit at any moment, and together they get as far as
//! one task alone.
//! Invariant: all tasks of a sample count time from its beginning, and none works after the deadline; a task that gets
//! its first turn after the deadline counts nothing. A step counts for the millisecond in which it began. The seed
//! changes nothing.
//! An answer is the number of turns of the loop made in each millisecond from the start on, four bytes each, low byte
//! first.

use std::hint::black_box;
use std::time::Duration;

use crate::{Answer, Info, Known, Nature, Param, Params, SharedBytes, Step, Summary, Task, Workload};

/// Turns of the loop that make a step of about 0.1 ms.
const STEP_TURNS: u32 = 50_000;

static INFO: Info = Info {
    id: "activity",
    title: "Who runs when",
    blurb: "Every task counts as fast as it can until the same deadline: what differs is not the time but how much gets done.",
    nature: Nature::Deadline,
    params: &[
        Param { key: "size", label: "Tasks", unit: "", min: 1, max: 128, default: 4, demo: 4, ..Param::NUMBER },
        Param {
            key: "time",
            label: "Deadline",
            unit: "ms",
            min: 20,
            max: 5_000,
            default: 200,
            demo: 500,
            ..Param::NUMBER
        },
    ],
    modelled: None,
    answer: "{tasks} {tasks?task:tasks} spun until {time} ms",
    unit: Some("rounds"),
    one_memory: None,
};

/// The workload.
pub struct Activity;

impl Workload for Activity {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, params: &Params) -> Vec<usize> {
        vec![params.get("size") as usize]
    }

    /// A worker for each task, and strategies whose tasks run at the same time beside those whose tasks take turns.
    fn demo(&self) -> &'static [(&'static str, &'static str)] {
        &[("strategies", "blocking,event-loop,threads,processes,gil"), ("workers", "4")]
    }

    fn task(&self, params: &Params, _seed: u64, _phase: usize, _index: usize, _input: &[SharedBytes]) -> Box<dyn Task> {
        Box::new(Spin { state: 1, turns: vec![0; params.get("time") as usize] })
    }

    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary {
        Summary::default().with("tasks", last.len()).with("time", params.get("time"))
    }

    fn activity(&self, _params: &Params, last: &[SharedBytes]) -> Option<Vec<Vec<u32>>> {
        let row = |part: &SharedBytes| part.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect();
        Some(last.iter().map(row).collect())
    }

    fn known(&self) -> Known {
        Known {
            params: &[("size", 3), ("time", 20)],
            seed: 1,
            digest: "",
            facts: &[("tasks", 3), ("time", 20)],
            source: "the parameters: how much is counted depends on the machine",
        }
    }
}

/// The task: what it counted in each millisecond, up to the deadline.
struct Spin {
    state: u64,
    turns: Vec<u32>,
}

impl Spin {
    /// Some turns of the loop: Marsaglia's xorshift, in which each needs the one before, so that no compiler can
    /// shorten it.
    fn spin(&mut self) {
        for _ in 0..STEP_TURNS {
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
        }
        black_box(self.state);
    }

    fn answer(&self) -> Answer {
        self.turns.iter().flat_map(|count| count.to_le_bytes()).collect()
    }
}

impl Task for Spin {
    fn step(&mut self, now: Duration) -> Step {
        let millisecond = now.as_millis() as usize;
        if millisecond >= self.turns.len() {
            return Step::Done(self.answer());
        }
        self.spin();
        self.turns[millisecond] += STEP_TURNS;
        Step::Progress
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_where_a_step_began_and_until_the_deadline() {
        let mut expected = vec![0; 20];
        (expected[5], expected[6], expected[19]) = (2 * STEP_TURNS, STEP_TURNS, STEP_TURNS);
        let mut params = Params::of(INFO.params);
        params.set("time", 20).expect("legal");
        let mut task = Activity.task(&params, 1, 0, 0, &[]);
        for micros in [5_000, 5_999, 6_000, 19_999] {
            assert_eq!(task.step(Duration::from_micros(micros)), Step::Progress);
        }
        let Step::Done(answer) = task.step(Duration::from_micros(20_000)) else { panic!("it goes on") };
        assert_eq!(Activity.activity(&params, &[SharedBytes::new(answer)]), Some(vec![expected]));
    }

    #[test]
    fn too_late_counts_nothing() {
        let mut task = Activity.task(&Params::of(INFO.params), 1, 0, 0, &[]);
        let Step::Done(answer) = task.step(Duration::from_secs(1)) else { panic!("it goes on") };
        assert!(answer.iter().all(|byte| *byte == 0));
    }
}
