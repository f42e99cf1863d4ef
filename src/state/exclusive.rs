//! One thing at a time: what is measured has the machine for itself, because two at once would both be measured wrong.
//!
//! An activity that keeps the machine busy takes the turn, which nothing else gets until it is dropped, and which Cancel
//! and Escape reach. Meanwhile the buttons of the others are disabled, and each lab says whose turn it is.

use std::rc::Rc;

use leptos::prelude::*;

use crate::browser::Cancel;

/// What can keep the machine busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// A lab's run, by the lab's number.
    Run(usize),
    /// A lab's simulation.
    Simulate(usize),
    /// Measuring what things cost.
    Measure,
}

/// Who has the turn.
#[derive(Clone, Copy)]
pub struct Exclusive {
    holder: RwSignal<Option<Activity>>,
    cancel: StoredValue<Option<Rc<Cancel>>, LocalStorage>,
}

/// The right to keep the machine busy, until it is dropped.
pub struct Turn {
    of: Exclusive,
    /// What the visitor ends it with.
    pub cancel: Rc<Cancel>,
}

impl Exclusive {
    /// Nobody has the turn.
    pub fn new() -> Self {
        Self { holder: RwSignal::new(None), cancel: StoredValue::new_local(None) }
    }

    /// Takes the turn for an activity, unless another has it.
    pub fn take(self, activity: Activity) -> Option<Turn> {
        if self.taken() {
            return None;
        }
        let cancel = Rc::<Cancel>::default();
        self.cancel.set_value(Some(cancel.clone()));
        self.holder.set(Some(activity));
        Some(Turn { of: self, cancel })
    }

    /// Whether anything has the turn now.
    pub fn taken(self) -> bool {
        self.holder.with_untracked(Option::is_some)
    }

    /// Who has the turn.
    pub fn holder(self) -> Option<Activity> {
        self.holder.get()
    }

    /// Whether something else than this activity has the turn.
    pub fn held_up(self, activity: Activity) -> bool {
        self.holder.get().is_some_and(|holder| holder != activity)
    }

    /// Cancels what goes on, if anything does.
    pub fn cancel(self) {
        let cancel = self.cancel.get_value();
        cancel.inspect(|cancel| cancel.raise());
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.of.cancel.set_value(None);
        self.of.holder.set(None);
    }
}
