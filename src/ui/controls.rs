//! What the visitor chooses: native controls, each bound to the one experiment.

use leptos::prelude::*;
use workloads::Param;

use super::session;
use super::state::{Stage, State};
use crate::experiment::{Experiment, SAMPLES};
use crate::strategy;

/// The bar of controls, with Run and Cancel.
#[component]
pub fn Controls(state: State) -> impl IntoView {
    let disabled = move || state.running();
    let params = Memo::new(move |_| state.experiment.with(|experiment| experiment.workload.info().params));
    view! {
        <form class="controls" on:submit=move |event| event.prevent_default()>
            <fieldset disabled=disabled>
                <legend class="unseen">"Experiment"</legend>
                <WorkloadChooser state />
                {move || view! { <ParamSlider state param=&params.get()[0] /> }}
                <Workers state />
                <details class="more">
                    <summary>"More"</summary>
                    <div class="sheet">
                        {move || params.get()[1..].iter().map(|param| view! { <ParamSlider state param /> }).collect_view()}
                        <NumberField state key="samples" label="Samples" min=*SAMPLES.start() max=*SAMPLES.end()
                            value=move |experiment: &Experiment| experiment.samples.to_string() />
                        <NumberField state key="seed" label="Seed" min=0 max=usize::MAX
                            value=move |experiment: &Experiment| experiment.seed.to_string() />
                        <Strategies state />
                    </div>
                </details>
            </fieldset>
            <RunButtons state />
        </form>
    }
}

/// Sets one setting as the URL would; what is not legal shows as a problem and changes nothing.
fn set(state: State, key: &str, value: &str) {
    let mut experiment = state.experiment.get_untracked();
    let outcome = state.catalogue.with_value(|catalogue| experiment.set(key, value, catalogue));
    match outcome {
        Ok(()) => {
            state.problems.set(Vec::new());
            state.experiment.set(experiment);
        }
        Err(problem) => state.problems.set(vec![problem.to_string()]),
    }
}

#[component]
fn WorkloadChooser(state: State) -> impl IntoView {
    let chosen = move || state.experiment.with(|experiment| experiment.workload.info().id);
    let choose = move |id: String| {
        if let Some(workload) = workloads::find(&id) {
            let now = state.experiment.get_untracked();
            state.problems.set(Vec::new());
            state.experiment.set(Experiment { workload, params: workloads::Params::demo(workload.info()), ..now });
        }
    };
    view! {
        <label class="field">
            <span>"Work"</span>
            <select id="workload" prop:value=chosen on:change=move |event| choose(event_target_value(&event))>
                {workloads::ALL.iter().map(|workload| {
                    let info = workload.info();
                    view! { <option value=info.id selected=move || chosen() == info.id>{info.title}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn ParamSlider(state: State, param: &'static Param) -> impl IntoView {
    let value = move || {
        state
            .experiment
            .with(|experiment| experiment.params.iter().find(|(own, _)| own.key == param.key).map(|(_, value)| value))
    };
    let text = move || value().map(|value| value.to_string()).unwrap_or_default();
    view! {
        <label class="field slider">
            <span>{param.label}</span>
            <input type="range" name=param.key min=param.min max=param.max prop:value=text
                on:input=move |event| set(state, param.key, &event_target_value(&event)) />
            <output>{text} {(!param.unit.is_empty()).then(|| format!(" {}", param.unit))}</output>
        </label>
    }
}

#[component]
fn Workers(state: State) -> impl IntoView {
    let (limits, claimed) = state.catalogue.with_value(|catalogue| (catalogue.workers(), catalogue.claimed_cores));
    let workers = move || state.experiment.with(|experiment| experiment.workers);
    let step = move |by: isize| set(state, "workers", &workers().saturating_add_signed(by).to_string());
    let (least, most) = (*limits.start(), *limits.end());
    view! {
        <div class="field stepper" role="group" aria-label="Workers">
            <span>"Workers"</span>
            <button type="button" aria-label="One worker less" disabled=move || { workers() <= least } on:click=move |_| step(-1)>"−"</button>
            <output id="workers" aria-live="polite">{workers}</output>
            <button type="button" aria-label="One worker more" disabled=move || { workers() >= most } on:click=move |_| step(1)>"+"</button>
            <small>{format!("of {claimed} claimed {}", if claimed == 1 { "core" } else { "cores" })}</small>
        </div>
    }
}

#[component]
fn NumberField(
    state: State,
    key: &'static str,
    label: &'static str,
    min: usize,
    max: usize,
    value: impl Fn(&Experiment) -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="number" name=key min=min max=(max < usize::MAX).then_some(max) step="1"
                prop:value=move || state.experiment.with(value)
                on:change=move |event| set(state, key, &event_target_value(&event)) />
        </label>
    }
}

#[component]
fn Strategies(state: State) -> impl IntoView {
    let chosen = move |id| state.experiment.with(|experiment| experiment.strategies.contains(&id));
    let toggle = move |id: &'static str| {
        let wanted =
            strategy::ALL.iter().map(|strategy| strategy.meta().id).filter(|other| chosen(*other) != (*other == id));
        set(state, "strategies", &wanted.collect::<Vec<_>>().join(","));
    };
    view! {
        <fieldset class="field checks">
            <legend>"Strategies"</legend>
            {strategy::ALL.iter().map(|strategy| {
                let meta = strategy.meta();
                let last = move || chosen(meta.id) && state.experiment.with(|experiment| experiment.strategies.len() == 1);
                view! {
                    <label>
                        <input type="checkbox" name=meta.id prop:checked=move || chosen(meta.id) disabled=last
                            on:change=move |_| toggle(meta.id) />
                        {meta.name}
                    </label>
                }
            }).collect_view()}
        </fieldset>
    }
}

#[component]
fn RunButtons(state: State) -> impl IntoView {
    let counts = move || match state.stage.get() {
        Stage::Running { done, total } => Some((done, total)),
        _ => None,
    };
    view! {
        <div class="go">
            <progress id="progress" class:resting=move || counts().is_none() aria-label="Samples done"
                max=move || counts().map_or(1, |(_, total)| total.max(1))
                prop:value=move || counts().map_or(0, |(done, _)| done)></progress>
            // one button, so that the keyboard's focus stays on it
            <button type="button"
                id=move || if state.running() { "cancel" } else { "run" }
                class:primary=move || !state.running()
                aria-keyshortcuts=move || if state.running() { "Escape" } else { "r" }
                on:click=move |_| press(state)>
                {move || if state.running() { "Cancel" } else { "Run" }}
                <kbd aria-hidden="true">{move || if state.running() { "Esc" } else { "R" }}</kbd>
            </button>
        </div>
    }
}

fn press(state: State) {
    if matches!(state.stage.get_untracked(), Stage::Running { .. }) {
        session::cancel();
    } else {
        session::run(state, None).ok();
    }
}
