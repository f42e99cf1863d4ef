//! The axis on which a number is guessed and shown: the guess hollow, what was measured solid, and a line between them.

use leptos::prelude::*;
use pictures::OnAxis;
use predict::Axis;
use words::{axis_mark, decimal, en};

/// The axis with its marks, and on it the guess and what was measured, as far as there are such.
#[component]
pub fn AxisView(
    axis: Axis,
    unit: predict::Unit,
    guess: impl Fn() -> Option<f64> + Send + Sync + 'static,
    on_axis: impl Fn() -> Option<OnAxis> + Send + Sync + 'static,
) -> impl IntoView {
    let mark = move |value: f64| {
        let x = percent(axis.place(value));
        view! {
            <line class="tick" x1=x.clone() x2=x.clone() y1="18" y2="24"></line>
            <text class="tick" x=x y="27">{axis_mark(unit, value)}</text>
        }
    };
    let ghost = move || {
        guess().map(|place| {
            view! { <circle class="guess" cx=percent(place) cy="18" r="6"><title>{en::YOUR_GUESS_MARK.text()}</title></circle> }
        })
    };
    let measured = move || {
        on_axis().map(|OnAxis { guess, measured, interval: [low, high] }| {
            view! {
                <line class="gap" x1=percent(guess) x2=percent(measured) y1="18" y2="18"></line>
                <line class="interval" x1=percent(low) x2=percent(high) y1="18" y2="18"></line>
                <circle class="measured" cx=percent(measured) cy="18" r="5"><title>{en::MEASURED_MARK.text()}</title></circle>
            }
        })
    };
    view! {
        <svg class="guess-axis" aria-hidden="true">
            <line class="base" x1="0" x2="100%" y1="18" y2="18"></line>
            {axis.marks().into_iter().map(mark).collect_view()}
            {measured}
            {ghost}
        </svg>
    }
}

fn percent(place: f64) -> String {
    format!("{}%", decimal(place * 100.0, 2))
}
