//! One row: its question, and once it was guessed its value, to scale.

use leptos::html;
use leptos::prelude::*;
use pictures::OnAxis;
use predict::scale::{AXIS, read_time};
use words::{en, scale as say};

use super::guessed::RowGuess;
use super::tiles::Tiles;
use crate::fields::Slider;
use crate::fields::{AsText, Typed};
use crate::questions::AxisView;
use crate::state::{Costing, CostingSignal};

/// How many parts the slider divides the axis into: twenty for each factor of ten.
const PARTS: u32 = 260;
/// The marks of the axis, in nanoseconds.
const MARKS: [f64; 4] = [1.0, 1e3, 1e6, 1e9];

/// The row; `above` is the usual time of the row above it, if there is one, and `cycle` that of the first row.
#[component]
pub fn RowView(guessed: RowGuess, above: Option<f64>, cycle: f64, state: CostingSignal) -> impl IntoView {
    let RowGuess { row, chosen, guess, told, before } = guessed;
    let row = row.get_value();
    let figure = move || guessed.figure(state);
    Effect::new(move || {
        if let Some(said) = guessed.said(figure()) {
            guessed.keep(said);
        }
    });
    let comes_to = NodeRef::<html::Div>::new();
    let tell = move || {
        told.set(true);
        request_animation_frame(move || {
            comes_to.get_untracked().and_then(|place| place.focus().ok());
        });
    };
    let commit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        guess.set(chosen.get_untracked());
        before.set(None);
        tell();
    };
    let place = Signal::derive(move || chosen.get().map(|ns| AXIS.place(ns)));
    let step = Signal::derive(move || (place.get().unwrap_or(0.5) * f64::from(PARTS)).round() as u32);
    let slide = Callback::new(move |part: u32| chosen.set(Some(AXIS.value(f64::from(part) / f64::from(PARTS)))));
    let shown = move || chosen.get().map_or_else(|| en::NO_GUESS_YET.text(), say::guessed);
    let marks = MARKS.into_iter().map(|ns| (AXIS.place(ns), say::rough(ns))).collect();
    let ns = row.ns;
    let usual = Signal::derive(move || told.get().then(|| ns.map(|end| AXIS.place(end))));
    let on_axis = Signal::derive(move || {
        let figure = figure().filter(|_| told.get())?;
        let measured = AXIS.place(figure.us * 1000.0);
        let interval = figure.interval.map(|end| AXIS.place(end * 1000.0));
        Some(OnAxis { guess: guess.get().map_or(measured, |guess| AXIS.place(guess)), measured, interval })
    });
    let as_text = AsText { read: read_time, write: say::guessed, legal: say::SCALE_ILLEGAL };
    let type_it = say::SCALE_TYPE.text();
    let label = type_it.clone();
    let what = row.what.clone();
    view! {
        <figure class="scale-row" class:told=move || told.get()>
            <form class="guessing" on:submit=commit>
                <fieldset disabled=move || told.get()>
                    <legend class="asked">{what.clone()}</legend>
                    <div class="point">
                        <Slider ends=[0, PARTS] value=step on_slide=slide class:untouched=move || chosen.with(Option::is_none)
                            attr:aria-label=what attr:aria-valuetext=shown
                            on:click=move |event| event_target_value(&event).parse().map(|part| slide.run(part)).unwrap_or_default() />
                        <AxisView marks guess=place on_axis usual />
                        <p class="own-guess" hidden=move || told.get()>
                            {en::YOUR_GUESS.text()}": "<output>{shown}</output>
                            <label class="typed">
                                <span>{type_it}</span>
                                <Typed axis=AXIS as_text label value=chosen.into() on_number=Callback::new(move |ns| chosen.set(Some(ns))) />
                            </label>
                        </p>
                    </div>
                </fieldset>
                <div class="commit" hidden=move || told.get()>
                    <button type="submit" class="primary" disabled=move || chosen.with(Option::is_none)>
                        {say::SCALE_COMMIT.text()}
                    </button>
                    <button type="button" class="show" on:click=move |_| tell()>{say::SCALE_SHOW.text()}</button>
                </div>
            </form>
            // committing moves the focus here, because the button that was pressed is gone; no live region, because
            // measuring changes all rows
            <div class="comes-to" tabindex="-1" node_ref=comes_to>
                {move || if told.get() {
                    view! { <ComesTo guessed above cycle state /> }.into_any()
                } else {
                    let before = before.get().map(|said| [en::KEPT_FROM_BEFORE.text(), said].join(": "));
                    before.map(|before| view! { <p class="reveal before">{before}</p> }).into_any()
                }}
            </div>
        </figure>
    }
}

/// The row's value, in words and in squares.
#[component]
fn ComesTo(guessed: RowGuess, above: Option<f64>, cycle: f64, state: CostingSignal) -> impl IntoView {
    let row = guessed.row.get_value();
    let figure = move || guessed.figure(state);
    let sentence = move || guessed.said(figure()).unwrap_or_else(|| guessed.is(figure()));
    let (how, of) = (row.how.clone(), row.of.clone());
    let here = move || match figure() {
        Some(_) => None,
        None if of.is_empty() => Some(how.clone()),
        None => Some(say::here(state.with(|state| matches!(state, Costing::Measured(_))), &of)),
    };
    let usually = row.usually();
    let again = move |_| {
        guessed.guess.set(None);
        guessed.told.set(false);
    };
    let human = say::human_range(row.ns.map(|ns| ns / cycle));
    view! {
        <p class="sentence">{sentence}</p>
        <p>{say::SCALE_HUMAN.with(&[("human", human.into())])}</p>
        {move || here().map(|here| view! { <p class="still">{here}</p> })}
        <Tiles count=above.map_or(1.0, |above| usually / above) first=above.is_none() />
        <p class="commit"><button type="button" class="again" on:click=again>{en::GUESS_AGAIN.text()}</button></p>
    }
}
