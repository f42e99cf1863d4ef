//! Tasks that count as fast as they can until a common deadline: the talk's experiment on who runs when.
//!
//! What it shows: in one row per task, in which milliseconds it got anything done. With a core for each, all rows are
//! full; where one lock or one thread serves all, exactly one row is lit at any moment, and together they get as far as
//! one task alone.
//! Invariant: all tasks of a sample count time from the same start, and none works after the deadline; one that first
//! gets its turn after it counts nothing. A step ends with the millisecond at the latest. The seed changes nothing.
//! An answer is the number of turns of the loop made in each millisecond from the start on, four bytes each, low byte
//! first.

use std::hint::black_box;

use crate::{Answer, Info, Known, Nature, Param, Params, Part, Step, Summary, Task, Workload, clock};

/// Turns of the loop between two looks at the clock: about 10 us, which a look (at most 0.5 us) hardly lengthens, and
/// of which a millisecond has enough.
const TURNS: u32 = 5_000;

/// Looks at the clock in a step, at most: about a quarter of a millisecond. A lock is handed over between two steps, and
/// an interpreter would do that within microseconds; with longer steps its turns would be longer than they should.
const STEP_LOOKS: u32 = 25;

/// How far a difference of two times falls short by rounding, in milliseconds: they are large numbers.
const ROUNDING: f64 = 0.001;

static INFO: Info = Info {
    id: "activity",
    title: "Who runs when",
    blurb: "Every task counts as fast as it can until the same deadline: what differs is not the time but how much gets done.",
    nature: Nature::Deadline,
    params: &[
        Param { key: "size", label: "Tasks", unit: "", min: 1, max: 128, default: 4, demo: 4, ..Param::NUMBER },
        Param { key: "time", label: "Deadline", unit: "ms", min: 20, max: 5_000, default: 200, demo: 500, ..Param::NUMBER },
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

    /// A worker for each task, and beside those that run at the same time those that take turns.
    fn demo(&self) -> &'static [(&'static str, &'static str)] {
        &[("strategies", "blocking,event-loop,threads,processes,gil"), ("workers", "4")]
    }

    /// When the sample starts, on the clock that all contexts share.
    fn input(&self, _params: &Params, _seed: u64, _phase: usize, _index: usize, _previous: &[Part]) -> Vec<Part> {
        vec![Part::new(clock::now_ms().to_le_bytes().to_vec())]
    }

    fn task(&self, params: &Params, _seed: u64, _phase: usize, _index: usize, input: &[Part]) -> Box<dyn Task> {
        let start = input.first().and_then(|part| part.as_slice().try_into().ok()).map(f64::from_le_bytes);
        Box::new(Spin {
            start: start.expect("`input` gave eight bytes"),
            state: 1,
            turns: vec![0; params.get("time") as usize],
        })
    }

    fn answer(&self, params: &Params, last: &[Part]) -> Summary {
        Summary::default().with("tasks", last.len()).with("time", params.get("time"))
    }

    fn activity(&self, _params: &Params, last: &[Part]) -> Option<Vec<Vec<u32>>> {
        let row = |part: &Part| part.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect();
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
    start: f64,
    state: u64,
    turns: Vec<u32>,
}

impl Spin {
    /// The millisecond that it is now, from 0 at the start.
    fn millisecond(&self) -> usize {
        // `as` makes 0 of what lies before the start, if the clocks of two contexts differ a little.
        (clock::now_ms() - self.start + ROUNDING) as usize
    }

    /// Some turns of the loop: Marsaglia's xorshift, in which each needs the one before, so that no compiler can
    /// shorten it.
    fn spin(&mut self) {
        for _ in 0..TURNS {
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
    fn step(&mut self) -> Step {
        let now = self.millisecond();
        for _ in 0..STEP_LOOKS {
            if now >= self.turns.len() {
                return Step::Done(self.answer());
            }
            self.spin();
            self.turns[now] += TURNS;
            if self.millisecond() != now {
                break;
            }
        }
        Step::Progress
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a task with so many ms counted that started `ago` ms ago, and in how many steps.
    fn row(time: u32, ago: f64) -> (Vec<u32>, usize) {
        let mut params = Params::of(INFO.params);
        params.set("time", time).expect("legal");
        let start = Part::new((clock::now_ms() - ago).to_le_bytes().to_vec());
        let mut task = Activity.task(&params, 1, 0, 0, &[start]);
        let mut steps = 1;
        loop {
            if let Step::Done(answer) = task.step() {
                let rows = Activity.activity(&params, &[Part::new(answer)]).expect("tasks count");
                return (rows.concat(), steps);
            }
            steps += 1;
        }
    }

    #[test]
    fn counts_from_the_first_turn_to_the_deadline() {
        let (row, steps) = row(200, 5.0); // long enough for pauses of this machine
        assert_eq!(row.len(), 200);
        assert!(row[..5].iter().all(|&count| count == 0), "{row:?}");
        assert!(row[5..].iter().any(|&count| count > 0), "{row:?}");
        let lit = row.iter().filter(|&&count| count > 0).count();
        assert!(steps > lit, "a step ends with the millisecond: {steps} for {lit} of them, and the last");
    }

    #[test]
    fn too_late_counts_nothing() {
        assert_eq!(row(20, 20.0), (vec![0; 20], 1));
    }

    /// So far ahead that no pause of this machine makes up for it.
    #[test]
    fn a_clock_ahead_counts_in_the_first_millisecond() {
        let mut task = Spin { start: clock::now_ms() + 60_000.0, state: 1, turns: vec![0; 3] };
        assert!(matches!(task.step(), Step::Progress));
        assert!(task.turns[0] > 0 && task.turns[1..] == [0, 0], "{:?}", task.turns);
    }
}
