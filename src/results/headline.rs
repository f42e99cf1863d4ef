//! The verdict in words: one large sentence above the lanes, the others below them, doubts apart.

use lab::experiment::{Experiment, baseline};
use leptos::prelude::*;
use strategies::{Failure, Loss, unavailable};
use words::{Arg, en};

use crate::state::{Lab, MachineUse, PageState, RunState, here, work_out};

/// What the last run means, or what Run will do, or what went wrong.
#[component]
pub fn Headline() -> impl IntoView {
    let (page, lab) = here();
    view! {
        // progress is not read out: the progress bar has it
        <section class="verdict" aria-live=move || lab.progress.with(loudness)>
            <p id=lab.id("headline") class=move || format!("headline {}", lab.progress.with(mood))>
                {move || headline(page, lab)}
            </p>
            {move || lab.is_measured().then(|| view! {
                <button type="button" id=lab.id("work-out") disabled=move || page.exclusive.holder().is_some()
                    on:click=move |_| work_out(page, lab)>
                    {en::WORK_OUT.text()}
                </button>
            })}
            <Turn />
        </section>
    }
}

/// Whose turn it is, if it is another lab's.
#[component]
fn Turn() -> impl IntoView {
    let (page, lab) = here();
    move || {
        let other = match page.exclusive.holder()? {
            MachineUse::Run(number) if number != lab.number => page.lab(number)?,
            _ => return None,
        };
        Some(view! { <p class="turn">{en::OTHER_LAB_RUNS.with(&[("lab", other.name().into())])}</p> })
    }
}

/// What else there is to say of the last run, and which part of the work is modelled.
#[component]
pub fn Details() -> impl IntoView {
    let (_, lab) = here();
    let note = move || {
        let note = lab.experiment.with(|experiment| words::modelled_workload(experiment.workload.info()));
        note.map(|note| view! { <p class="modelled">{note}</p> })
    };
    let list = |class: &'static str, said: Vec<String>| {
        view! { <ul class=class>{said.into_iter().map(|said| view! { <li>{said}</li> }).collect_view()}</ul> }
    };
    view! {
        <div>
            {move || match lab.outcome.get() {
                Some(reported) => view! {
                    <div class="said">
                        {list("findings", reported.shown.findings.clone())}
                        <div>{list("caveats", reported.shown.caveats.clone())}{note}</div>
                    </div>
                }.into_any(),
                None => note.into_any(),
            }}
        </div>
    }
}

/// When a screen reader reads the headline.
fn loudness(progress: &RunState) -> &'static str {
    if let RunState::Running { .. } = progress { "off" } else { "polite" }
}

/// Results are said loudly, promises and progress are not.
fn mood(progress: &RunState) -> &'static str {
    match progress {
        RunState::Idle | RunState::Failed(Failure::Cancelled) => "quiet",
        RunState::Waiting | RunState::Running { .. } => "quiet running",
        RunState::Done => "loud",
        RunState::Failed(_) => "loud failed",
    }
}

fn headline(page: PageState, lab: Lab) -> String {
    match lab.progress.get() {
        RunState::Idle => lab.experiment.with(|experiment| promise(page, experiment)),
        RunState::Waiting => en::ANOTHER_MEASURES.text(),
        RunState::Running { total: 0, .. } => en::STARTING.text(),
        RunState::Running { done, total } => {
            let [done, total] = [done, total].map(Arg::digits);
            en::RUNNING.with(&[("done", done), ("total", total)])
        }
        RunState::Failed(why) => failed(&why),
        RunState::Done => lab.outcome.get().map_or_else(String::new, |reported| reported.shown.headline.clone()),
    }
}

fn failed(why: &Failure) -> String {
    let sentence = words::failure(why);
    match why {
        Failure::Cancelled => en::CANCELLED_AFRESH.text(),
        Failure::Lost(loss) | Failure::NotStarted { why: loss, .. } if loss.may_pass() => {
            en::WITH_NEW_WORKERS.with(&[("why", sentence.into())])
        }
        Failure::NoAnalysis(why) if *why != Loss::AnotherVersion => {
            en::MEASURED_IS_KEPT.with(&[("why", sentence.into())])
        }
        _ => sentence,
    }
}

/// A freeze this long, in seconds, is announced.
const LONG: u64 = 5;

/// A sentence on how long blocking will freeze the page, as far as that is known beforehand; empty if it is not long.
fn long_freeze(experiment: &Experiment) -> String {
    let Experiment { workload, params, .. } = experiment;
    let each = (workload.waits(params) + workload.computes(params)).as_secs();
    let times = if experiment.sweep { 2 * experiment.samples } else { 1 + experiment.samples };
    if each < LONG || !(experiment.sweep || experiment.strategies.contains(&baseline())) {
        return String::new();
    }
    en::LONG_FREEZE.with(&[("seconds", Arg::Digits(each)), ("times", Arg::digits(times))])
}

/// What Run will do.
fn promise(page: PageState, experiment: &Experiment) -> String {
    let Experiment { workload, params, strategies, sweep, workers, .. } = experiment;
    let able = |strategy: &&&'static dyn strategies::Strategy| {
        unavailable(**strategy, *workload, params, page.isolation).is_none()
    };
    let able: Vec<_> = strategies.iter().filter(able).collect();
    let blurb = Arg::from(words::workload_blurb(workload.info()));
    let added = usize::from(*sweep && !strategies.contains(&baseline()));
    let ways = match able.len() + added {
        0 => return en::NO_WAY.with(&[("blurb", blurb)]),
        1 => en::ONE_WAY.text(),
        several => en::SEVERAL_WAYS.with(&[("n", several.into())]),
    };
    let scales = *workers > 1 && able.iter().any(|strategy| strategy.meta().workers(*workers) > 1);
    let ways = match (sweep, scales) {
        (false, _) => ways,
        (true, true) => en::WITH_SWEEP.with(&[("ways", ways.into()), ("most", Arg::digits(*workers))]),
        (true, false) => en::WITHOUT_SWEEP.with(&[("ways", ways.into())]),
    };
    en::PROMISE.with(&[("blurb", blurb), ("ways", ways.into()), ("freeze", long_freeze(experiment).into())])
}
