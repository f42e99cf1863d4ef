//! One thing at a time: what is measured has the machine for itself, because two at once would both be measured wrong.
//!
//! Whoever is about to keep the machine busy takes the turn, which nobody else gets until it is dropped, and which
//! Cancel and Escape reach. Meanwhile the buttons of the others are disabled.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;

use super::markup::element;
use crate::platform::Cancel;

/// The button that runs; the page shows what it does just now.
pub const RUN: &str = ".go button";
/// The button that measures costs.
pub const MEASURE: &str = "#measure-costs";
/// The button that asks for more cores.
pub const SIMULATE: &str = "#simulate";

/// Why a button is disabled.
const HELD_UP: &str = "Something else is going on. Wait for it to end, or cancel it.";

thread_local! {
    /// Ends what goes on.
    static CANCEL: RefCell<Option<Rc<Cancel>>> = const { RefCell::new(None) };
}

/// The right to keep the machine busy, until it is dropped.
pub struct Turn {
    button: &'static str,
    /// What the visitor ends it with.
    pub cancel: Rc<Cancel>,
}

impl Turn {
    /// Takes it for what this button starts, unless something has it.
    pub fn take(button: &'static str) -> Option<Self> {
        if taken() {
            return None;
        }
        let cancel = Rc::<Cancel>::default();
        CANCEL.set(Some(cancel.clone()));
        show(button, true);
        Some(Self { button, cancel })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        CANCEL.take();
        show(self.button, false);
    }
}

/// Shows who has the turn, or had it. Each has one button, so that the keyboard's focus stays on it.
fn show(own: &str, taken: bool) {
    for (selector, label) in [(RUN, None), (MEASURE, Some("Measure")), (SIMULATE, Some("Simulate"))] {
        let Some(button) = element(selector) else { continue };
        if selector != own {
            Reflect::set(&button, &"disabled".into(), &taken.into()).ok();
            Reflect::set(&button, &"title".into(), &(if taken { HELD_UP } else { "" }).into()).ok();
        } else if label.is_some() {
            button.set_text_content(if taken { Some("Cancel") } else { label });
        }
    }
}

/// Whether something has the turn now.
pub fn taken() -> bool {
    CANCEL.with_borrow(Option::is_some)
}

/// Cancels what goes on, if anything does.
pub fn cancel() {
    let cancel = CANCEL.with_borrow(Clone::clone);
    cancel.inspect(|cancel| cancel.raise());
}
