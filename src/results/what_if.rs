//! What if there were N cores? Simulated by the analyst from the last run's blocking sample, and never drawn among the
//! measured lanes.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::markup::escaped;
use super::state::{Outcome, State};
use super::turn::{self, SIMULATE, Turn};
use pictures::{Answer, Question, what_if};
use lab::experiment::{BASELINE, Experiment};
use crate::platform::{another_answer, ask};
use strategies::Failure;

/// The cores that may be asked for.
const CORES: std::ops::RangeInclusive<usize> = 1..=128;
/// More cores than most who ask have.
const USUAL: usize = 16;

/// The question, and its answer; once something was measured.
#[component]
pub fn WhatIf(state: State) -> AnyView {
    let cores = RwSignal::new(USUAL);
    let html = RwSignal::new_local(None::<String>);
    Effect::new(move || {
        state.outcome.track();
        html.set(None); // it was of another run
    });
    let there = move || state.outcome.with(Option::is_some);
    let choose = move |event| {
        let asked = event_target_value(&event).parse().unwrap_or(USUAL);
        cores.set(asked.clamp(*CORES.start(), *CORES.end()));
    };
    let press = move |_| {
        let question = match question(state, cores.get_untracked()) {
            Ok(question) => question,
            Err(why) => return html.set(Some(format!("<p>{why}</p>"))),
        };
        let Some(turn) = Turn::take(SIMULATE) else { return turn::cancel() };
        spawn_local(async move {
            html.set(match turn.cancel.or(Box::pin(ask(&Question::WhatIf(question)))).await {
                Ok(Answer::WhatIf(html)) => Some(html),
                Err(Failure::Cancelled) => None,
                other => {
                    let failure = other.err().unwrap_or_else(another_answer);
                    Some(format!("<p class=\"why\">{}</p>", escaped(&failure.to_string())))
                }
            });
        });
    };
    let form = move || {
        view! {
            <details class="what-if" id="what-if">
                <summary>"What if there were more cores?"</summary>
                <p inner_html=MEANING></p>
                <label class="field">
                    <span>"Cores"</span>
                    <input type="number" id="cores" min=*CORES.start() max=*CORES.end() prop:value=move || cores.get().to_string() on:change=choose />
                </label>
                <button type="button" id="simulate" on:click=press>"Simulate"</button>
                <div inner_html=move || html.get().unwrap_or_default() aria-live="polite"></div>
            </details>
        }
    };
    (move || there().then(form)).into_any()
}

/// What is simulated, and what is not.
const MEANING: &str = "A simulation: the tasks that blocking was measured with, on a made-up machine, scheduled by the \
    same code. Messages, threads and locks cost what was measured under “What do things cost here?”, or the usual. Caches \
    and clock rates are left out, so real machines do worse.";

/// Why nothing is simulated where blocking did not run.
const UNMEASURED: &str =
    "What is done again is what blocking was measured with: choose blocking, too, and run once more.";
/// Nor where what it did says nothing.
const VOID: &str = "The tab was hidden during the run, so its times say nothing: run once more.";

/// The numbers of workers and the median are those of the greatest number of workers.
///
/// # Errors
/// Why there is nothing to ask.
fn question(state: State, cores: usize) -> Result<what_if::WhatIf, &'static str> {
    let outcome = state.outcome.get_untracked().ok_or(UNMEASURED)?;
    let series = blocking(&outcome).ok_or(UNMEASURED)?;
    let typical = outcome.numbers_of(series).ok_or(VOID)?.typical;
    let measured = outcome.findings.results.measurements.iter().rev();
    Ok(what_if::WhatIf {
        experiment: state.experiment.with_untracked(Experiment::owned_pairs),
        claimed_cores: state.catalogue.with_value(|catalogue| catalogue.claimed_cores),
        cores,
        costs: state.costs.get_untracked(),
        blocking: series.samples.get(typical).ok_or(UNMEASURED)?.clone(),
        repeats: series.repeats,
        sizes: series.sizes.clone(),
        measured: measured.map(|own| (own.strategy.clone(), own.workers, own.median_ms)).collect(),
    })
}

fn blocking(outcome: &Outcome) -> Option<&strategies::trace::Series> {
    outcome.series_of(BASELINE).filter(|series| !series.samples.is_empty())
}
