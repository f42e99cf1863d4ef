//! One row for each strategy: its name, its lanes, its numbers; and the axis below them all.

use std::rc::Rc;

use lab::experiment::BASELINE;
use leptos::html;
use leptos::prelude::*;
use pictures::{ShownRow, context_name};
use strategies::{Meta, Place, Strategy, unavailable};
use words::{Arg, Message, en, exact_duration};

use super::player::RowMarks;
use super::samples::Elsewhere;
use super::{named, sizes};
use crate::drawing::{CROWD, FEW};
use crate::player::Veil;
use crate::state::{Lab, RunState, here};

/// What the marks on the lanes mean.
const LEGEND: [(&str, Message); 8] = [
    ("key key-compute", en::COMPUTING),
    ("key key-off", en::OFF_CORE),
    ("key key-wait", en::WAITING),
    ("key key-lock", en::WAITING_FOR_LOCK),
    ("key key-copy", en::COPYING),
    ("key key-start", en::STARTING_UP),
    ("key key-beat", en::PAGES_HEARTBEAT),
    ("key key-frozen", en::PAGE_FROZEN),
];

/// All strategies of the experiment, or of a recording, on one axis.
#[component]
pub fn Rows() -> impl IntoView {
    let (_, lab) = here();
    let ids = Memo::new(move |_| shown_strategies(lab));
    view! {
        <section class="race" aria-label=lab.name_of(en::LANES_LABEL.text())>
            <For each=move || ids.get() key=String::clone let(id)>
                <Row id />
            </For>
        </section>
    }
}

/// The ids of the strategies that have a row: the experiment's; of a recording, all but a baseline that was added to
/// them.
pub(super) fn shown_strategies(lab: Lab) -> Vec<String> {
    let asked: Vec<_> = lab
        .experiment
        .with(|experiment| experiment.strategies.iter().map(|strategy| strategy.meta().id.to_owned()).collect());
    match lab.outcome.get().filter(|_| lab.recording.with(Option::is_some)) {
        Some(reported) => {
            let has_row = |id: &String| asked.contains(id) || id != BASELINE;
            reported.shown.rows.iter().map(|row| row.strategy.clone()).filter(has_row).collect()
        }
        None => asked,
    }
}

/// The axis that all rows share, and what marks mean.
#[component]
pub fn Axis() -> impl IntoView {
    let (_, lab) = here();
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        let canvases = lab.canvases.get_value();
        if let Some(canvas) = canvas.get() {
            canvases.axis_at(Some(canvas.clone()));
            sizes::watch(&canvas, move || canvases.draw());
        }
    });
    let key = |(class, message): (&'static str, Message)| view! { <span class=class>{message.text()}</span> };
    view! {
        <div class="axis"><div class="times-strip"><canvas node_ref=canvas aria-hidden="true"></canvas></div></div>
        <p class="legend">{LEGEND.map(key)}</p>
    }
}

/// One strategy. A recording may have one that this version does not know.
#[component]
fn Row(id: String) -> impl IntoView {
    let (_, lab) = here();
    let strategy = strategies::find(&id);
    let meta = strategy.map(|strategy| strategy.meta());
    on_cleanup({
        let id = id.clone();
        move || lab.canvases.try_with_value(|canvases| canvases.forget(&id)).unwrap_or_default()
    });
    let shown = {
        let id = id.clone();
        Memo::new(move |_| {
            let outcome = lab.outcome.get()?;
            outcome.shown.rows.iter().find(|row| row.strategy == id).cloned()
        })
    };
    let why = Memo::new(move |_| why_not(lab, strategy?));
    let name = meta.map_or_else(|| id.clone(), words::strategy_name);
    let (title, lanes_of) = (name.clone(), id.clone());
    view! {
        <article class="row" data-strategy=id>
            <header class="who">
                <h2>{title}</h2>
                {meta.map(|meta| view! { <p>{words::strategy_line(meta)}</p> })}
            </header>
            {move || match why.get() {
                Some(why) => view! { <Unavailable why /> }.into_any(),
                None => view! { <Lanes id=lanes_of.clone() name=name.clone() meta shown /> }.into_any(),
            }}
            {move || {
                let real = lab.outcome.with(|outcome| outcome.as_ref().is_some_and(|reported| reported.shown.of_cpython));
                let note = meta.and_then(words::modelled_strategy).filter(|_| !real);
                note.map(|note| view! { <p class="modelled">{note}</p> })
            }}
            {meta.map(|meta| view! { <Elsewhere meta /> })}
        </article>
    }
}

/// Why a strategy cannot run here, if it cannot; a recording was made elsewhere.
fn why_not(lab: Lab, strategy: &'static dyn Strategy) -> Option<String> {
    if lab.recording.with(Option::is_some) {
        return None;
    }
    let isolation = crate::state::expect_page().isolation;
    let why =
        lab.experiment.with(|experiment| unavailable(strategy, experiment.workload, &experiment.params, isolation));
    why.as_ref().map(words::unavailable)
}

