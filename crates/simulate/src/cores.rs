//! Which contexts compute on a core, and which wait for one.
//!
//! First come, first served. A context keeps its core from one piece of work to the next until it has nothing to
//! compute; while others wait for a core, it keeps it for a quantum at most. Invariant: no context waits while a core
//! is free.
//!
//! All cores share the memory bandwidth. While the contexts that compute want more of it than there is, each that moves
//! anything slows down by the same factor, so that together they use exactly the bandwidth (a roofline; Williams,
//! Waterman and Patterson, 2009).

use std::collections::VecDeque;

use super::agenda::{Agenda, Event};
use super::machine::{Nanos, SimulatedMachine};

/// The context that performs the sample: the page's thread, or the run worker's.
pub(super) const MAIN: usize = 0;

/// The context of a lane that has a context of its own: a thread or a process.
pub(super) fn of_lane(lane: usize) -> usize {
    lane + 1
}

/// All contexts, by their number, and the cores that they share.
pub(super) struct Cores {
    free: usize,
    quantum: Nanos,
    /// Contexts that wait for a core.
    queue: VecDeque<usize>,
    contexts: Vec<CoreUser>,
}

/// A context that computes: a thread or a process.
#[derive(Default)]
struct CoreUser {
    /// The pieces of work that it has to compute, in order.
    work: VecDeque<Work>,
    /// Its time on a core, if it has one.
    slice: Option<TimeSlice>,
    /// The number of time slices it has had.
    slices: u64,
    /// The number of bursts it has computed in.
    bursts: u64,
    /// The intervals in which it computed, as start and end.
    computed: Vec<(Nanos, Nanos)>,
}

/// A piece of work.
struct Work {
    /// How much longer it takes when nothing slows it down.
    left: Nanos,
    /// The share of the memory bandwidth that it uses meanwhile, from 0 to 1.
    moving: f64,
    /// The signal to give when it is done.
    signal: u64,
}

/// A context's time on a core.
struct TimeSlice {
    since: Nanos,
    /// The burst it is computing in; `None` if it computes nothing.
    burst: Option<Burst>,
    /// Whether its end is on the agenda.
    ends: bool,
}

/// Computing without a break, at one pace.
#[derive(Clone, Copy)]
struct Burst {
    began: Nanos,
    /// The factor by which everything takes longer than it would alone.
    slower: f64,
}

impl Burst {
    /// The time at which work that takes `left` alone is done.
    fn until(self, left: Nanos) -> Nanos {
        self.began.saturating_add((left as f64 * self.slower).ceil() as Nanos)
    }

    /// How much work was done by `now`, as the time that it would have taken alone.
    fn done(self, now: Nanos) -> Nanos {
        ((now - self.began) as f64 / self.slower).round() as Nanos
    }
}

impl CoreUser {
    /// The burst it is computing in.
    fn burst(&self) -> Option<Burst> {
        self.slice.as_ref()?.burst
    }

    /// The share of the memory bandwidth that it wants at this moment, from 0 to 1.
    fn moving(&self) -> f64 {
        self.burst().map_or(0.0, |_| self.work[0].moving)
    }

    /// Ends the burst that it is computing in, and records it.
    fn end_burst(&mut self, now: Nanos) {
        let burst = self.slice.as_mut().and_then(|slice| slice.burst.take()).expect("it was computing");
        self.work[0].left = self.work[0].left.saturating_sub(burst.done(now));
        match self.computed.last_mut() {
            Some((_, until)) if *until == burst.began => *until = now,
            _ if now > burst.began => self.computed.push((burst.began, now)),
            _ => {}
        }
    }
}

impl Cores {
    /// The cores of a machine, for this number of contexts.
    pub(super) fn new(machine: &SimulatedMachine, contexts: usize) -> Self {
        let contexts = (0..contexts).map(|_| CoreUser::default()).collect();
        Self { free: machine.cores.max(1), quantum: machine.quantum(), queue: VecDeque::new(), contexts }
    }

    /// Whether `who` could compute at this very moment.
    pub(super) fn ready(&self, who: usize, now: Nanos) -> bool {
        let CoreUser { work, slice, .. } = &self.contexts[who];
        work.is_empty() && slice.as_ref().is_some_and(|slice| !self.over(slice, now))
    }

    /// Gives `who` a piece of work, which takes `length` alone and uses the share `moving` of the memory bandwidth;
    /// `signal` is given when it is done.
    pub(super) fn compute(&mut self, who: usize, (length, moving): (Nanos, f64), signal: u64, agenda: &mut Agenda) {
        self.contexts[who].work.push_back(Work { left: length, moving, signal });
        if self.contexts[who].work.len() == 1 {
            self.go_on(who, agenda);
        }
    }

    /// Whether an event is still valid.
    pub(super) fn expects(&self, event: Event) -> bool {
        match event {
            Event::Computed { who, burst } => {
                burst == self.contexts[who].bursts && self.contexts[who].burst().is_some()
            }
            Event::SliceOver { who, slice } => slice == self.contexts[who].slices && self.contexts[who].slice.is_some(),
            Event::Signal(_) => false,
        }
    }

