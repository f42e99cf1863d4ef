//! One row a strategy: its name, its lanes, its numbers; and the axis below them all.
//!
//! Rows are written as HTML when the choice of strategies or workers changes; numbers are put into them as they come.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Element, MouseEvent};

use super::markup::{element, escaped, fill};
use super::picture::figures;
use super::state::{Stage, State};
use super::timeline::{CROWD, FEW};
use pictures::words::{duration, factor, interval};
use lab::experiment::Experiment;
use crate::platform::{Isolation, fetch_text, why_not};
use strategies::{self, Equivalent, Memory, Meta, Place, Scheduling, Strategy};

/// What the marks on the lanes mean.
const LEGEND: &str = "<span class=\"key key-compute\">computing</span>\
    <span class=\"key key-wait\">waiting, lane held</span>\
    <span class=\"key key-lock\">waiting for a lock</span>\
    <span class=\"key key-copy\">copying, handing over</span>\
    <span class=\"key key-start\">starting</span>\
    <span class=\"key key-beat\">the page’s heartbeat</span>\
    <span class=\"key key-frozen\">page frozen</span>";

/// All strategies of the experiment on one axis.
#[component]
pub fn Rows(state: State) -> impl IntoView {
    Effect::new(move |shown: Option<[String; 2]>| {
        let wanted = state.experiment.with(|experiment| {
            let isolation = state.isolation.get_value();
            let rows: String = chosen(experiment).map(|one| row(one, experiment, &isolation)).collect();
            [rows, figures(experiment)]
        });
        if shown.as_ref() != Some(&wanted) {
            fill("#rows", &wanted[0]);
            fill("#pictures", &wanted[1]);
            let strategies = state.experiment.with_untracked(|experiment| experiment.strategies.clone());
            state.screen.get_value().adopt(&strategies);
        }
        wanted
    });
    Effect::new(move || {
        for strategy in state.experiment.with(|experiment| chosen(experiment).collect::<Vec<_>>()) {
            let Meta { id, .. } = strategy.meta();
            fill(&format!("[data-strategy={id}] .numbers"), &numbers(state, id));
            if let Some(canvas) = element(&format!("[data-strategy={id}] canvas")) {
                canvas.set_attribute("aria-label", &summary(state, strategy.meta())).ok();
            }
        }
    });
    view! {
        <section class="race" aria-label="Lanes of each strategy on one time axis" on:click=show_code>
            <div id="rows"></div>
            <div class="axis"><canvas aria-hidden="true"></canvas></div>
            <p class="legend" inner_html=LEGEND></p>
        </section>
    }
}

/// The experiment's strategies, as its settings make them.
pub fn chosen(experiment: &Experiment) -> impl Iterator<Item = &'static dyn Strategy> {
    experiment.strategies.iter().filter_map(|id| strategy::find_as(id, &experiment.settings))
}

fn row(strategy: &dyn Strategy, experiment: &Experiment, isolation: &Isolation) -> String {
    let meta = strategy.meta();
    let lanes = match why_not(strategy, experiment, isolation) {
        Some(reason) => unavailable(&reason),
        None => format!(
            "<div class=\"labels\" aria-hidden=\"true\"><span class=\"beat-label\">heartbeat</span>{}</div>\
             <div class=\"strip\"><canvas role=\"img\"></canvas></div><div class=\"numbers\"></div>",
            labels(meta, experiment.workers)
        ),
    };
    let modelled = meta.modelled.map_or(String::new(), |note| format!("<p class=\"modelled\">{note}</p>"));
    format!(
        "<article class=\"row\" data-strategy=\"{}\"><header class=\"who\"><h2>{}</h2><p>{}</p></header>{lanes}{modelled}\
         <details class=\"elsewhere\"><summary>In code</summary><p>{}</p>\
         <div class=\"equivalents\">{}</div></details></article>",
        meta.id,
        meta.name,
        meta.line,
        place(meta),
        meta.equivalents.iter().map(same).collect::<String>()
    )
}

/// Why a strategy does not run, a clause, as the row says it.
fn unavailable(reason: &str) -> String {
    format!("<p class=\"why\">Unavailable: {}.</p>", escaped(reason.trim_end_matches('.')))
}