/// Why a strategy does not run, as the row says it; `why` is a clause.
#[component]
fn Unavailable(why: String) -> impl IntoView {
    view! { <p class="why">{en::UNAVAILABLE.with(&[("why", why.into())])}</p> }
}

/// The names of a strategy's lanes, the lanes, and its numbers.
#[component]
fn Lanes(id: String, name: String, meta: Option<&'static Meta>, shown: Memo<Option<ShownRow>>) -> impl IntoView {
    let (_, lab) = here();
    let (canvas, names) = (NodeRef::<html::Canvas>::new(), NodeRef::<html::Div>::new());
    Effect::new({
        let id = id.clone();
        move || {
            let (canvases, id) = (lab.canvases.get_value(), id.clone());
            let (canvas, names) = (canvas.get(), names.get());
            canvases.lanes_at(&id, canvas.clone().zip(names.clone().map(Into::into)));
            if let (Some(canvas), Some(names)) = (canvas, names) {
                let redraw = Rc::new(move || canvases.draw_row_of(&id));
                let again = redraw.clone();
                sizes::watch(&canvas, move || redraw());
                sizes::watch(&names, move || again());
            }
        }
    });
    let summary = move || match shown.get() {
        Some(row) => row.summary,
        None => en::LANES_OF_NOTHING.with(&[("strategy", name.as_str().into())]),
    };
    let few = named::few();
    let labels = move || labels(lab, meta, shown, few.get());
    view! {
        <div class="labels" aria-hidden="true" node_ref=names><span class="beat-label">{en::HEARTBEAT.text()}</span>{labels}</div>
        <div class="strip">
            <canvas node_ref=canvas role="img" aria-label=summary></canvas>
            <Veil play=lab.play />
        </div>
        <div class="numbers"><Numbers id=id.clone() shown /></div>
        <RowMarks id=id.clone() />
        <Printed id shown />
    }
}

/// The lanes' names, or their number where there are more than a `few`.
fn labels(lab: Lab, meta: Option<&'static Meta>, shown: Memo<Option<ShownRow>>, few: usize) -> AnyView {
    let recorded = lab.recording.with(Option::is_some);
    let own = |name: String| view! { <span class="lane-label">{name}</span> };
    if let Some(trace) = shown.get().filter(|_| recorded || meta.is_none()).and_then(|row| row.trace)
        && trace.lanes.len() <= if meta.is_some() { few } else { FEW }
    {
        let names = trace.lanes.iter().map(|lane| own(context_name(lane.context)));
        return names.collect_view().into_any();
    }
    let Some(meta) = meta else { return ().into_any() };
    let asked = lab.experiment.with(|experiment| experiment.workers);
    let (workers, lanes) = (meta.workers(asked), meta.lanes(asked));
    if lanes <= few {
        return meta.contexts().take(lanes).map(|context| own(context_name(context))).collect_view().into_any();
    }
    let room = if lanes <= CROWD { "many" } else { "many crowd" };
    let what = if meta.place == Place::ThreadPool { en::THREADS } else { en::PROCESSES };
    let workers = what.with(&[("n", Arg::digits(workers))]);
    let told = if meta.front { en::LOOP_AND.with(&[("workers", workers.into())]) } else { workers };
    view! { <span class=room>{told}</span> }.into_any()
}

/// What tasks print: while a run goes on, so far; after it, in the sample that is drawn.
#[component]
fn Printed(id: String, shown: Memo<Option<ShownRow>>) -> impl IntoView {
    let (_, lab) = here();
    let lines = move || match shown.get() {
        Some(row) => row.printed,
        None => lab.printed.with(|printed| printed.get(id.as_str()).cloned()),
    };
    move || {
        let told = lines().filter(|lines| !lines.is_empty())?;
        Some(
            view! { <p class="printed" title=en::PRINTED_MEANS.text()>{en::PRINTED.text()}": "<samp>{told}</samp></p> },
        )
    }
}

/// While a run goes on, the latest time; after it, what came of it.
#[component]
fn Numbers(id: String, shown: Memo<Option<ShownRow>>) -> impl IntoView {
    let (_, lab) = here();
    move || {
        if let RunState::Running { .. } = lab.progress.get() {
            let latest = lab.latest.with(|latest| latest.get(id.as_str()).copied());
            return latest.map(|ms| view! { <b class="median pending">{exact_duration(ms)}</b> }).into_any();
        }
        let Some(row) = shown.get() else { return ().into_any() };
        if let Some(why) = row.unavailable {
            return view! { <Unavailable why /> }.into_any();
        }
        view! {
            {row.median.map(|median| view! { <b class="median">{median}</b> })}
            {row.beside.map(|beside| view! { <span class="spread">{beside}</span> })}
            {row.versus.map(|versus| view! { <b class="speedup">{versus}</b> })}
            {row.repeats.map(|repeats| view! { <span class="spread">{repeats}</span> })}
        }
        .into_any()
    }
}
