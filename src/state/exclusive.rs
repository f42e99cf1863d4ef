//! One activity at a time: a measurement has the machine to itself, because two at once would both be wrong.
//!
//! An activity that keeps the machine busy takes the turn. No other activity gets the turn until the guard is dropped;
//! Cancel and Escape end it. Meanwhile the buttons of the others are disabled, and each lab says whose turn it is.

use std::rc::Rc;

use futures_channel::oneshot;
use leptos::prelude::*;
use words::en;

use crate::browser::Cancel;

/// What can keep the machine busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineUse {
    /// A lab's run, by the lab's number.
    Run(usize),
    /// A lab's simulation.
    Simulate(usize),
    /// Measuring what things cost.
    Measure,
}

/// Which activity has the turn, if any.
#[derive(Clone, Copy)]
pub struct Exclusive {
    holder: RwSignal<Option<MachineUse>>,
    cancel: StoredValue<Option<Rc<Cancel>>, LocalStorage>,
    /// Dropped when the turn is taken or given back, which wakes the futures that wait.
    waiting: StoredValue<Vec<oneshot::Sender<()>>, LocalStorage>,
}

/// The right to keep the machine busy, until it is dropped.
pub struct ExclusiveGuard {
    of: Exclusive,
    /// Raised when the visitor ends the activity.
    pub cancel: Rc<Cancel>,
}

impl Exclusive {
    /// No activity has the turn.
    pub fn new() -> Self {
        Self {
            holder: RwSignal::new(None),
            cancel: StoredValue::new_local(None),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// Takes the turn for an activity, unless another has it.
    pub fn take(self, activity: MachineUse) -> Option<ExclusiveGuard> {
        if self.taken() {
            return None;
        }
        let cancel = Rc::<Cancel>::default();
        self.goes_to(Some(activity), Some(cancel.clone()));
        Some(ExclusiveGuard { of: self, cancel })
    }

    /// Whether anything has the turn now.
    pub fn taken(self) -> bool {
        self.holder.with_untracked(Option::is_some)
    }

    fn goes_to(self, holder: Option<MachineUse>, cancel: Option<Rc<Cancel>>) {
        self.cancel.set_value(cancel);
        self.holder.set(holder);
        self.waiting.set_value(Vec::new());
    }

    /// Waits until nothing has the turn.
    pub async fn free(self) {
        while self.taken() {
            self.changed().await;
        }
    }

    /// Waits until something has the turn.
    pub async fn busy(self) {
        while !self.taken() {
            self.changed().await;
        }
    }

    async fn changed(self) {
        let (tell, told) = oneshot::channel();
        self.waiting.update_value(|waiting| {
            waiting.retain(|other| !other.is_canceled());
            waiting.push(tell);
        });
        told.await.unwrap_or_default();
    }

    /// Whether the activity that has the turn was cancelled, and is about to end.
    pub fn ending(self) -> bool {
        self.cancel.with_value(|cancel| cancel.as_ref().is_some_and(|cancel| cancel.raised()))
    }

    /// Which activity has the turn, if any.
    pub fn holder(self) -> Option<MachineUse> {
        self.holder.get()
    }

    /// Whether another activity than this one has the turn.
    pub fn held_up(self, activity: MachineUse) -> bool {
        self.holder.get().is_some_and(|holder| holder != activity)
    }

    /// Why a button for this activity is disabled, as a sentence; empty while it is not held up.
    pub fn why_held_up(self, activity: MachineUse) -> String {
        if self.held_up(activity) { en::HELD_UP.text() } else { String::new() }
    }

    /// Cancels the activity that has the turn, if any.
    pub fn cancel(self) {
        let cancel = self.cancel.get_value();
        cancel.inspect(|cancel| cancel.raise());
    }
}

impl Drop for ExclusiveGuard {
    fn drop(&mut self) {
        self.of.goes_to(None, None);
    }
}