/// What the strategy is in the matrix of scheduling and memory.
fn place(meta: &Meta) -> String {
    let scheduling = match meta.scheduling {
        Scheduling::None => "One task after the other",
        Scheduling::Cooperative => "Cooperative scheduling",
        Scheduling::Preemptive => "Preemptive scheduling",
    };
    let memory = match meta.memory {
        Memory::Shared => "shared memory",
        Memory::Isolated => "isolated memory",
    };
    format!("{scheduling}, {memory}. What one would write elsewhere:")
}

/// One equivalent, whose code is fetched when somebody wants to see it.
fn same(same: &Equivalent) -> String {
    let Equivalent { language, name, file } = same;
    format!(
        "<details class=\"same\"><summary data-file=\"{file}\"><b>{language}</b> {}</summary>\
         <pre tabindex=\"0\"><code></code></pre></details>",
        escaped(name)
    )
}

/// Marks code that could not be fetched, and is asked for again.
const MISSED: &str = "data-missed";

/// Fetches the code of the equivalent whose summary was clicked, or opened by a key.
fn show_code(event: MouseEvent) {
    let summary = event_target::<Element>(&event).closest("[data-file]").ok().flatten();
    let Some((file, code)) = summary.and_then(|summary| {
        let code = summary.next_element_sibling()?.first_element_child()?;
        Some((summary.get_attribute("data-file")?, code))
    }) else {
        return;
    };
    if code.text_content().unwrap_or_default().is_empty() || code.has_attribute(MISSED) {
        spawn_local(async move {
            let text = fetch_text(&format!("equivalents/{file}")).await;
            code.toggle_attribute_with_force(MISSED, text.is_err()).ok();
            code.set_text_content(Some(&text.unwrap_or_else(|failure| failure.to_string())));
        });
    }
}

/// The lanes' names, or their number where there are too many to name.
fn labels(meta: &Meta, workers: usize) -> String {
    let (workers, lanes) = (meta.workers(workers), meta.lanes(workers));
    if lanes <= FEW {
        let label = |name: String| format!("<span class=\"lane-label\">{name}</span>");
        return meta.contexts().take(lanes).map(|context| label(context.name())).collect();
    }
    let room = if lanes <= CROWD { "many" } else { "many crowd" };
    let front = if meta.front { "a loop and " } else { "" };
    let what = if meta.place == Place::ThreadPool { "threads" } else { "processes" };
    format!("<span class=\"{room}\">{front}{workers} {what}</span>")
}

fn numbers(state: State, id: &str) -> String {
    if matches!(state.stage.get(), Stage::Running { .. }) {
        let last = state.last_ms.with(|all| all.get(id).copied());
        return last.map_or(String::new(), |ms| format!("<b class=\"median pending\">{}</b>", duration(ms)));
    }
    let Some(outcome) = state.outcome.get() else { return String::new() };
    let Some(series) = outcome.series_of(id) else { return String::new() };
    let Some(own) = outcome.numbers_of(series) else {
        return series.unavailable.as_deref().map_or(String::new(), unavailable); // a void run has neither
    };
    let done = own.done.as_ref().and_then(|done| done.times);
    let beside = match done {
        Some(_) => Some("as much as blocking".into()), // the time was set, and says nothing
        None => own.ci95_ms.map(interval),
    };
    let spread = beside.map_or(String::new(), |words| format!("<span class=\"spread\">{words}</span>"));
    let speedup = own.speedup.or(done).map(|times| format!("<b class=\"speedup\">{}</b>", factor(times.value)));
    let repeats = match own.repeats {
        ..=1 => String::new(),
        many => format!("<span class=\"spread\">each time; drawn are {many} in a row</span>"),
    };
    format!("<b class=\"median\">{}</b>{spread}{}{repeats}", duration(own.median_ms), speedup.unwrap_or_default())
}

/// What the lanes show, in a sentence, for those who cannot see them.
fn summary(state: State, meta: &Meta) -> String {
    let outcome = state.outcome.get();
    let Some(outcome) = outcome else { return format!("Lanes of {}: nothing has run yet.", meta.name) };
    let Some(own) = outcome.series_of(meta.id).and_then(|series| outcome.numbers_of(series)) else {
        return format!("Lanes of {}: no numbers.", meta.name);
    };
    let freeze = own
        .longest_freeze_ms
        .map_or(String::new(), |ms| format!(", at most {} without a heartbeat of the page", duration(ms)));
    format!("Lanes of {}: {} in all{freeze}. The table below has the details.", meta.name, duration(own.median_ms))
}
