//! The tables behind the pictures: results by strategy, and what each lane did.

use std::rc::Rc;

use leptos::prelude::*;

use super::state::State;
use super::words::{duration, factor, interval, percent};
use crate::measure::decimal;
use crate::report::{Report, Run};
use crate::strategy;
use crate::trace::{Cause, Lane};

/// Both tables of the last run; nothing before the first.
#[component]
pub fn Tables(state: State) -> impl IntoView {
    move || {
        state.report.get().map(|report| {
            view! {
                <section class="tables">
                    <div class="scroll" tabindex="0" role="region" aria-label="Results">{results(&report)}</div>
                    <details>
                        <summary>"These lanes as a table"</summary>
                        <div class="scroll" tabindex="0" role="region" aria-label="Lanes">{lanes(&report)}</div>
                    </details>
                </section>
            }
        })
    }
}

fn name(id: &str) -> &str {
    strategy::find(id).map_or(id, |strategy| strategy.meta().name)
}

fn or_dash<T>(value: Option<T>, words: impl Fn(T) -> String) -> String {
    value.map_or_else(|| "–".into(), words)
}

fn results(report: &Rc<Report>) -> impl IntoView + use<> {
    let rows = report.runs.iter().map(result_row).collect_view();
    view! {
        <table id="results">
            <caption>"Results"</caption>
            <thead>
                <tr>
                    <th scope="col">"Strategy"</th>
                    <th scope="col">"Workers"</th>
                    <th scope="col">"Median"</th>
                    <th scope="col">"95 % interval"</th>
                    <th scope="col">"Speed-up"</th>
                    <th scope="col">"Lanes computing"</th>
                    <th scope="col">"Page silent at most"</th>
                    <th scope="col">"Start-up"</th>
                    <th scope="col">"First run, with start-up"</th>
                    <th scope="col">"Answer"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn result_row(run: &Run) -> AnyView {
    let head = view! { <th scope="row">{name(&run.strategy).to_owned()}</th> };
    if let Some(reason) = run.unavailable.as_ref().or(run.void.as_ref()) {
        return view! { <tr>{head}<td colspan="9" class="why">{reason.clone()}</td></tr> }.into_any();
    }
    let speedup = run.speedup.map(|speedup| match run.speedup_ci95 {
        Some([low, high]) => format!("{} ({} to {})", factor(speedup), decimal(low, 2), decimal(high, 2)),
        None => factor(speedup),
    });
    view! {
        <tr>
            {head}
            <td>{run.workers}</td>
            <td>{or_dash(run.median_ms, duration)}</td>
            <td>{or_dash(run.ci95_ms, interval)}</td>
            <td>{or_dash(speedup, |text| text)}</td>
            <td>{or_dash(run.utilisation, percent)}</td>
            <td>{or_dash(run.longest_freeze_ms, duration)}</td>
            <td>{or_dash(run.startup_ms.filter(|ms| *ms > 0.0), duration)}</td>
            <td>{or_dash(run.cold_ms, duration)}</td>
            <td class="answer">{run.answer.clone()}</td>
        </tr>
    }
    .into_any()
}

fn lanes(report: &Rc<Report>) -> impl IntoView + use<> {
    let rows = report.runs.iter().flat_map(|run| run.lanes.iter().map(|lane| lane_row(run, lane))).collect_view();
    view! {
        <table id="lanes-table">
            <caption>"What each lane did in the sample that is drawn"</caption>
            <thead>
                <tr>
                    <th scope="col">"Strategy"</th>
                    <th scope="col">"Lane"</th>
                    <th scope="col">"Tasks"</th>
                    <th scope="col">"Computing"</th>
                    <th scope="col">"Waiting"</th>
                    <th scope="col">"Copying"</th>
                    <th scope="col">"Idle"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn lane_row(run: &Run, lane: &Lane) -> impl IntoView + use<> {
    let of = |cause| lane.spans.iter().filter(move |span| span.cause == cause);
    let total = |cause| of(cause).map(|span| f64::from(span.length()) / 1000.0).sum::<f64>();
    let mut tasks: Vec<_> = of(Cause::Compute).map(|span| span.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let [computing, waiting, copying] = [Cause::Compute, Cause::Wait, Cause::Transfer].map(total);
    let all = run.typical.and_then(|at| run.samples_ms.get(at)).copied().unwrap_or(0.0);
    view! {
        <tr>
            <th scope="row">{name(&run.strategy).to_owned()}</th>
            <td>{lane.context.name()}</td>
            <td>{tasks.len()}</td>
            <td>{duration(computing)}</td>
            <td>{duration(waiting)}</td>
            <td>{duration(copying)}</td>
            <td>{duration((all - computing - waiting - copying).max(0.0))}</td>
        </tr>
    }
}
