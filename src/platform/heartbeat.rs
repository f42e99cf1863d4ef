//! The page's pulse while a sample runs: messages to itself and frames, and when they arrived.
//!
//! A frozen page answers neither. Beats are taken every few milliseconds, not without a pause: a pulse that never
//! rests would itself take the core away that it reports on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen_futures::spawn_local;

use super::{BROWSER_CLOCK, frame, give_way, sleep};
use crate::trace::{Cause, Clock, LaneBuffer, Span, Stamp, read};

/// Pause between two message beats.
const PAUSE: Duration = Duration::from_millis(8);

/// A pulse that is being taken.
pub struct Heartbeat {
    state: Rc<State>,
}

#[derive(Default)]
struct State {
    stopped: Cell<bool>,
    /// (when it arrived, what it was), in order
    beats: RefCell<Vec<(Stamp, Cause)>>,
}

impl State {
    fn beat(&self, cause: Cause) {
        self.beats.borrow_mut().push((BROWSER_CLOCK.now(), cause));
    }
}

impl Heartbeat {
    /// Starts taking the pulse, and comes back with its first beat.
    pub async fn start() -> Self {
        let state = Rc::new(State::default());
        give_way().await;
        state.beat(Cause::Message);
        spawn_local(take_messages(state.clone()));
        spawn_local(take_frames(state.clone()));
        Self { state }
    }

    /// Waits for one more beat, so that a freeze that ends with the sample is seen whole, and returns all beats as
    /// spans since `epoch`, each from one arrival to the next of its kind.
    pub async fn stop(self, epoch: Stamp) -> Vec<Span> {
        give_way().await;
        self.state.beat(Cause::Message);
        self.state.stopped.set(true);
        let beats = self.state.beats.borrow();
        let kind = |cause| beats.iter().filter(move |(_, kind)| *kind == cause).map(|(at, _)| *at);
        let buffer = LaneBuffer::new(beats.len());
        for cause in [Cause::Message, Cause::Frame] {
            for (start, end) in kind(cause).zip(kind(cause).skip(1)).filter(|(_, end)| *end > epoch) {
                buffer.record(cause, 0, start - epoch, end - epoch);
            }
        }
        read(&buffer.snapshot()).expect("our own buffer").0
    }
}

impl Drop for Heartbeat {
    /// However a sample ends, its pulse does.
    fn drop(&mut self) {
        self.state.stopped.set(true);
    }
}

async fn take_messages(state: Rc<State>) {
    while !state.stopped.get() {
        sleep(PAUSE).await;
        give_way().await;
        state.beat(Cause::Message);
    }
}

async fn take_frames(state: Rc<State>) {
    while !state.stopped.get() {
        frame().await;
        state.beat(Cause::Frame);
    }
}
