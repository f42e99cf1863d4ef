//! What would change the answer: for each input a scale of its own, with the value now and the value from which another
//! approach wins.

use leptos::prelude::*;
use pictures::decision::Change;
use words::decision as say;

use super::deciding::{DecidingStage, here};
use super::ranking::percents;

/// The list, which grows as changes are found.
#[component]
pub fn Changes() -> impl IntoView {
    let deciding = here();
    let none = move || {
        deciding.changes.with(Vec::is_empty).then(|| match deciding.stage.get() {
            DecidingStage::Done => say::NO_CHANGES.text(),
            _ => say::NONE_YET.text(),
        })
    };
    let inputs = Memo::new(move |_| {
        let mut inputs: Vec<(String, Vec<Change>)> = Vec::new();
        for change in deciding.changes.get() {
            match inputs.last_mut() {
                Some((heading, changes)) if *heading == change.heading => changes.push(change),
                _ => inputs.push((change.heading.clone(), vec![change])),
            }
        }
        inputs
    });
    let input = |(heading, changes): (String, Vec<Change>)| {
        let rows = changes.into_iter().map(|change| view! { <ChangeView change /> }).collect_view();
        view! { <li><h3>{heading}</h3>{rows}</li> }
    };
    view! {
        <section class="changes" id="changes" aria-label=say::CHANGES.text()>
            <h2>{say::CHANGES.text()}</h2>
            <p class="hint">{say::CHANGES_MEAN.text()}</p>
            <ul>{move || inputs.get().into_iter().map(input).collect_view()}</ul>
            <p class="hint">{none}</p>
        </section>
    }
}

/// One change: its sentence, which says all of it, and its scale.
#[component]
fn ChangeView(change: Change) -> impl IntoView {
    let Change { sentence, values, places: [now, at], .. } = change;
    let scale = values.map(|[was, becomes]| view! { <Scale now at was becomes /> });
    view! { <div class="change"><p>{sentence}</p>{scale}</div> }
}

/// Steps of ten times as much, or as little, in thousandths of a scale on which the value now stands in the middle.
const TENFOLD: [u32; 6] = [2, 168, 334, 666, 832, 998];
const MIDDLE: u32 = 500;

#[component]
fn Scale(now: u32, at: u32, was: String, becomes: String) -> impl IntoView {
    let ticks = if now == MIDDLE { &TENFOLD[..] } else { &[] };
    let tick = |place: &u32| view! { <line class="tick" x1=percents(*place) x2=percents(*place) y1="1.3em" y2="1.9em"></line> };
    // a word at an end would be cut in half
    let anchor = |place: u32| match place {
        ..100 => "start",
        901.. => "end",
        _ => "middle",
    };
    view! {
        <svg class="scale" aria-hidden="true">
            <line class="base" x1="0" x2="100%" y1="1.6em" y2="1.6em"></line>
            {ticks.iter().map(tick).collect_view()}
            <line class="between" x1=percents(now) x2=percents(at) y1="1.6em" y2="1.6em"></line>
            <circle class="now" cx=percents(now) cy="1.6em" r="5"></circle>
            <line class="mark" x1=percents(at) x2=percents(at) y1="1.05em" y2="2.15em"></line>
            <text x=percents(now) y="0.85em" text-anchor=anchor(now)>{was}</text>
            <text class="becomes" x=percents(at) y="3.1em" text-anchor=anchor(at)>{becomes}</text>
        </svg>
    }
}
