//! One row a strategy: its name, its lanes, its numbers; and the axis below them all.

use leptos::html;
use leptos::prelude::*;

use super::state::{Stage, State};
use super::timeline::{FEW, pitch};
use super::words::{duration, factor, interval};
use crate::measure::decimal;
use crate::platform::{contexts, unavailable};
use crate::report::Run;
use crate::strategy::{self, Memory, Meta, Scheduling};

/// All strategies of the experiment on one axis.
#[component]
pub fn Rows(state: State) -> impl IntoView {
    let axis = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        if let Some(canvas) = axis.get() {
            state.screen.get_value().attach_axis(canvas);
        }
    });
    let strategies = Memo::new(move |_| state.experiment.with(|experiment| experiment.strategies.clone()));
    view! {
        <section class="race" aria-label="Lanes of each strategy on one time axis">
            <For each=move || strategies.get() key=|id| *id let:id>
                <Row state id />
            </For>
            <div class="axis">
                <canvas node_ref=axis aria-hidden="true"></canvas>
            </div>
            <p class="legend">
                <span class="key key-compute">"computing"</span>
                <span class="key key-wait">"waiting, lane held"</span>
                <span class="key key-copy">"copying"</span>
                <span class="key key-beat">"the page’s beat"</span>
                <span class="key key-frozen">"page frozen"</span>
            </p>
        </section>
    }
}

#[component]
fn Row(state: State, id: &'static str) -> impl IntoView {
    let meta = strategy::find(id).expect("the experiment names only strategies that exist").meta();
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        if let Some(canvas) = canvas.get() {
            state.screen.get_value().attach_lanes(id, canvas);
        }
    });
    let count = Memo::new(move |_| meta.lanes(state.experiment.with(|experiment| experiment.workers)));
    let reason = state.isolation.with_value(|isolation| unavailable(strategy::find(id).expect("as above"), isolation));
    let off = reason.is_some();
    let summary = move || summary(state, meta);
    view! {
        <article class="row" class:off=off data-strategy=id>
            <header class="who">
                <h3>{meta.name}</h3>
                <p>{meta.line}</p>
                <details>
                    <summary>"Elsewhere"</summary>
                    {elsewhere(meta)}
                </details>
            </header>
            {match reason {
                Some(reason) => view! { <p class="why">"Unavailable: " {reason} "."</p> }.into_any(),
                None => view! {
                    <div class="labels" aria-hidden="true">
                        <span class="beat-label">"heartbeat"</span>
                        {move || labels(meta, count.get())}
                    </div>
                    <div class="strip"><canvas node_ref=canvas role="img" aria-label=summary></canvas></div>
                    <div class="numbers">{move || numbers(state, id)}</div>
                }.into_any(),
            }}
        </article>
    }
}

/// What the strategy is in the matrix of scheduling and memory, and what one would write elsewhere.
fn elsewhere(meta: &'static Meta) -> impl IntoView {
    let scheduling = match meta.scheduling {
        Scheduling::None => "one task after the other",
        Scheduling::Cooperative => "cooperative scheduling",
        Scheduling::Preemptive => "preemptive scheduling",
    };
    let memory = match meta.memory {
        Memory::Shared => "shared memory",
        Memory::Isolated => "isolated memory",
    };
    let same = &meta.equivalents;
    let named = [("Python", same.python), ("Rust", same.rust), ("Go", same.go), ("JavaScript", same.javascript)];
    view! {
        <p>{format!("{scheduling}, {memory}")}</p>
        <dl>
            {named.map(|(language, words)| view! { <dt>{language}</dt><dd>{words}</dd> }).into_iter().collect_view()}
        </dl>
    }
}

/// The lanes' names, or their number where there are too many to name.
fn labels(meta: &'static Meta, count: usize) -> AnyView {
    let contexts = contexts(meta.place, count);
    if count > FEW {
        let height = format!("{}px", decimal(pitch(count) * count as f64, 1));
        let name = format!("{count} {}", meta.name);
        return view! { <span class="lane-label many" style:height=height>{name}</span> }.into_any();
    }
    contexts
        .into_iter()
        .map(|context| view! { <span class="lane-label">{context.name()}</span> })
        .collect_view()
        .into_any()
}

/// The last run's entry for a strategy.
pub fn run_of(state: State, id: &str) -> Option<Run> {
    state.report.with(|report| report.as_ref()?.runs.iter().find(|run| run.strategy == id).cloned())
}

fn numbers(state: State, id: &'static str) -> AnyView {
    if matches!(state.stage.get(), Stage::Running { .. }) {
        let last = state.last_ms.with(|all| all.get(id).copied());
        return last.map(|ms| view! { <b class="median pending">{duration(ms)}</b> }).into_any();
    }
    let Some(run) = run_of(state, id) else { return ().into_any() };
    if let Some(reason) = run.unavailable.or(run.void) {
        return view! { <p class="why">{reason}</p> }.into_any();
    }
    let median = run.median_ms.map(|ms| view! { <b class="median">{duration(ms)}</b> });
    let spread = run.ci95_ms.map(|ci| view! { <span class="spread">{interval(ci)}</span> });
    let speedup = run.speedup.map(|speedup| view! { <b class="speedup">{factor(speedup)}</b> });
    view! { {median} {spread} {speedup} }.into_any()
}

/// What the lanes show, in a sentence, for those who cannot see them.
fn summary(state: State, meta: &'static Meta) -> String {
    let Some(run) = run_of(state, meta.id).filter(|run| run.median_ms.is_some()) else {
        return format!("Lanes of {}: nothing has run yet.", meta.name);
    };
    let median = run.median_ms.map(duration).unwrap_or_default();
    let freeze =
        run.longest_freeze_ms.map_or(String::new(), |ms| format!(", the page was silent for at most {}", duration(ms)));
    format!("Lanes of {}: {} in all{freeze}. The table below has the details.", meta.name, median)
}
