//! The answers in a sentence each, and the rankings with their reasons.

use leptos::prelude::*;
use pictures::decision::{ApproachRow, InLanguage};
use words::decision as say;

use super::deciding::here;

/// What fits best, how far that is worked out, and by whose costs.
#[component]
pub fn Answers() -> impl IntoView {
    let deciding = here();
    let said = Memo::new(move |_| {
        let said = deciding.decided.with(|decided| {
            let languages = &decided.as_ref()?.shown.languages;
            Some(languages.iter().map(|own| (own.name.clone(), own.answer.clone())).collect::<Vec<_>>())
        });
        said.unwrap_or_default()
    });
    let costs = move || deciding.decided.with(|decided| decided.as_ref().map(|decided| decided.costs.clone()));
    let line = |(language, answer): (String, String)| view! { <p><b>{language}": "</b>{answer}</p> };
    view! {
        <div class="answers" aria-live="polite">{move || said.get().into_iter().map(line).collect_view()}</div>
        <p class="stage" id="stage">{move || deciding.says()}</p>
        <p class="simulated-label"><strong>{say::SIMULATED_LABEL.text()}</strong>" "{costs}</p>
    }
}

/// A table for each language.
#[component]
pub fn Rankings() -> impl IntoView {
    let deciding = here();
    let shown = move || deciding.decided.with(|decided| decided.as_ref().map(|decided| decided.shown.clone()));
    move || {
        shown().map(|shown| {
            let heading = shown.time_heading;
            let table = |own: InLanguage| view! { <Ranking own heading=heading.clone() /> };
            shown.languages.into_iter().map(table).collect_view()
        })
    }
}

#[component]
fn Ranking(own: InLanguage, heading: String) -> impl IntoView {
    let InLanguage { id, caption, ways, .. } = own;
    let why = say::WHY.text();
    let columns = [
        say::APPROACH.text(),
        heading,
        say::WORKERS_HEADING.text(),
        say::THROUGHPUT.text(),
        say::MEMORY_HEADING.text(),
    ];
    let column = |column: &String| view! { <th scope="col" role="columnheader">{column.clone()}</th> };
    let row = |way: ApproachRow| view! { <WayRow way columns=columns.clone() /> };
    view! {
        // rows are laid out as grids, and some browsers then do not treat them as rows, unless they have a role
        <table class="approaches" id=format!("ways-{id}") role="table">
            <caption>{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{columns.iter().chain([&why]).map(column).collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{ways.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// One approach. Where the page is narrow its cells stand below each other, and say what they are.
#[component]
fn WayRow(way: ApproachRow, columns: [String; 5]) -> impl IntoView {
    let ApproachRow { rank, name, time, bar, workers, throughput, memory, why } = way;
    let possible = bar.is_some();
    let [.., workers_are, throughput_is, memory_is] = columns;
    let cell = |label: String, text: String| view! { <td class="amount" role="cell" data-label=label>{text}</td> };
    let numbers = move || {
        view! {
            {cell(workers_are, workers)}
            {cell(throughput_is, throughput)}
            {cell(memory_is, memory)}
        }
    };
    view! {
        <tr class:impossible=!possible role="row">
            <th scope="row" role="rowheader"><span class="standing">{rank}</span>{name}</th>
            <td class="time" role="cell" colspan=(!possible).then_some("4")>{bar.map(|bar| view! { <Bar bar /> })}{time}</td>
            {possible.then(numbers)}
            <td class="why" role="cell"><ul>{why.into_iter().map(|why| view! { <li>{why}</li> }).collect_view()}</ul></td>
        </tr>
    }
}

/// The start, and what follows it, on the scale that all approaches of a language share.
#[component]
fn Bar(bar: [u32; 2]) -> impl IntoView {
    let [start, rest] = bar;
    view! {
        <svg class="time-bar" aria-hidden="true">
            <rect class="start" width=percents(start) height="100%"></rect>
            <rect class="work" x=percents(start) width=percents(rest.max(4)) height="100%"></rect>
        </svg>
    }
}

/// Thousandths as SVG writes them.
pub fn percents(thousandths: u32) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}
