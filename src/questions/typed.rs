//! A number that is typed: the twin of one that is dragged.

use leptos::prelude::*;
use predict::{Axis, read_number, write_number};

/// A field for a number on this axis, empty until there is one. What lies beyond the axis is not taken, and the browser says
/// so.
#[component]
pub fn Typed(
    axis: Axis,
    label: String,
    value: impl Fn() -> Option<f64> + Send + Sync + 'static,
    on_number: impl Fn(f64) + 'static,
) -> impl IntoView {
    // a field takes a decimal point in every language
    let shown = move || value().map_or_else(String::new, |value| write_number((value * 100.0).round() / 100.0));
    let take = move |event| {
        if let Some(number) = read_number(&event_target_value(&event)).filter(|number| !axis.beyond(*number)) {
            on_number(number);
        }
    };
    view! {
        <input type="number" class="typed" step="any" inputmode="decimal" min=write_number(axis.from) max=write_number(axis.to)
            aria-label=label prop:value=shown on:change=take />
    }
}
