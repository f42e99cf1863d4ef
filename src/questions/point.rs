//! A point on the axis of the picture to come: dragged, moved by keys, or typed.

use std::rc::Rc;

use leptos::prelude::*;
use predict::{Axis, Guess, Question};
use words::en;

use super::Chosen;
use super::axis::AxisView;
use crate::fields::{Slider, Typed, decimals};
use crate::state::here;

/// How many parts the slider divides its axis into.
const PARTS: u32 = 200;

/// A slider over the axis, which has no value until it is touched.
#[component]
pub fn Point(axis: Axis, question: Rc<Question>, chosen: Chosen, name: String) -> impl IntoView {
    let (_, lab) = here();
    let unit = question.unit();
    let place = move || match chosen.get() {
        Some(Guess::Number(value)) => axis.place(value),
        _ => 0.5,
    };
    let step = Signal::derive(move || (place() * f64::from(PARTS)).round() as u32);
    let slide = move |part: u32| chosen.set(Some(Guess::Number(axis.value(f64::from(part) / f64::from(PARTS)))));
    let slide = Callback::new(slide);
    let said = move || match chosen.get() {
        Some(Guess::Number(value)) => words::guessed(unit, value),
        _ => en::NO_GUESS_YET.text(),
    };
    let asked = lab.asked;
    let on_axis = Signal::derive(move || asked.and_then(|asked| asked.reveal.get()?.on_axis.into_iter().next()));
    let number = Signal::derive(move || match chosen.get() {
        Some(Guess::Number(value)) => Some(value),
        _ => None,
    });
    let on_number = Callback::new(move |value| chosen.set(Some(Guess::Number(value))));
    let type_it = words::typed(unit, &axis);
    let guess = Signal::derive(move || chosen.with(|chosen| chosen.is_some().then(place)));
    let marks = axis.marks().into_iter().map(|value| (axis.place(value), words::axis_mark(unit, value))).collect();
    view! {
        <div class="point">
            <Slider ends=[0, PARTS] value=step on_slide=slide
                attr:id=name.clone() class:untouched=move || chosen.with(Option::is_none)
                attr:aria-label=words::measured_by(&question.of) attr:aria-valuetext=said
                // a click where it stands already is a choice, too
                on:click=move |event| event_target_value(&event).parse().map(|part| slide.run(part)).unwrap_or_default() />
            <AxisView marks guess on_axis />
            <p class="own-guess">
                {en::YOUR_GUESS.text()}": "<output for=name>{said}</output>
                <label class="typed">
                    <span>{type_it.clone()}</span>
                    <Typed axis label=type_it value=number as_text=decimals() on_number />
                </label>
            </p>
        </div>
    }
}
