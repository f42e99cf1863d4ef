//! Made-up work: phases of tasks that do given acts, step by step, and log each step.
//!
//! A task's answer is its place in the phase, counted from 1, plus the sum of all answers of the phase before, in four
//! bytes, followed by a given number of zeros. So the last sum is right only if every task ran with every answer that
//! it was due.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use simulate::{charge, shift};
use strategies::Job;
use workloads::{Answer, Info, Known, Nature, Params, SharedBytes, Step, StepKind, Summary, Task, Workload};

/// What a step does. A task's last step must not wait.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    /// Computes for this many milliseconds of simulated time.
    Work(u64),
    /// Computes for this many milliseconds of simulated time (first), and moves this many megabytes to and from memory
    /// meanwhile (second).
    Shift(u64, u64),
    /// Computes for this many microseconds of real time.
    Spin(u64),
    /// Computes for this many microseconds of real time, and releases a lock meanwhile.
    Released(u64),
    /// Does next to nothing, on the thread of the event loop.
    Light,
    /// Computes for this many milliseconds of simulated time, on the thread of the event loop, and does not yield
    /// afterwards.
    Keep(u64),
    /// Waits for this many milliseconds, without yielding.
    Block(u64),
    /// Waits for this many milliseconds.
    Wait(u64),
    /// Waits until this many milliseconds after the sample began.
    Until(u64),
    /// Waits, a millisecond at a time, until this many tasks have come to an act of this kind.
    Meet(usize),
    /// Computes until another step is being done at the same time, or for [`PATIENCE`].
    Company,
}

/// How long [`Act::Company`] waits for another step.
const PATIENCE: Duration = Duration::from_secs(20);

/// A step that was done; all count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Did {
    /// The phase.
    pub phase: usize,
    /// The task's place in the phase.
    pub task: usize,
    /// The task's step.
    pub step: usize,
}

/// The workload. It lives as long as the tests do, because a job keeps a `'static` reference to its workload.
pub struct Made {
    /// Phases of tasks of steps.
    phases: Vec<Vec<Vec<Act>>>,
    /// The number of zeros at the end of each answer.
    zeros: usize,
    diary: Arc<Diary>,
}

/// The steps that were done, and the cancel flag that is raised after `cancel_after` of them.
struct Diary {
    did: Mutex<Vec<Did>>,
    /// The number of steps being done now, and its maximum so far.
    at_once: [AtomicUsize; 2],
    /// The number of tasks that have come to an [`Act::Meet`].
    come: AtomicUsize,
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
    answer: "{digest}",
    unit: None,
    one_memory: None,
};

