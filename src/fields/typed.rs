//! A number that is typed: the twin of one that is dragged.

use leptos::prelude::*;
use predict::{Axis, read_number, write_number};
use words::{Message, en};

/// How a number is typed: how it is read and written, and what is said if it is not legal.
#[derive(Clone, Copy)]
pub struct AsText {
    /// The number in a text; `None` if there is none.
    pub read: fn(&str) -> Option<f64>,
    /// A number as it is typed.
    pub write: fn(f64) -> String,
    /// What is legal; it may name the ends of the axis.
    pub legal: Message,
}

/// Plain numbers, to two places.
pub fn decimals() -> AsText {
    AsText {
        read: read_number,
        write: |value| write_number((value * 100.0).round() / 100.0),
        legal: en::NUMBER_BETWEEN,
    }
}

/// Numbers without a fraction.
pub fn whole_numbers() -> AsText {
    let read = |text: &str| read_number(text).filter(|number| number.fract() == 0.0);
    AsText { read, write: write_number, legal: en::WHOLE_BETWEEN }
}

/// A field for a number on this axis, empty until there is one. A text that is no number, or lies beyond the axis, is
/// not taken, and the field says so.
#[component]
pub fn Typed(
    axis: Axis,
    as_text: AsText,
    label: String,
    value: Signal<Option<f64>>,
    on_number: Callback<f64>,
) -> impl IntoView {
    let wrong = RwSignal::new(false);
    // a number that was chosen elsewhere has replaced the illegal one
    Effect::new(move || {
        value.track();
        wrong.set(false);
    });
    let shown = move || value.get().map_or_else(String::new, as_text.write);
    let take = move |event| {
        // many write a comma; a field of numbers would drop it silently
        let typed = event_target_value(&event).replace(',', ".");
        let number = (as_text.read)(&typed).filter(|number| !axis.beyond(*number));
        wrong.set(number.is_none() && !typed.trim().is_empty());
        number.into_iter().for_each(|number| on_number.run(number));
    };
    let range =
        move || as_text.legal.with(&[("from", write_number(axis.from).into()), ("to", write_number(axis.to).into())]);
    view! {
        <input type="text" class="typed" inputmode="decimal" autocomplete="off" aria-label=label prop:value=shown
            aria-invalid=move || wrong.get().to_string() on:change=take />
        {move || wrong.get().then(|| view! { <span class="why" role="alert">{range()}</span> })}
    }
}
