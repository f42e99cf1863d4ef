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

/// What a task leaves behind: bytes whose meaning is its workload's own, so that copying them can be seen.
pub type Answer = Vec<u8>;

/// Bytes that the tasks of one memory share, and that a memory of its own gets a copy of: an answer that a later phase
/// reads, or a file.
pub type SharedBytes = Arc<Answer>;

/// What one step of a task came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// About 0.1 ms of work was done, and more is left.
    Progress,
    /// The same, but the task does not give control back: who leaves that to it goes on with this task, and does nothing
    /// else meanwhile. Who takes control goes by no such wish.
    Keep,
    /// The task has nothing to do until this much time has passed (a modelled network wait).
    Wait(Duration),
    /// The same, but the task does not give control back meanwhile: a call that blocks. Who leaves that to it does nothing else
    /// until then.
    Block(Duration),
    /// The task has nothing to do until so long after the sample began (a deadline). A task that arrives only then has this
    /// as its first step, also where that moment has passed: its latency counts from it.
    WaitUntil(Duration),
    /// The task is finished; it must not be stepped again.
    Done(Answer),
}

/// What a step takes on a usual core.
pub const USUAL_STEP: Duration = Duration::from_micros(100);

/// What computes for no longer than this from one wait to the next is next to nothing, where nobody says otherwise, and stays
/// where the loop is: some usual steps, because a core may be slow.
pub const NEXT_TO_NOTHING: Duration = Duration::from_micros(250);

/// What kind of work a step is: what whoever schedules tasks may want to know before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Next to no work: it stays where the loop is.
    Light,
    /// Worth sending away.
    Heavy,
    /// The same, by compiled code that lets go of an interpreter's lock meanwhile.
    Released,
}

/// One independent chain of steps, done in order: a generator, as coroutines are.
pub trait Task: Send {
    /// Does about 0.1 ms of work on a usual core, and at most 0.3 ms in 99 of 100 steps, or asks to wait. So finely can a
    /// lock change hands, a run be cancelled, and a core be seen to be lost. `now` is the time since the sample began, on
    /// the clock of whoever runs the task.
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
    /// `{tasks?task:tasks}` is the first word if there is one of them, and the second if not.
    pub answer: &'static str,
    /// What a [`Volume`] counts, to be followed by "/s": `"GB"`, `"requests"`, ...
    pub unit: Option<&'static str>,
    /// Why tasks in memories of their own cannot do this work together, if for some parameters they cannot: a clause
    /// that can follow a colon.
    pub one_memory: Option<&'static str>,
}

/// A workload whose answer is known for one small size: (parameters, seed) and the summary.
#[derive(Debug)]
pub struct Known {
    /// Parameters that differ from the defaults.
    pub params: &'static [(&'static str, u32)],
    /// The seed.
    pub seed: u64,
    /// The digest that [`Workload::answer`] must have.
    pub digest: &'static str,
    /// Its facts, in order.
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

    /// The bytes that task `index` of `phase` needs besides the parameters; `previous` holds the answers of the phase
    /// before (for the first phase, the [`files`](Workload::files)). Parts are shared with a thread and copied to a
    /// process; to hand one of `previous` on costs nothing here.
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

    /// Builds task `index` of `phase` from what [`Workload::input`] gave. Nothing long happens here: work is for steps.
    fn task(&self, params: &Params, seed: u64, phase: usize, index: usize, input: &[SharedBytes]) -> Box<dyn Task>;

    /// The whole answer, from the answers of the last phase in order of their index. Equal work gives equal summaries,
    /// and different work different ones (a checksum is part of them where the answer is bulky).
    fn answer(&self, params: &Params, last: &[SharedBytes]) -> Summary;

    /// Whether tasks in memories of their own cannot do this work together; [`Info::one_memory`] says why.
    fn needs_shared_memory(&self, params: &Params) -> bool {
        let _ = params;
        false
    }

    /// Whether its tasks, at the same time in one memory, hold each other up within a step, for a lock or a line of the cache.
    /// Then nobody can tell by a step's length whether it had its core.
    fn contends(&self, params: &Params) -> bool {
        let _ = params;
        false
    }

    /// How much is done in all, so that a rate can be told; `None` where no rate says more than the time does.
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

    /// How long all tasks together wait, one after the other: what blocking takes at least.
    fn waits(&self, params: &Params) -> Duration {
        let _ = params;
        Duration::ZERO
    }

    /// About how long all tasks together compute, one after the other, on a core that takes 0.1 ms for what makes a step;
    /// zero where that is never many seconds. Nobody is timed by this: it announces long freezes.
    fn computes(&self, params: &Params) -> Duration {
        let _ = params;
        Duration::ZERO
    }

    /// What picking the workload on the page sets beside its parameters, because it shows little otherwise: settings of
    /// an experiment, by their keys in the URL.
    fn demo(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Whether its tasks keep control while they compute, where that is left to them: nothing that is recorded tells so.
    fn keeps_control(&self, params: &Params) -> bool {
        let _ = params;
        false
    }

    /// How many lines the task of this index prints, each as much work as the others, if tasks print.
    fn prints(&self, index: usize) -> Option<u32> {
        let _ = index;
        None
    }

    /// The slots of time in which its tasks make one call each, if they do, while another task wants its turns.
    fn slots(&self, params: &Params) -> Option<Slots> {
        let _ = params;
        None
    }

    /// What each task of the last phase got done in each millisecond since the sample began, if tasks count that.
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

/// Slots of time, one after the other from the begin of the job, in each of which one task does something long. Another task
/// wants a turn all the time: what it has to go without, it owes to that one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slots {
    /// A word for what is done in each, in order.
    pub words: &'static [&'static str],
    /// How long a slot is.
    pub each: Duration,
    /// How long what is done in it takes, about.
    pub takes: Duration,
    /// The task that wants its turns.
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
    /// These of an answer's pixels, which are counted row by row from 0: RGBA, one byte each. Ends at the first that the
    /// answer does not have. Only what is shown is asked for, because a page paints while others compute.
    fn paint(&self, params: &Params, answer: &[u8], pixels: &mut dyn Iterator<Item = usize>) -> Vec<u8>;
}
