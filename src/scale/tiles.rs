//! How much longer a row takes than the one above it, to scale: as many squares, each as long as the whole row above.

use leptos::prelude::*;
use words::{decimal, scale as say};

/// How many squares stand beside each other.
const ACROSS: f64 = 40.0;

/// `count` squares, of which the last may be a part of one; `first` if there is no row above.
#[component]
pub fn Tiles(count: f64, first: bool) -> impl IntoView {
    let (full, rest) = ((count / ACROSS).floor(), count % ACROSS);
    let rows = full + f64::from(u8::from(rest > 0.0));
    let px = |length: f64| decimal(length, 2);
    let width = ACROSS as u32;
    let filled = format!("M0 0H{width}V{}H0zM0 {0}H{}V{}H0z", px(full), px(rest), px(full + 1.0));
    let across = (1..width).map(|at| format!("M{at} 0V{}", px(rows)));
    let down = (1..rows as u32).map(|at| format!("M0 {at}H{width}"));
    let gaps = across.chain(down).collect::<String>();
    let says = if first { say::SCALE_UNIT.text() } else { say::tiles(count) };
    view! {
        <svg class="tiles" viewBox=format!("0 0 {width} {}", px(rows)) aria-hidden="true">
            <path class="filled" d=filled></path>
            <path class="one" d="M0 0H1V1H0z"></path>
            <path class="gaps" d=gaps></path>
        </svg>
        <p class="still">{says}</p>
    }
}
