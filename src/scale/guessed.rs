//! A row with what was guessed of it: kept on this device like all guesses.

use std::rc::Rc;

use leptos::prelude::*;
use pictures::costs::CostFigure;
use predict::scale::{AXIS, ScaleRow};
use predict::{read_number, write_number};
use words::scale as say;

use crate::state::{Costing, CostingSignal, Kept};

/// Handles to a row and its guess; copies refer to the same state.
#[derive(Clone, Copy)]
pub struct RowGuess {
    /// The row.
    pub row: StoredValue<Rc<ScaleRow>, LocalStorage>,
    /// What is chosen, in nanoseconds.
    pub chosen: RwSignal<Option<f64>>,
    /// What was committed to.
    pub guess: RwSignal<Option<f64>>,
    /// Whether the row's value is shown.
    pub told: RwSignal<bool>,
    /// The result of an earlier visit, until there is a newer one.
    pub before: RwSignal<Option<String>>,
}

impl RowGuess {
    /// The rows in an element's attribute, with what is kept of them; empty if the attribute holds none.
    pub fn of_all(pairs: &str, fresh: bool) -> Vec<Self> {
        let pairs: Vec<_> = form_urlencoded::parse(pairs.as_bytes()).collect();
        let rows = ScaleRow::read_all(pairs.iter().map(|(key, value)| (&**key, &**value)));
        rows.unwrap_or_default().into_iter().map(|row| Self::of(row, fresh)).collect()
    }

    fn of(row: ScaleRow, fresh: bool) -> Self {
        let kept = Kept::about(&asked(&row), fresh);
        let before = kept.as_ref().and_then(|kept| read_number(&kept.guess)).map(|place| AXIS.value(place));
        Self {
            row: StoredValue::new_local(Rc::new(row)),
            chosen: RwSignal::new(before),
            guess: RwSignal::new(None),
            told: RwSignal::new(false),
            before: RwSignal::new(kept.map(|kept| kept.said)),
        }
    }

    /// Whether it was guessed, now or at an earlier visit.
    pub fn answered(self) -> Signal<bool> {
        Signal::derive(move || self.guess.with(Option::is_some) | self.before.with(Option::is_some))
    }

    /// What was measured of the row here; `None` if nothing was.
    pub fn figure(self, state: CostingSignal) -> Option<CostFigure> {
        let Costing::Measured(costed) = state.get() else { return None };
        self.row.with_value(|row| row.of.iter().find_map(|id| costed.figures.iter().find(|own| own.id == *id).copied()))
    }

    /// What came of the guess, in a sentence or two: compared with what was measured here, else with what is usual.
    /// `None` without a guess.
    pub fn said(self, figure: Option<CostFigure>) -> Option<String> {
        let guess = self.guess.get()?;
        let truth = figure.map_or_else(|| self.row.with_value(|row| row.ns), |figure| [figure.us * 1000.0; 2]);
        let said = say::SCALE_SAID.with(&[("guess", say::guessed(guess).into())]);
        Some([said, say::judged(guess, truth), self.is(figure)].join(" "))
    }

    /// How long it takes: usually, and here.
    pub fn is(self, figure: Option<CostFigure>) -> String {
        let usual = self.row.with_value(|row| {
            say::SCALE_USUAL.with(&[("takes", row.takes.as_str().into()), ("source", row.source.as_str().into())])
        });
        match figure {
            Some(figure) => {
                let here = say::SCALE_HERE.with(&[("time", say::rough(figure.us * 1000.0).into())]);
                [here, usual].join(" ")
            }
            None => usual,
        }
    }

    /// Keeps the guess, and what came of it.
    pub fn keep(self, said: String) {
        let Some(guess) = self.guess.get_untracked() else { return };
        Kept::keep_about(write_number(AXIS.place(guess)), self.row.with_value(|row| asked(row)), said);
    }
}

fn asked(row: &ScaleRow) -> String {
    say::SCALE_ASKED.with(&[("what", row.what.as_str().into())])
}
