//! The engine: keeps the simulated time, and advances it once all futures wait.
//!
//! Events happen one at a time, and the context that an event wakes comes to rest before the next event: so the order
//! is decided by the agenda and not by how futures are combined.

use std::collections::BTreeMap;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};

use super::agenda::{Agenda, Event};
use super::cores::{Cores, MAIN, of_lane};
use super::machine::{MachineCosts, Nanos, SimulatedMachine};
use super::signal::Signals;

/// When no context has computed for this long, three hours, none will: a future that still wakes up now and then waits
/// in vain.
const PATIENCE: Nanos = 3 * 3_600_000_000_000;

/// A simulated machine at work.
pub(super) struct Engine {
    /// What things cost.
    pub(super) costs: MachineCosts,
    /// The lock is never contended: there is one thread. But strategies share their world between threads.
    state: Mutex<EngineState>,
}

pub(super) struct EngineState {
    pub(super) agenda: Agenda,
    pub(super) cores: Cores,
    pub(super) signals: Signals,
    /// When a context last finished a piece of work.
    computed: Nanos,
    /// The number of places that were ever given out in the queue of futures that wait for a change.
    pub(super) places: u64,
    /// The signals of the futures that wait for a change, by their places.
    pub(super) changed: BTreeMap<u64, u64>,
    /// The context whose future is being polled.
    pub(super) current: usize,
}

impl Engine {
    /// A machine at rest, at time 0, with as many contexts as `lanes` lanes need.
    pub(super) fn new(machine: &SimulatedMachine, lanes: usize) -> Self {
        let cores = Cores::new(machine, of_lane(lanes));
        let (agenda, signals) = (Agenda::default(), Signals::default());
        let state =
            EngineState { agenda, cores, signals, computed: 0, places: 0, changed: BTreeMap::new(), current: MAIN };
        Self { costs: machine.costs, state: Mutex::new(state) }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, EngineState> {
        self.state.lock().expect("nobody panics while holding it")
    }

    /// Lets time pass until `future` is done; `None` if it waits for something that will never happen.
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

    /// Jumps to the next event and lets it happen; `None` if there is none, or none that makes progress.
    fn advance(&self) -> Option<()> {
        let waker = {
            let EngineState { agenda, cores, signals, computed, .. } = &mut *self.state();
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
                Event::SliceOver { who, .. } => {
                    cores.slice_over(who, agenda);
                    None
                }
            }
        };
        if let Some(waker) = waker {
            waker.wake();
        }
        Some(())
    }

    /// Waits until a signal is given.
    pub(super) fn given(&self, signal: u64) -> impl Future<Output = ()> {
        SignalGiven { engine: self, signal }
    }

    /// Lets `length` pass for the caller, without a core.
    pub(super) async fn pass(&self, length: Nanos) {
        let signal = {
            let EngineState { agenda, signals, .. } = &mut *self.state();
            let signal = signals.open();
            agenda.at(agenda.now().saturating_add(length), Event::Signal(signal));
            signal
        };
        self.given(signal).await;
    }

    /// Lets the calling context compute for `length`, on a core as soon as it has one.
    pub(super) async fn work(&self, length: Nanos) {
        self.work_moving(length, 0.0).await;
    }

    /// The same, while using the share `moving` of the memory bandwidth, from 0 to 1.
    pub(super) async fn work_moving(&self, length: Nanos, moving: f64) {
        let signal = {
            let EngineState { agenda, cores, signals, current, .. } = &mut *self.state();
            if length == 0 && cores.ready(*current, agenda.now()) {
                return;
            }
            let signal = signals.open();
            cores.compute(*current, (length, moving), signal, agenda);
            signal
        };
        self.given(signal).await;
    }

    /// The intervals in which each context computed, as start and end, in order.
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

/// A future that is ready once a signal is given.
struct SignalGiven<'a> {
    engine: &'a Engine,
    signal: u64,
}

impl Future for SignalGiven<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.engine.state().signals.poll(self.signal, context.waker())
    }
}

impl Drop for SignalGiven<'_> {
    fn drop(&mut self) {
        self.engine.state().signals.close(self.signal);
    }
}
