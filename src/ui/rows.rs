//! One row a strategy: its name, its lanes, its numbers; and the axis below them all.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{Stage, State};
use super::timeline::{FEW, pitch};
use crate::analysis::words::{duration, factor, interval};
use crate::measure::decimal;
use crate::platform::{contexts, fetch_text, unavailable};
use crate::strategy::{self, Equivalent, Memory, Meta, Scheduling};

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
    view! {
        <p>{format!("{scheduling}, {memory}")}</p>
        {meta.equivalents.iter().map(|same| view! { <Same same /> }).collect_view()}
    }
}

/// One equivalent, whose code is fetched when somebody wants to see it.
#[component]
fn Same(same: &'static Equivalent) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let fetch = move |_| {
        if code.with_untracked(String::is_empty) {
            spawn_local(async move {
                let text = fetch_text(&format!("equivalents/{}", same.file)).await;
                code.set(text.unwrap_or_else(|failure| failure.to_string()));
            });
        }
    };
    view! {
        <details class="same" on:toggle=fetch>
            <summary><b>{same.language}</b>" "{same.name}</summary>
            <pre tabindex="0"><code>{code}</code></pre>
        </details>
    }
}

/// The lanes' names, or their number where there are too many to name.
fn labels(meta: &'static Meta, count: usize) -> AnyView {
    let contexts = contexts(meta, count);
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

fn numbers(state: State, id: &'static str) -> AnyView {
    if matches!(state.stage.get(), Stage::Running { .. }) {
        let last = state.last_ms.with(|all| all.get(id).copied());
        return last.map(|ms| view! { <b class="median pending">{duration(ms)}</b> }).into_any();
    }
    let Some(outcome) = state.outcome.get() else { return ().into_any() };
    let Some(series) = outcome.series_of(id) else { return ().into_any() };
    let Some(own) = outcome.numbers_of(series) else {
        return view! { <p class="why">{series.unavailable.clone()}</p> }.into_any();
    };
    let spread = own.ci95_ms.map(|ci| view! { <span class="spread">{interval(ci)}</span> });
    let speedup = own.speedup.map(|speedup| view! { <b class="speedup">{factor(speedup.value)}</b> });
    view! { <b class="median">{duration(own.median_ms)}</b> {spread} {speedup} }.into_any()
}

/// What the lanes show, in a sentence, for those who cannot see them.
fn summary(state: State, meta: &'static Meta) -> String {
    let outcome = state.outcome.get();
    let own = outcome.as_ref().and_then(|outcome| outcome.numbers_of(outcome.series_of(meta.id)?));
    let Some(own) = own else { return format!("Lanes of {}: nothing has run yet.", meta.name) };
    let freeze =
        own.longest_freeze_ms.map_or(String::new(), |ms| format!(", the page was silent for at most {}", duration(ms)));
    format!("Lanes of {}: {} in all{freeze}. The table below has the details.", meta.name, duration(own.median_ms))
}
