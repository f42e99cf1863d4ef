//! The contract between what is to be done and how it is run.
//!
//! A [`Workload`] is cut into phases, a phase into independent [`Task`]s, a task into steps. A strategy sees only
//! `dyn Task`, so that one compiled kernel serves every strategy and none gets code that was inlined for it alone.
//! Invariant: a task is determined by (workload, parameters, seed, phase, index, input), so that a process with a
//! memory of its own can build the very same task.

use std::sync::Arc;
use std::time::Duration;

use crate::params::{Param, Params};
use crate::summary::Summary;

/// The result of a task: bytes in a format that its workload defines. Bytes, so that copying them can be seen.
pub type Answer = Vec<u8>;

/// Bytes that all tasks in one memory share, and of which a separate memory gets a copy: an answer that a later phase
/// reads, or a file.
pub type SharedBytes = Arc<Answer>;

/// The outcome of one step of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// About 0.1 ms of work was done, and more is left.
    Progress,
    /// As `Progress`, but the task does not give control back. A strategy that leaves that to the task goes on with it,
    /// and does nothing else meanwhile. A strategy that takes control away ignores the wish.
    Keep,
    /// The task has nothing to do until this much time has passed (a modelled network wait).
    Wait(Duration),
    /// As `Wait`, but the task does not give control back meanwhile: a call that blocks. A strategy that leaves that to
    /// the task does nothing else until then.
    Block(Duration),
    /// The task has nothing to do until this much time after the sample began (a deadline). A task that arrives only at
    /// that moment has this as its first step, even if the moment has passed: its latency counts from the moment.
    WaitUntil(Duration),
    /// The task is finished; it must not be stepped again.
    Done(Answer),
}

/// What a step takes on a usual core.
pub const USUAL_STEP: Duration = Duration::from_micros(100);

/// A task that computes for no longer than this from one wait to the next does next to nothing, unless specified
/// otherwise, and stays on the event loop. It is several usual steps, because a core may be slow.
pub const NEXT_TO_NOTHING: Duration = Duration::from_micros(250);

/// What kind of work a step is: what a scheduler may want to know before the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Next to no work: it stays on the event loop.
    Light,
    /// Worth sending away.
    Heavy,
    /// As `Heavy`, but done by compiled code that releases an interpreter's lock meanwhile.
    Released,
}

/// One independent chain of steps, done in order: a generator, as coroutines are.
pub trait Task: Send {
    /// Does about 0.1 ms of work on a usual core, and at most 0.3 ms in 99 of 100 steps, or asks to wait. This is how
    /// finely a lock can change hands, a run be cancelled, and the loss of a core be noticed. `now` is the time since
    /// the sample began, on the clock of the executor.
    fn step(&mut self, now: Duration) -> Step;

    /// What kind of step the next one is.
    fn next(&self) -> StepKind {
        StepKind::Heavy
    }
}

/// What kind of work a workload is, in the one word a visitor needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Computes all the time.
    Compute,
    /// Waits nearly all the time.
    Wait,
    /// Computes and waits, both for long enough to count.
    Mixed,
    /// Computes until a moment that was set beforehand: what differs is how much gets done, not how long it takes.
    Deadline,
}

/// What a workload says of itself; the page, the URL, the tests and the benches list workloads by this alone.
#[derive(Debug)]
pub struct Info {
    /// Its name in the URL: lower case, digits and hyphens.
    pub id: &'static str,
    /// Its name on the page.
    pub title: &'static str,
    /// One sentence: what is done, and what that shows.
    pub blurb: &'static str,
    /// What kind of work it is.
    pub nature: Nature,
    /// Its parameters; the first has the key `size`.
    pub params: &'static [Param],
    /// What is modelled rather than done, if anything; shown beside the result.
    pub modelled: Option<&'static str>,
    /// The whole answer in words: a pattern with the names of a [`Summary`]'s facts, and `digest`, in braces.
    /// `{tasks?task:tasks}` becomes the first word if the fact is 1, and the second otherwise.
    pub answer: &'static str,
    /// What a [`Volume`] counts, to be followed by "/s": `"GB"`, `"requests"`, ...
    pub unit: Option<&'static str>,
    /// Why tasks in memories of their own cannot do this work together: a clause that can follow a colon. `None` if
    /// they can with all parameters.
    pub one_memory: Option<&'static str>,
}

/// A known answer: the parameters and the seed of one small job, and the summary that it must have.
#[derive(Debug)]
pub struct Known {
    /// Parameters that differ from the defaults.
    pub params: &'static [(&'static str, u32)],
    /// The seed.
    pub seed: u64,
    /// The digest that [`Workload::answer`] must have.
    pub digest: &'static str,
    /// The facts of that answer, in order.
    pub facts: &'static [(&'static str, u64)],
    /// Where that answer comes from.
    pub source: &'static str,
}

impl Known {
    /// What [`Workload::answer`] must be.
    pub fn answer(&self) -> Summary {
        let facts = self.facts.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        Summary { digest: self.digest.into(), facts }
    }
}

/// One thing to be computed or waited for.
pub trait Workload: Sync {
    /// What it says of itself.
    fn info(&self) -> &'static Info;

