//! What came of a guess, in words; and of an earlier guess, until there is a newer one.

use leptos::prelude::*;
use pictures::Reveal;
use predict::Mark;
use words::en;

use crate::state::{Lab, LabQuestion, PageState, here, run};

/// Guess and measurement in a sentence, and what is to be said of the reason.
#[component]
pub fn RevealView(asked: LabQuestion) -> impl IntoView {
    let shown = move || match asked.reveal.get() {
        Some(Reveal { mark, sentence, reason, .. }) => {
            let class = match mark {
                Mark::Right => "reveal right",
                Mark::Wrong => "reveal wrong",
                Mark::Not(_) => "reveal unmarked",
            };
            view! {
                <div class=class>
                    <p class="sentence">{sentence}</p>
                    {reason.map(|reason| view! { <p>{reason}</p> })}
                    {(mark == Mark::Wrong).then(|| view! { <Tries asked /> })}
                </div>
            }
            .into_any()
        }
        None => asked
            .before
            .get()
            .map(|kept| view! { <p class="reveal before">{en::KEPT_FROM_BEFORE.text()}": "{kept.said}</p> })
            .into_any(),
    };
    view! { <div aria-live="polite">{shown}</div> }
}

/// Buttons for changes after which the guess might be right; each also runs.
#[component]
fn Tries(asked: LabQuestion) -> impl IntoView {
    let (page, lab) = here();
    let tries = asked.question.with_value(|question| question.tries.clone());
    if tries.is_empty() {
        return ().into_any();
    }
    let button = move |(query, label): (String, String)| {
        view! { <button type="button" class="try" on:click=move |_| change_and_run(page, lab, &query)>{label}</button> }
    };
    view! {
        <p>{en::MAKE_RIGHT.text()}</p>
        <div class="commit">{tries.into_iter().map(button).collect_view()}</div>
    }
    .into_any()
}

/// Changes these keys of the lab's experiment, and runs it.
fn change_and_run(page: PageState, lab: Lab, query: &str) {
    let mut experiment = lab.experiment.get_untracked();
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        experiment.set(&key, &value, page.cores).ok(); // the text was checked when its page was made
    }
    lab.experiment.set(experiment);
    run(page, lab, None);
}