    /// `who` has finished its current piece of work; returns the signal of that piece.
    pub(super) fn computed(&mut self, who: usize, agenda: &mut Agenda) -> u64 {
        self.pause(who, agenda);
        let done = self.contexts[who].work.pop_front().expect("a burst is of a piece of work");
        if !self.contexts[who].work.is_empty() {
            self.go_on(who, agenda);
        }
        done.signal
    }

    /// `who` has been on its core for a quantum: it gives the core up if another context waits for one.
    pub(super) fn slice_over(&mut self, who: usize, agenda: &mut Agenda) {
        let CoreUser { slice, work, .. } = &mut self.contexts[who];
        let slice = slice.as_mut().expect("only a slice can be over");
        slice.ends = false;
        // a burst that ends at this very moment frees the core by itself
        let done = slice.burst.is_none_or(|burst| burst.until(work[0].left) <= agenda.now());
        if !self.queue.is_empty() && !done {
            self.pause(who, agenda);
            self.give_up(who, agenda);
            self.line_up(who, agenda);
        }
    }

    /// `who` is not running any further: it gives up its core if it has nothing to compute.
    pub(super) fn settle(&mut self, who: usize, agenda: &mut Agenda) {
        if self.contexts[who].work.is_empty() && self.contexts[who].slice.is_some() {
            self.give_up(who, agenda);
        }
    }

    /// The intervals in which each context computed, as start and end, in order.
    pub(super) fn log(&self) -> Vec<Vec<(Nanos, Nanos)>> {
        self.contexts.iter().map(|context| context.computed.clone()).collect()
    }

    /// Whether this slice has to end because another context waits.
    fn over(&self, slice: &TimeSlice, now: Nanos) -> bool {
        !self.queue.is_empty() && now - slice.since >= self.quantum
    }

    /// Begins the next piece of work, on the core that `who` has or as soon as it gets one.
    fn go_on(&mut self, who: usize, agenda: &mut Agenda) {
        match &self.contexts[who].slice {
            Some(slice) if !self.over(slice, agenda.now()) => self.start(who, agenda),
            slice => {
                if slice.is_some() {
                    self.give_up(who, agenda);
                }
                self.line_up(who, agenda);
            }
        }
    }

    fn line_up(&mut self, who: usize, agenda: &mut Agenda) {
        self.queue.push_back(who);
        self.hand_out(agenda);
    }

    fn give_up(&mut self, who: usize, agenda: &mut Agenda) {
        self.contexts[who].slice = None;
        self.free += 1;
        self.hand_out(agenda);
    }

    /// Gives free cores to the contexts that wait; if some still wait then, each context keeps its core for a quantum
    /// at most.
    fn hand_out(&mut self, agenda: &mut Agenda) {
        while self.free > 0 {
            let Some(who) = self.queue.pop_front() else { return };
            self.free -= 1;
            let context = &mut self.contexts[who];
            context.slices += 1;
            context.slice = Some(TimeSlice { since: agenda.now(), burst: None, ends: false });
            self.start(who, agenda);
        }
        if !self.queue.is_empty() {
            self.limit_turns(agenda);
        }
    }

    fn limit_turns(&mut self, agenda: &mut Agenda) {
        for (who, context) in self.contexts.iter_mut().enumerate() {
            let Some(slice) = context.slice.as_mut().filter(|slice| !slice.ends) else { continue };
            slice.ends = true;
            agenda.at(slice.since.saturating_add(self.quantum), Event::SliceOver { who, slice: context.slices });
        }
    }

    fn start(&mut self, who: usize, agenda: &mut Agenda) {
        self.go_at(1.0, who, agenda);
        self.share_memory(who, agenda);
    }

    /// Ends the burst that `who` is computing in.
    fn pause(&mut self, who: usize, agenda: &mut Agenda) {
        self.contexts[who].end_burst(agenda.now());
        self.share_memory(who, agenda);
    }

    /// `who` has begun to compute, or has stopped. If it moves anything, the others get less of the memory bandwidth,
    /// or more.
    fn share_memory(&mut self, who: usize, agenda: &mut Agenda) {
        if self.contexts[who].work[0].moving == 0.0 {
            return;
        }
        let slower = self.contexts.iter().map(CoreUser::moving).sum::<f64>().max(1.0);
        for who in 0..self.contexts.len() {
            let context = &mut self.contexts[who];
            if context.moving() > 0.0 && context.burst().is_some_and(|burst| burst.slower != slower) {
                context.end_burst(agenda.now());
                self.go_at(slower, who, agenda);
            }
        }
    }

    /// Begins a burst of the work of `who`, slowed down by the factor `slower`.
    fn go_at(&mut self, slower: f64, who: usize, agenda: &mut Agenda) {
        let CoreUser { work, slice, bursts, .. } = &mut self.contexts[who];
        let burst = Burst { began: agenda.now(), slower };
        *bursts += 1;
        slice.as_mut().expect("who starts has a core").burst = Some(burst);
        agenda.at(burst.until(work[0].left), Event::Computed { who, burst: *bursts });
    }
}
