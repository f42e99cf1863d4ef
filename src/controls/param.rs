//! The parameters of the work and of the chosen strategies: a slider for a number, a list for a choice.

use leptos::prelude::*;
use pictures::slider_scale::{number, step, steps};
use workloads::{Param, Params};

use super::set;
use crate::fields::Slider;
use crate::state::here;

/// The control of the work's size.
#[component]
pub fn Size() -> impl IntoView {
    let (_, lab) = here();
    let first = Memo::new(move |_| lab.experiment.with(|experiment| Key(&experiment.workload.info().params[0])));
    view! { <div class="size" id=lab.id("size")>{move || view! { <ParamField param=first.get().0 /> }}</div> }
}

/// The controls of the work's other parameters, and of the chosen strategies'.
#[component]
pub fn OtherParams() -> impl IntoView {
    let (_, lab) = here();
    let shown = Memo::new(move |_| {
        lab.experiment.with(|experiment| {
            let own = experiment.workload.info().params.iter().skip(1);
            // one that several have in common is there once
            let chosen = |param: &Param| experiment.strategies.iter().any(|one| one.meta().params.contains(param));
            let theirs = strategies::params().iter().filter(|param| chosen(param));
            own.chain(theirs).map(Key).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="params" id=lab.id("params")>
            {move || shown.get().into_iter().map(|Key(param)| view! { <ParamField param /> }).collect_view()}
        </div>
    }
}

/// The control of the work's parameter of this key, if it has one.
#[component]
pub fn OneParam(key: &'static str) -> impl IntoView {
    let (_, lab) = here();
    let info = lab.experiment.with_untracked(|experiment| experiment.workload.info());
    info.params.iter().find(|param| param.key == key).map(|param| view! { <ParamField param /> })
}

/// A parameter; two are equal if all their fields are.
#[derive(Clone, Copy, PartialEq)]
struct Key(&'static Param);

/// One parameter.
#[component]
fn ParamField(param: &'static Param) -> impl IntoView {
    let (page, lab) = here();
    let value = Memo::new(move |_| {
        let of = |params: &Params| params.iter().find(|(own, _)| *own == param).map(|(_, value)| value);
        lab.experiment.with(|experiment| {
            of(&experiment.params).or_else(|| of(&experiment.strategy_params)).unwrap_or(param.default)
        })
    });
    let control = if param.words.is_empty() {
        let ends = steps(param);
        let amount = move || words::amount(param, value.get());
        let slide = move |wanted| {
            set(page, lab, param.key, &number(wanted).clamp(param.min, param.max).to_string());
        };
        view! {
            <Slider ends value=Signal::derive(move || step(value.get())) on_slide=Callback::new(slide)
                attr:name=param.key attr:aria-valuetext=amount />
            <output>{amount}</output>
        }
        .into_any()
    } else {
        let option = |word: &'static str| {
            let chosen = move || param.text(value.get()) == word;
            view! { <option value=word prop:selected=chosen>{words::option(param, word)}</option> }
        };
        let choose = move |event| set(page, lab, param.key, &event_target_value(&event));
        view! { <select name=param.key on:change=choose>{param.words.iter().copied().map(option).collect_view()}</select> }
            .into_any()
    };
    view! { <label class="field"><span>{words::label(param)}</span>{control}</label> }
}
