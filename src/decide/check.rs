//! "Run it to check": a smaller copy of the project runs in a lab below, and what the model expected of it is shown
//! beside the result.

use analyst::{About, AnalystAnswer, Pairs, ProjectInput, ProjectQuestion};
use lab::experiment::parse;
use leptos::prelude::*;
use pictures::Table;
use wasm_bindgen_futures::spawn_local;
use words::decision as say;

use super::deciding::here;
use crate::browser::{another_answer, ask};
use crate::fields::TableView;
use crate::state::{Caller, Ending, Lab, MachineUse, RunState, expect_page, run};

/// What came of it.
#[derive(Clone)]
enum Came {
    /// The two side by side, and what to conclude.
    Compared(Table, Vec<String>),
    /// Why there is nothing to compare.
    Not(String),
}

/// The button, the lab, and the comparison.
#[component]
pub fn Check(lab: Lab, children: Children) -> impl IntoView {
    let (page, deciding) = (expect_page(), here());
    let came = RwSignal::new_local(None::<Came>);
    Effect::new(move || {
        if lab.outcome.with(Option::is_none) {
            came.update(|came| {
                if let Some(Came::Compared(..)) = came {
                    *came = None; // it was of another run
                }
            });
        }
    });
    let compare = move |asked: ProjectQuestion| {
        move |ending: Ending| {
            let Ending::Reported(reported) = ending else { return };
            spawn_local(async move {
                let about = About::Check { asked: Box::new(asked), report: reported.report.clone() };
                came.set(Some(match ask(page.language_file(), about).await {
                    Ok(AnalystAnswer::Checked { table, says }) => Came::Compared(table, says),
                    other => Came::Not(words::failure(&other.err().unwrap_or_else(another_answer))),
                }));
            });
        }
    };
    let press = move |_| {
        let trial = deciding.decided.with_untracked(|decided| decided.as_ref().map(|decided| decided.trial.clone()));
        let Some(trial) = trial else { return };
        let (experiment, _, problems) = parse(trial, page.cores);
        if let Some(problem) = problems.first() {
            return came.set(Some(Came::Not(words::problem(problem))));
        }
        let given = ProjectInput::Pairs { before: Pairs::new(), pairs: deciding.known() };
        let end = Box::new(compare(deciding.asked(given, true)));
        lab.experiment.set(experiment);
        if run(page, lab, Some(Caller { progress: Box::new(|_| {}), end })) {
            lab.problems.set(Vec::new());
            came.set(None);
        }
    };
    let own = MachineUse::Run(lab.number);
    let cannot = move || page.exclusive.held_up(own) || lab.running() || deciding.decided.with(Option::is_none);
    let untouched = move || lab.progress.with(|progress| *progress == RunState::Idle);
    view! {
        <section class="check-run" aria-label=say::CHECK.text()>
            <h2>{say::CHECK.text()}</h2>
            <p class="hint">{say::CHECK_MEANS.text()}</p>
            <button type="button" class="primary" id="check" disabled=cannot
                title=move || page.exclusive.why_held_up(own) on:click=press>
                {say::CHECK.text()}
            </button>
            <div id="checked" aria-live="polite">{move || came.get().map(|came| view! { <Compared came lab /> })}</div>
            <div hidden=untouched>{children()}</div>
        </section>
    }
}

#[component]
fn Compared(came: Came, lab: Lab) -> impl IntoView {
    match came {
        Came::Not(why) => view! { <p class="why">{why}</p> }.into_any(),
        Came::Compared(table, says) => view! {
            <TableView table lab=Some(lab) />
            {says.into_iter().map(|says| view! { <p>{says}</p> }).collect_view()}
        }
        .into_any(),
    }
}
