//! One thing at a time: what is measured has the machine for itself, because two at once would both be measured wrong.
//!
//! Whoever is about to keep the machine busy takes the turn, which nobody else gets until it is dropped, and which
//! Cancel and Escape reach.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::state::State;
use crate::platform::Cancel;

/// What keeps the machine busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// A run.
    Run,
    /// Measuring what things cost.
    Costs,
    /// Asking what more cores would do.
    Simulation,
}

impl Busy {
    /// Why nothing else can begin.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Run => "A run is going on. Wait for it to end.",
            Self::Costs => "Costs are being measured. Wait for that to end.",
            Self::Simulation => "A simulation is going on. Wait for it to end.",
        }
    }
}

thread_local! {
    /// Ends what goes on.
    static CANCEL: RefCell<Option<Rc<Cancel>>> = const { RefCell::new(None) };
}

/// The right to keep the machine busy, until it is dropped.
pub struct Turn {
    state: State,
    /// What the visitor ends it with.
    pub cancel: Rc<Cancel>,
}

impl Turn {
    /// Takes it, unless something has it.
    pub fn take(state: State, busy: Busy) -> Option<Self> {
        if state.busy.get_untracked().is_some() {
            return None;
        }
        state.busy.set(Some(busy));
        let cancel = Rc::<Cancel>::default();
        CANCEL.set(Some(cancel.clone()));
        Some(Self { state, cancel })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        CANCEL.take();
        self.state.busy.set(None);
    }
}

/// Cancels what goes on, if anything does.
pub fn cancel() {
    let cancel = CANCEL.with_borrow(Clone::clone);
    cancel.inspect(|cancel| cancel.raise());
}
