//! What a strategy is elsewhere: a few lines of it in each language, fetched when they are opened.

use leptos::prelude::*;
use leptos::task::spawn_local;
use strategies::{Equivalent, Memory, Meta, Scheduling};
use words::en;

use crate::browser::fetch_text;

/// Where a strategy stands in the matrix of scheduling and memory, and what one would write to get the same.
#[component]
pub fn Elsewhere(meta: &'static Meta) -> impl IntoView {
    let scheduling = match meta.scheduling {
        Scheduling::None => en::IN_TURN,
        Scheduling::Cooperative => en::COOPERATIVE_SCHEDULING,
        Scheduling::Preemptive => en::PREEMPTIVE_SCHEDULING,
    };
    let memory = match meta.memory {
        Memory::Shared => en::WITH_SHARED_MEMORY,
        Memory::Isolated => en::WITH_ISOLATED_MEMORY,
    };
    let place = en::ELSEWHERE.with(&[("scheduling", scheduling.text().into()), ("memory", memory.text().into())]);
    let one = |equivalent| match meta.samples {
        true => view! { <Sample meta equivalent /> }.into_any(),
        false => view! { <p><Name meta equivalent /></p> }.into_any(),
    };
    (!meta.equivalents.is_empty()).then(|| {
        view! {
            <details class="elsewhere">
                <summary>{en::IN_CODE.text()}</summary>
                <p>{place}</p>
                <div class="equivalents">
                    {meta.equivalents.iter().map(one).collect_view()}
                </div>
            </details>
        }
    })
}

/// What it is in one language.
#[component]
fn Name(meta: &'static Meta, equivalent: &'static Equivalent) -> impl IntoView {
    view! {
        <b>{equivalent.language}</b>
        " "
        {words::equivalent(meta, equivalent)}
    }
}

/// The code in one language.
#[component]
fn Sample(meta: &'static Meta, equivalent: &'static Equivalent) -> impl IntoView {
    let code = RwSignal::new(None::<String>);
    let missed = RwSignal::new(false);
    // it may be opened by a key, or again after it could not be fetched
    let show = move |_| {
        if code.with_untracked(Option::is_some) && !missed.get_untracked() {
            return;
        }
        spawn_local(async move {
            let text = fetch_text(&format!("samples/{}", equivalent.file(meta))).await;
            missed.set(text.is_err());
            code.set(Some(text.unwrap_or_else(|why| words::failure(&why))));
        });
    };
    view! {
        <details class="same">
            <summary on:click=show data-file=equivalent.file(meta)>
                <Name meta equivalent />
            </summary>
            <pre tabindex="0"><code>{move || code.get().unwrap_or_default()}</code></pre>
        </details>
    }
}
