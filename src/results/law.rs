//! Amdahl's law with the reader's own serial part, which is a parameter of the lab's work: the curve, its limit, and what a
//! sweep measured here with just that part.

use leptos::prelude::*;
use pictures::law;
use words::en;

use super::scene::FigureView;
use super::table::TableView;
use crate::fields::Slider;
use crate::state::{Activity, here, run};

/// The work's parameter; the build has seen to it that there is one.
const SERIAL: &str = "serial";

/// The law, before a lab. There is nothing to guess: what is set is drawn at once, and may be run.
#[component]
pub fn Law() -> impl IntoView {
    let (page, lab) = here();
    let serial = Memo::new(move |_| {
        lab.experiment
            .with(|experiment| experiment.params.iter().find(|(param, _)| param.key == SERIAL).map(|own| own.1))
    });
    let value = move || serial.get().unwrap_or_default();
    let set = move |wanted: u32| {
        let mut next = lab.experiment.get_untracked();
        if next.set(SERIAL, &wanted.to_string(), page.cores).is_ok() {
            lab.experiment.set(next);
        }
    };
    let choose = move |event| set(event_target_value(&event).parse().unwrap_or(value()));
    let dots = move || lab.outcome.with(|shown| shown.as_ref().map(|own| own.shown.dots.clone())).unwrap_or_default();
    let held_up = move || page.exclusive.held_up(Activity::Run(lab.number));
    view! {
        // a law is about work that has such a part: another choice of work is not what it is of
        <div class="law" hidden=move || serial.with(Option::is_none)>
            <fieldset disabled=move || lab.running()>
                <label for=lab.id("serial")>{en::SERIAL_IN_PERCENT.text()}</label>
                <Slider ends=[0, 100] value on_slide=set attr:id=lab.id("serial") />
                <input type="number" class="typed" min="0" max="100" aria-label=en::SERIAL_IN_PERCENT.text()
                    prop:value=move || value().to_string() on:change=choose />
            </fieldset>
            <p class="said" aria-live="polite">{move || law::said(value())}</p>
            {move || view! { <FigureView figure=law::figure(value(), &dots()) /> }}
            <details>
                <summary>{en::LAW_AS_TABLE.text()}</summary>
                {move || view! { <TableView table=law::table(value(), &dots()) lab=Some(lab) /> }}
            </details>
            <div class="commit" hidden=move || lab.opened.get()>
                <button type="button" class="primary" id=lab.id("try") disabled=held_up
                    title=move || if held_up() { en::HELD_UP.text() } else { String::new() }
                    on:click=move |_| { run(page, lab, None); }>{en::RUN_IT_HERE.text()}</button>
            </div>
        </div>
    }
}
