//! The pictures that strategies compute, side by side; none where the workload makes none.

use leptos::html;
use leptos::prelude::*;
use words::en;

use super::row::shown_strategies;
use crate::state::here;

/// All pictures. A recording has none: it does not hold the answers.
#[component]
pub fn Pictures() -> impl IntoView {
    let (_, lab) = here();
    let makes_one = move || lab.experiment.with(|experiment| experiment.workload.picture().is_some());
    let recorded = move || lab.recording.with(Option::is_some);
    let ids = Memo::new(move |_| if makes_one() && !recorded() { shown_strategies(lab) } else { Vec::new() });
    view! {
        <section class="pictures" id=lab.id("pictures") aria-label=lab.name_of(en::PICTURES_LABEL.text())>
            <For each=move || ids.get() key=String::clone let(id)>
                <Picture id />
            </For>
        </section>
        {move || (makes_one() && recorded()).then(|| view! { <p class="modelled">{en::NO_PICTURES.text()}</p> })}
    }
}

#[component]
fn Picture(id: String) -> impl IntoView {
    let (_, lab) = here();
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new({
        let id = id.clone();
        move || {
            let canvas = canvas.get();
            lab.canvases.with_value(|canvases| canvases.picture_at(&id, canvas));
        }
    });
    let name = strategies::find(&id).map_or_else(String::new, |strategy| words::strategy_name(strategy.meta()));
    let label = {
        let name = name.clone();
        move || {
            let work = lab.experiment.with(|experiment| words::workload_title(experiment.workload.info()));
            en::PICTURE_OF.with(&[("work", work.into()), ("strategy", name.as_str().into())])
        }
    };
    let torn = {
        let id = id.clone();
        move || lab.torn.with(|torn| torn.contains(id.as_str()))
    };
    view! {
        <figure>
            <canvas node_ref=canvas data-picture=id role="img" aria-label=label></canvas>
            <figcaption>
                {name}
                {move || torn().then(|| view! { <p class="torn">{en::TORN_PICTURE.text()}</p> })}
            </figcaption>
        </figure>
    }
}
