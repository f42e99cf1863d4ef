//! Amdahl's law with the reader's own serial part, which is a parameter of the lab's work: the curve, its limit, and
//! what a sweep measured here with just that part.

use leptos::prelude::*;
use pictures::law;
use predict::{Axis, AxisScale, write_number};
use words::en;

use super::scene::FigureView;
use crate::fields::{TableView, Typed, whole_numbers};
use crate::state::{MachineUse, here, run};

/// The work's parameter that is the serial part.
pub const SERIAL: &str = "serial";

/// What the part may be, in percent of the work.
const PERCENT: Axis = Axis { from: 0.0, to: 100.0, scale: AxisScale::Linear };

/// The law, before a lab, with the control of its part. There is nothing to guess: what is set is drawn at once, and
/// may be run.
#[component]
pub fn Law(children: Children) -> impl IntoView {
    let (page, lab) = here();
    let first = lab.experiment.get_untracked().workload.info().id;
    let elsewhere = move || lab.experiment.with(|now| now.workload.info().id != first);
    let serial = Memo::new(move |_| {
        lab.experiment.with(|now| now.params.iter().find(|(own, _)| own.key == SERIAL).map_or(0, |(_, value)| value))
    });
    let choose = move |percent: f64| {
        let mut next = lab.experiment.get_untracked();
        if next.set(SERIAL, &write_number(percent), page.cores).is_ok() {
            lab.experiment.set(next);
        }
    };
    let percent = Signal::derive(move || Some(f64::from(serial.get())));
    let dots = move || lab.outcome.with(|shown| shown.as_ref().map(|own| own.shown.dots.clone())).unwrap_or_default();
    let own = MachineUse::Run(lab.number);
    let held_up = move || page.exclusive.held_up(own);
    view! {
        // the law is about work that has such a part: it is hidden if other work is chosen
        <div class="law" hidden=elsewhere>
            <fieldset disabled=move || lab.running()>
                {children()}
                <label>
                    {en::TYPE_PERCENT.text()} " "
                    <Typed axis=PERCENT as_text=whole_numbers() label=en::TYPE_PERCENT.text() value=percent
                        on_number=Callback::new(choose) />
                </label>
            </fieldset>
            <p class="said" aria-live="polite">{move || law::said(serial.get())}</p>
            {move || view! { <FigureView figure=law::figure(serial.get(), &dots()) /> }}
            <details>
                <summary>{en::LAW_AS_TABLE.text()}</summary>
                {move || view! { <TableView table=law::table(serial.get(), &dots()) lab=Some(lab) /> }}
            </details>
            <div class="commit" hidden=move || lab.opened.get()>
                <button type="button" class="primary" id=lab.id("try") disabled=held_up
                    title=move || page.exclusive.why_held_up(own)
                    on:click=move |_| { run(page, lab, None); }>{en::RUN_IT_HERE.text()}</button>
            </div>
        </div>
    }
    .into_any()
}