impl Made {
    /// Phases of tasks of steps.
    pub fn phases(phases: Vec<Vec<Vec<Act>>>) -> &'static Self {
        Self::leak(usize::MAX, 0, phases)
    }

    /// One phase of tasks of steps.
    pub fn tasks(tasks: Vec<Vec<Act>>) -> &'static Self {
        Self::phases(vec![tasks])
    }

    /// Phases whose answers have `zeros` zeros at their end.
    pub fn bulky(zeros: usize, phases: Vec<Vec<Vec<Act>>>) -> &'static Self {
        Self::leak(usize::MAX, zeros, phases)
    }

    /// Phases that raise the cancel flag themselves as soon as `cancel_after` steps are done.
    pub fn cancelling(cancel_after: usize, phases: Vec<Vec<Vec<Act>>>) -> &'static Self {
        Self::leak(cancel_after, 0, phases)
    }

    fn leak(cancel_after: usize, zeros: usize, phases: Vec<Vec<Vec<Act>>>) -> &'static Self {
        let cancel = AtomicU32::new((cancel_after == 0).into());
        let (did, at_once, come) = Default::default();
        let diary = Diary { did, at_once, come, cancel, cancel_after };
        Box::leak(Box::new(Self { phases, zeros, diary: Arc::new(diary) }))
    }

    /// This work as a job.
    pub fn job(&'static self) -> Job {
        Job { workload: self, params: Params::defaults(&INFO), seed: 0, files: Vec::new() }
    }

    /// The cancel flag.
    pub fn cancel(&'static self) -> &'static AtomicU32 {
        &self.diary.cancel
    }

    /// The steps done so far, in order.
    pub fn did(&self) -> Vec<Did> {
        self.diary.did.lock().expect("no task panicked").clone()
    }

    /// The largest number of steps that were done at the same time.
    pub fn most_at_once(&self) -> usize {
        self.diary.at_once[1].load(SeqCst)
    }

    /// The steps done so far, in the talk's notation: `A1 B1 A2`.
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
            self.cancel.store(1, SeqCst);
        }
    }

    fn begin(&self) {
        let [now, most] = &self.at_once;
        most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
    }

    fn end(&self) {
        self.at_once[0].fetch_sub(1, SeqCst);
    }

    /// Returns once two steps have been done at once, or after [`PATIENCE`].
    fn wait_for_company(&self) {
        let began = Instant::now();
        while self.at_once[1].load(SeqCst) < 2 && began.elapsed() < PATIENCE {
            thread::yield_now();
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

    fn input(&self, _: &Params, _: u64, _: usize, _: usize, previous: &[SharedBytes]) -> Vec<SharedBytes> {
        previous.to_vec()
    }

    fn task(&self, _: &Params, _: u64, phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task> {
        let acts = self.phases[phase][index].clone();
        let mut answer = (sum(input) + index as u32 + 1).to_le_bytes().to_vec();
        answer.resize(answer.len() + self.zeros, 0);
        let next = Did { phase, task: index, step: 0 };
        Box::new(Obedient { next, acts, answer, come: false, diary: self.diary.clone() })
    }

    fn answer(&self, _: &Params, last: &[SharedBytes]) -> Summary {
        Summary::new(sum(last).to_string())
    }

    fn known(&self) -> Known {
        unreachable!("nobody knows what was made up")
    }
}

fn sum(parts: &[SharedBytes]) -> u32 {
    parts.iter().map(|part| u32::from_le_bytes(part[..4].try_into().expect("numbers have four bytes"))).sum()
}

struct Obedient {
    next: Did,
    acts: Vec<Act>,
    answer: Answer,
    /// Whether it has come to its [`Act::Meet`].
    come: bool,
    diary: Arc<Diary>,
}

impl Task for Obedient {
    fn step(&mut self, _now: Duration) -> Step {
        let act = self.acts[self.next.step]; // panics if stepped after the last
        if let Act::Meet(count) = act
            && !self.meet(count)
        {
            return Step::Wait(Duration::from_millis(1));
        }
        self.diary.begin();
        self.diary.write(self.next);
        self.next.step += 1;
        match act {
            Act::Work(milliseconds) | Act::Keep(milliseconds) => charge(Duration::from_millis(milliseconds)),
            Act::Shift(milliseconds, megabytes) => {
                charge(Duration::from_millis(milliseconds));
                shift(megabytes as f64 * f64::from(1 << 20));
            }
            Act::Spin(microseconds) | Act::Released(microseconds) => spin(Duration::from_micros(microseconds)),
            Act::Company => self.diary.wait_for_company(),
            Act::Light | Act::Block(_) | Act::Wait(_) | Act::Until(_) | Act::Meet(_) => {}
        }
        self.diary.end();
        match act {
            Act::Wait(milliseconds) => Step::Wait(Duration::from_millis(milliseconds)),
            Act::Until(milliseconds) => Step::WaitUntil(Duration::from_millis(milliseconds)),
            Act::Block(milliseconds) => Step::Block(Duration::from_millis(milliseconds)),
            Act::Keep(_) if self.next.step < self.acts.len() => Step::Keep,
            _ if self.next.step < self.acts.len() => Step::Progress,
            _ => Step::Done(std::mem::take(&mut self.answer)),
        }
    }

    fn next(&self) -> StepKind {
        match self.acts[self.next.step] {
            Act::Light | Act::Keep(_) | Act::Block(_) => StepKind::Light,
            Act::Released(_) => StepKind::Released,
            _ => StepKind::Heavy,
        }
    }
}

impl Obedient {
    /// Whether `count` tasks have come to the meeting.
    fn meet(&mut self, count: usize) -> bool {
        if !std::mem::replace(&mut self.come, true) {
            self.diary.come.fetch_add(1, SeqCst);
        }
        self.diary.come.load(SeqCst) >= count
    }
}

fn spin(duration: Duration) {
    let began = Instant::now();
    while began.elapsed() < duration {
        std::hint::spin_loop();
    }
}
