//! The axis on which a number is guessed and shown: the guess hollow, what was measured solid, and a line between them.

use leptos::prelude::*;
use pictures::OnAxis;
use words::{decimal, en};

/// The axis with its marks, and on it the guess and what was measured, if there are any. All places are from 0 at its
/// left end to 1 at its right.
#[component]
pub fn AxisView(
    /// The places of its marks, and what they say.
    marks: Vec<(f64, String)>,
    guess: Signal<Option<f64>>,
    on_axis: Signal<Option<OnAxis>>,
    /// The range in which it usually lies, if that is known as well.
    #[prop(optional, into)]
    usual: Signal<Option<[f64; 2]>>,
) -> impl IntoView {
    let mark = move |(place, says): (f64, String)| {
        let x = percent(place);
        view! {
            <line class="tick" x1=x.clone() x2=x.clone() y1="18" y2="24"></line>
            <text class="tick" x=x y="27">{says}</text>
        }
    };
    let usual = move || {
        usual.get().map(|[low, high]| {
            view! {
                <line class="usual" x1=percent(low) x2=percent(high) y1="18" y2="18"><title>{en::USUAL_MARK.text()}</title></line>
            }
        })
    };
    let ghost = move || {
        guess.get().map(|place| {
            view! { <circle class="guess" cx=percent(place) cy="18" r="6"><title>{en::YOUR_GUESS_MARK.text()}</title></circle> }
        })
    };
    let measured = move || {
        on_axis.get().map(|OnAxis { guess, measured, interval: [low, high] }| {
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
            {marks.into_iter().map(mark).collect_view()}
            {usual}
            {measured}
            {ghost}
        </svg>
    }
}

fn percent(place: f64) -> String {
    format!("{}%", decimal(place * 100.0, 2))
}