    /// How many tasks each phase has, in order. A phase starts when all tasks of the one before are done.
    fn phases(&self, params: &Params) -> Vec<usize>;

    /// The files that the work begins with, as addresses relative to the page (and to `www/`). They are fetched before
    /// the first sample, and the first phase finds them in `previous`.
    fn files(&self, params: &Params) -> Vec<&'static str> {
        let _ = params;
        Vec::new()
    }

    /// The bytes that task `index` of `phase` needs besides the parameters. `previous` holds the answers of the phase
    /// before (for the first phase, the [`files`](Workload::files)). Parts are shared with a thread and copied to a
    /// process; passing on one of `previous` costs nothing here.
    fn input(
        &self,
        params: &Params,
        seed: u64,
        phase: usize,
        index: usize,
        previous: &[SharedBytes],
    ) -> Vec<SharedBytes> {
        let _ = (params, seed, phase, index, previous);
        Vec::new()
    }

    /// Builds task `index` of `phase` from what [`Workload::input`] returned. It must be quick: work belongs in the
    /// steps.
    fn task(&self, params: &Params, seed: u64, phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task>;

    /// The whole answer, from the answers of the last phase in order of their index. Equal work gives equal summaries,
    /// and different work different ones (a checksum is part of them where the answer is bulky).
    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary;

    /// Whether tasks in memories of their own cannot do this work together; [`Info::one_memory`] says why.
    fn needs_shared_memory(&self, params: &Params) -> bool {
        let _ = params;
        false
    }

    /// Whether its tasks, at the same time in one memory, delay each other within a step, over a lock or a cache line.
    /// Then the length of a step does not show whether it had its core.
    fn contends(&self, params: &Params) -> bool {
        let _ = params;
        false
    }

    /// How much is done in all, from which a rate follows; `None` where a rate says no more than the time does.
    fn volume(&self, params: &Params) -> Option<Volume> {
        let _ = params;
        None
    }

    /// How many bytes all tasks together move to and from memory, past all caches; 0 where that is not what takes their
    /// time. More cores do not make the way to memory any wider.
    fn traffic(&self, params: &Params) -> f64 {
        let _ = params;
        0.0
    }

    /// How long all tasks together wait, one after the other: the least time that blocking takes.
    fn waits(&self, params: &Params) -> Duration {
        let _ = params;
        Duration::ZERO
    }

    /// About how long all tasks together compute, one after the other, on a core that takes 0.1 ms for a step; zero
    /// where that is never many seconds. No measurement uses this: it announces long freezes.
    fn computes(&self, params: &Params) -> Duration {
        let _ = params;
        Duration::ZERO
    }

    /// What is set beside the parameters when the workload is picked on the page, because it shows little otherwise:
    /// settings of an experiment, as pairs of URL key and value.
    fn demo(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Whether its tasks keep control while they compute, where that is left to them. Nothing that is recorded shows
    /// this.
    fn keeps_control(&self, params: &Params) -> bool {
        let _ = params;
        false
    }

    /// How many lines task `index` prints, all of them equal work; `None` if tasks do not print.
    fn prints(&self, index: usize) -> Option<u32> {
        let _ = index;
        None
    }

    /// The slots of time in which its tasks make one call each, while another task wants its turns; `None` if tasks
    /// make no such calls.
    fn slots(&self, params: &Params) -> Option<Slots> {
        let _ = params;
        None
    }

    /// What each task of the last phase got done in each millisecond since the current repeat of the job began, if tasks
    /// count that.
    fn activity(&self, params: &Params, last: &[SharedBytes]) -> Option<Vec<Vec<u32>>> {
        let _ = (params, last);
        None
    }

    /// How the answers look, if they are a picture.
    fn picture(&self) -> Option<&dyn Picture> {
        None
    }

    /// An answer known from elsewhere.
    fn known(&self) -> Known;
}

/// An amount of work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Volume {
    /// How much, in [`Info::unit`]; above 0.
    pub amount: f64,
}

/// Slots of time, one after the other from the beginning of the job, in each of which one task does something long.
/// Another task wants a turn all the time: the turns that it misses in a slot are due to that slot's task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slots {
    /// A word for what is done in each slot, in order.
    pub words: &'static [&'static str],
    /// How long a slot is.
    pub each: Duration,
    /// About how long the work of a slot takes.
    pub takes: Duration,
    /// The index of the task that wants its turns.
    pub beats: usize,
}

/// A rectangle of pixels within a picture: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Pixels from the left edge.
    pub x: u32,
    /// Pixels from the top edge.
    pub y: u32,
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
}

/// How a workload's answers become a picture, tile by tile, as they arrive.
pub trait Picture {
    /// Width and height in pixels.
    fn size(&self, params: &Params) -> (u32, u32);
    /// Where the answer of task `index` of the last phase lies.
    fn tile(&self, params: &Params, index: usize) -> Tile;
    /// The colours of these pixels of an answer, which are counted row by row from 0: RGBA, one byte each. Ends at the
    /// first pixel that the answer does not have. Only visible pixels are asked for, because a page paints while other
    /// contexts compute.
    fn paint(&self, params: &Params, answer: &[u8], pixels: &mut dyn Iterator<Item = usize>) -> Vec<u8>;
}
