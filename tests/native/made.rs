//! Made-up work: phases of tasks that do as they are told, step by step, and write down that they did.
//!
//! A task's answer is its place in the phase, counted from 1, plus the sum of all answers of the phase before, four
//! bytes. So the last sum is right only if every task ran, with every answer that it was due.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lanes::strategy::Job;
use workloads::{Answer, Info, Known, Nature, Params, Step, Task, Workload};

use super::pass_ms;

/// What a step does; times are in milliseconds. A task's last step must be work.
#[derive(Clone, Copy)]
pub enum Act {
    Work(u64),
    Wait(u64),
}

/// A step that was done; all count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Did {
    pub phase: usize,
    pub task: usize,
    pub step: usize,
}

/// The workload. It lives as long as the tests do, because jobs hold on to theirs.
pub struct Made {
    /// Phases of tasks of steps.
    phases: Vec<Vec<Vec<Act>>>,
    diary: Arc<Diary>,
}

/// What was done, and the flag that is raised after so many steps.
struct Diary {
    did: Mutex<Vec<Did>>,
    cancel: AtomicU32,
    cancel_after: usize,
}

static INFO: Info = Info {
    id: "made",
    title: "Made up",
    blurb: "Does as it is told.",
    nature: Nature::Compute,
    params: &[],
    modelled: None,
};

impl Made {
    /// Phases of tasks of steps.
    pub fn phases(phases: Vec<Vec<Vec<Act>>>) -> &'static Self {
        Self::cancelling(usize::MAX, phases)
    }

    /// One phase of tasks of steps.
    pub fn tasks(tasks: Vec<Vec<Act>>) -> &'static Self {
        Self::phases(vec![tasks])
    }

    /// Phases that raise the flag themselves as soon as so many steps are done.
    pub fn cancelling(cancel_after: usize, phases: Vec<Vec<Vec<Act>>>) -> &'static Self {
        let cancel = AtomicU32::new((cancel_after == 0).into());
        let diary = Diary { did: Mutex::default(), cancel, cancel_after };
        Box::leak(Box::new(Self { phases, diary: Arc::new(diary) }))
    }

    /// This work as a job.
    pub fn job(&'static self) -> Job {
        Job { workload: self, params: Params::defaults(&INFO), seed: 0 }
    }

    /// The flag that cancels.
    pub fn cancel(&'static self) -> &'static AtomicU32 {
        &self.diary.cancel
    }

    /// What was done so far, in order.
    pub fn did(&self) -> Vec<Did> {
        self.diary.did.lock().expect("no task panicked").clone()
    }

    /// The same as the talk writes it: `A1 B1 A2`.
    pub fn letters(&self) -> String {
        let name = |did: &Did| format!("{}{}", (b'A' + did.task as u8) as char, did.step + 1);
        self.did().iter().map(name).collect::<Vec<_>>().join(" ")
    }
}

impl Diary {
    fn write(&self, entry: Did) {
        let mut did = self.did.lock().expect("no task panicked");
        did.push(entry);
        if did.len() == self.cancel_after {
            self.cancel.store(1, Relaxed);
        }
    }
}

impl Workload for Made {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn phases(&self, _: &Params) -> Vec<usize> {
        self.phases.iter().map(Vec::len).collect()
    }

    fn input(&self, _: &Params, _: u64, _: usize, _: usize, previous: &[Answer]) -> Vec<u8> {
        previous.concat()
    }

    fn task(&self, _: &Params, _: u64, phase: usize, index: usize, input: &[u8]) -> Box<dyn Task> {
        let acts = self.phases[phase][index].clone();
        let answer = sum(input) + index as u32 + 1;
        Box::new(Obedient { next: Did { phase, task: index, step: 0 }, acts, answer, diary: self.diary.clone() })
    }

    fn answer(&self, _: &Params, last: &[Answer]) -> String {
        sum(&last.concat()).to_string()
    }

    fn known(&self) -> Known {
        unreachable!("nobody knows what was made up")
    }
}

fn sum(numbers: &[u8]) -> u32 {
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("numbers have four bytes"));
    numbers.chunks(4).map(number).sum()
}

struct Obedient {
    next: Did,
    acts: Vec<Act>,
    answer: u32,
    diary: Arc<Diary>,
}

impl Task for Obedient {
    fn step(&mut self) -> Step {
        let act = self.acts[self.next.step]; // panics if stepped after the last
        self.diary.write(self.next);
        self.next.step += 1;
        match act {
            Act::Wait(milliseconds) => return Step::Wait(Duration::from_millis(milliseconds)),
            Act::Work(milliseconds) => pass_ms(milliseconds),
        }
        if self.next.step < self.acts.len() { Step::Progress } else { Step::Done(self.answer.to_le_bytes().into()) }
    }
}
