//! The simulated world: gives strategies what they ask for, and lets time pass when all of them wait.
//!
//! One event at a time, and the context that it wakes comes to rest before the next: so who is first is decided by the agenda
//! and not by how futures are combined.

use std::collections::BTreeMap;
use std::ops::Range;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use futures_util::future::{join, join_all};
use workloads::{Step, Task, USUAL_STEP};

use super::agenda::{Agenda, Event};
use super::charge;
use super::context::{MAIN, Within, of_lane};
use super::cores::Cores;
use super::machine::{Costs, Machine, Nanos, ms, nanos};
use super::signal::{Given, Signals};
use strategies::trace::Stamp;
use strategies::{Body, Failure, Pending, Simulated, since};

/// When nobody has computed for so long, three hours, nobody will: whoever still looks up now and then waits in vain.
const PATIENCE: Nanos = 3 * 3_600_000_000_000;

/// A made-up machine at work.
pub(super) struct Engine {
    /// What things cost.
    pub(super) costs: Costs,
    /// Nobody else ever locks it: there is one thread. But strategies share their world between threads.
    state: Mutex<State>,
}

/// What changes.
pub(super) struct State {
    pub(super) agenda: Agenda,
    pub(super) cores: Cores,
    pub(super) signals: Signals,
    /// When a context last came to the end of something that it computed.
    computed: Nanos,
    /// How many places in the line of those who wait for a change were ever given away.
    places: u64,
    /// Who waits for a change, by their places.
    changed: BTreeMap<u64, u64>,
    /// The context whose future is being polled.
    pub(super) current: usize,
}

impl Engine {
    /// A machine at rest, at time 0, for as many contexts as `lanes` need.
    pub(super) fn new(machine: &Machine, lanes: usize) -> Self {
        let cores = Cores::new(machine, of_lane(lanes));
        let (agenda, signals) = (Agenda::default(), Signals::default());
        let state = State { agenda, cores, signals, computed: 0, places: 0, changed: BTreeMap::new(), current: MAIN };
        Self { costs: machine.costs, state: Mutex::new(state) }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while holding it")
    }

    /// Lets time pass until `future` is done; `None` if it waits for what will never happen.
    pub(super) fn drive<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let waker = Waker::from(woken.clone());
        let mut future = pin!(future);
        loop {
            while woken.0.swap(false, Relaxed) {
                if let Poll::Ready(outcome) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Some(outcome);
                }
            }
            self.advance()?;
        }
    }

    /// Jumps to the next event and lets it happen; `None` if none is to come, or none that helps.
    fn advance(&self) -> Option<()> {
        let waker = {
            let State { agenda, cores, signals, computed, .. } = &mut *self.state();
            let event = agenda.next(|event| match event {
                Event::Signal(signal) => signals.expects(signal),
                other => cores.expects(other),
            })?;
            if agenda.now() - *computed > PATIENCE {
                return None;
            }
            match event {
                Event::Signal(signal) => signals.give(signal),
                Event::Computed { who, .. } => {
                    *computed = agenda.now();
                    signals.give(cores.computed(who, agenda))
                }
                Event::TurnOver { who, .. } => {
                    cores.turn_over(who, agenda);
                    None
                }
            }
        };
        if let Some(waker) = waker {
            waker.wake();
        }
        Some(())
    }

    /// Lets so much time pass for the caller, without a core.
    pub(super) async fn pass(&self, length: Nanos) {
        let signal = {
            let State { agenda, signals, .. } = &mut *self.state();
            let signal = signals.open();
            agenda.at(agenda.now().saturating_add(length), Event::Signal(signal));
            signal
        };
        Given { engine: self, signal }.await;
    }

    /// Lets the calling context compute for so long, on a core as soon as it has one.
    pub(super) async fn work(&self, length: Nanos) {
        self.work_moving(length, 0.0).await;
    }

    /// The same, and takes up so much of the way to memory meanwhile, from 0 to 1.
    async fn work_moving(&self, length: Nanos, moving: f64) {
        let signal = {
            let State { agenda, cores, signals, current, .. } = &mut *self.state();
            if length == 0 && cores.ready(*current, agenda.now()) {
                return;
            }
            let signal = signals.open();
            cores.compute(*current, (length, moving), signal, agenda);
            signal
        };
        Given { engine: self, signal }.await;
    }

    /// When each context computed, from and until, in order.
    pub(super) fn computed(&self) -> Vec<Vec<(Nanos, Nanos)>> {
        self.state().cores.log()
    }
}

/// Whether the top future wants to be polled.
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Relaxed);
    }
}

impl Simulated for Engine {
    fn now(&self) -> Stamp {
        ms(self.state().agenda.now())
    }

    fn compute<'a>(&'a self, task: &'a mut dyn Task, begun: Stamp) -> Pending<'a, Step> {
        Box::pin(async move {
            self.work(0).await; // nobody steps without a core
            charge::take();
            let step = task.step(since(begun, self.now()));
            let (spent, bytes) = charge::take();
            // real tasks do not say: they have done a usual step, if they are not done or waiting
            let unsaid = if let Step::Progress | Step::Keep = step { USUAL_STEP.as_nanos() as Nanos } else { 0 };
            let length = spent.unwrap_or(unsaid);
            self.work_moving(length, self.costs.moving(bytes, length)).await;
            step
        })
    }

    fn block(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(self.pass(duration.as_nanos() as Nanos))
    }

    fn fetch(&self) -> Pending<'_, ()> {
        Box::pin(self.work(nanos(self.costs.task_us)))
    }

    fn on_all_threads<'a>(
        &'a self,
        lanes: Range<usize>,
        body: &'a Body<'a>,
        front: Pending<'a, Result<(), Failure>>,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let bodies = lanes.map(|lane| Within::new(self, of_lane(lane), body(lane)));
            let (outcomes, front) = join(join_all(bodies), front).await;
            front.and(outcomes.into_iter().collect())
        })
    }

    fn line_up(&self) -> u64 {
        let places = &mut self.state().places;
        *places += 1;
        *places
    }

    fn changed_or(&self, place: u64, deadline: Stamp) -> Pending<'_, ()> {
        Box::pin(async move {
            let signal = {
                let State { agenda, signals, changed, .. } = &mut *self.state();
                let signal = signals.open();
                agenda.at(not_before(deadline), Event::Signal(signal));
                changed.insert(place, signal);
                signal
            };
            Given { engine: self, signal }.await;
        })
    }

    fn change(&self) {
        let State { agenda, changed, .. } = &mut *self.state();
        let time = agenda.now().saturating_add(nanos(self.costs.handover_us));
        for signal in std::mem::take(changed).into_values() {
            agenda.at(time, Event::Signal(signal));
        }
    }
}

/// The first time that, in milliseconds, is not before the deadline, whatever is lost by rounding.
fn not_before(deadline: Stamp) -> Nanos {
    let near = (deadline * 1e6).round() as Nanos;
    (near.saturating_sub(2)..=near).find(|time| ms(*time) >= deadline).unwrap_or(near.saturating_add(2))
}
