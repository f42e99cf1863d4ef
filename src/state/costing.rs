//! Measuring what things cost here, on request: its turn, its progress, and what came of it.

use std::rc::Rc;

use analyst::{About, AnalystAnswer};
use leptos::prelude::*;
use leptos::task::spawn_local;
use pictures::Table;
use pictures::costs::{CostFigure, MeasuredCosts};
use strategies::Failure;
use words::en;

use super::{MachineUse, PageState};
use crate::browser::{OriginLock, Visibility, another_answer, ask, engine, measure_costs};

/// How far measuring is, or what came of it.
#[derive(Clone)]
pub enum Costing {
    /// Nobody has asked.
    Nothing,
    /// Another frame, tab or window is measuring.
    Waiting,
    /// `done` of `total` parts are done.
    Measuring {
        /// Parts done.
        done: usize,
        /// Parts in all.
        total: usize,
    },
    /// It is measured.
    Measured(Rc<Costed>),
    /// It failed, as a sentence.
    Failed(String),
}

/// What things cost here.
pub struct Costed {
    /// As a report, in JSON.
    pub report: String,
    /// As a table.
    pub table: Table,
    /// As numbers.
    pub figures: Vec<CostFigure>,
    /// Whether another window may have measured at the same time.
    pub doubted: bool,
    /// Why a part of them is missing, as a sentence, if one is.
    pub missing: Option<String>,
}

/// A handle to the state of measuring; copies refer to the same state.
pub type CostingSignal = RwSignal<Costing, LocalStorage>;

/// Measures the costs, or cancels the activity that has the turn.
pub fn measure_or_cancel(page: PageState, state: CostingSignal) {
    let Some(turn) = page.exclusive.take(MachineUse::Measure) else { return page.exclusive.cancel() };
    state.set(Costing::Measuring { done: 0, total: 1 });
    spawn_local(async move {
        state.set(match turn.cancel.or(Box::pin(measure(page, state))).await {
            Ok(measured) => measured,
            Err(Failure::Cancelled) => Costing::Nothing,
            Err(failure) => Costing::Failed(words::failure(&failure)),
        });
    });
}

async fn measure(page: PageState, state: CostingSignal) -> Result<Costing, Failure> {
    let visibility = Visibility::watch();
    let lock = OriginLock::take(|| state.set(Costing::Waiting)).await;
    let progress = move |done, total| state.set(Costing::Measuring { done, total });
    let (costs, failure) = measure_costs(page.isolation.shared_memory(), page.cores.0.max(2), progress).await;
    if visibility.was_hidden() {
        return Ok(Costing::Failed(en::COSTS_HIDDEN.text()));
    }
    let missing = failure.map(|why| words::failure(&why));
    page.costs.set(costs.clone());
    let (claimed_cores, timer_resolution_ms) = (page.cores.0, page.timer_resolution);
    let another_instance = lock.another_may_have_measured();
    let measured = MeasuredCosts { costs, claimed_cores, engine: engine(), timer_resolution_ms, another_instance };
    match ask(page.language_file(), About::Costs(measured)).await? {
        AnalystAnswer::Costs { report, table, figures } => {
            let doubted = another_instance == Some(true);
            Ok(Costing::Measured(Rc::new(Costed { report, table, figures, doubted, missing })))
        }
        _ => Err(another_answer()),
    }
}
