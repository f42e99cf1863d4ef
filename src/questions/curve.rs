//! A curve: a number for each number of workers, drawn with a mouse or a finger, or typed into the table beside it.
//! After a run the measured one lies on the same axes.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use pictures::OnAxis;
use predict::{Axis, Guess};
use wasm_bindgen::JsCast;
use web_sys::Element;
use words::{axis_mark, decimal, en};

use super::Chosen;
use crate::fields::{Typed, decimals};
use crate::state::here;

/// The picture's own size, and the space that its marks take.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 44.0;
const BELOW: f64 = 30.0;
const AROUND: f64 = 12.0;

/// Points, one for each number of workers, that have no height until one is touched.
#[component]
pub fn Curve(axis: Axis, workers: Vec<usize>, chosen: Chosen) -> impl IntoView {
    let (_, lab) = here();
    let unit = predict::Unit::Times;
    let places = StoredValue::new(workers);
    let count = places.with_value(Vec::len);
    let guess = move || match chosen.get() {
        Some(Guess::Curve(points)) => points,
        // as if more workers brought nothing, until the visitor says otherwise
        _ => places.with_value(|places| places.iter().map(|workers| (*workers, 1.0)).collect()),
    };
    let set = move |at: usize, value: f64| {
        let mut points = untrack(guess);
        if let Some((_, own)) = points.get_mut(at) {
            *own = value;
        }
        chosen.set(Some(Guess::Curve(points)));
    };
    let draw = move |event: PointerEvent| {
        let committed = lab.asked.is_some_and(|asked| asked.guess.with_untracked(Option::is_some));
        let Some(picture) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if committed || event.buttons() & 1 == 0 {
            return;
        }
        picture.set_pointer_capture(event.pointer_id()).ok();
        let frame = picture.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - frame.left()) / frame.width() * WIDTH;
        let y = (f64::from(event.client_y()) - frame.top()) / frame.height() * HEIGHT;
        let nearest = (0..count)
            .min_by(|one, other| (across(*one, count) - x).abs().total_cmp(&(across(*other, count) - x).abs()));
        if let Some(at) = nearest {
            set(at, axis.value(share(y)));
        }
    };
    let measured = move || lab.asked.and_then(|asked| Some(asked.reveal.get()?.on_axis)).unwrap_or_default();
    let own = move || guess().iter().map(|(_, value)| axis.place(*value)).collect::<Vec<_>>();
    let found = move || measured().iter().map(|point| point.measured).collect::<Vec<_>>();
    let intervals = move || {
        let interval = |(at, point): (usize, &OnAxis)| {
            let [low, high] = point.interval.map(|end| px(height(end)));
            format!("M{} {low}V{high}", px(across(at, count)))
        };
        measured().iter().enumerate().map(interval).collect::<String>()
    };
    let mark = move |value: f64| {
        let y = height(axis.place(value));
        view! {
            <path class="tick" d=format!("M{} {}H{}", px(LEFT), px(y), px(WIDTH - AROUND))></path>
            <text class="value" x=px(LEFT - 8.0) y=px(y + 5.0)>{axis_mark(unit, value)}</text>
        }
    };
    let below = move |(at, workers): (usize, usize)| {
        view! { <text x=px(across(at, count)) y=px(HEIGHT - 8.0)>{workers.to_string()}</text> }
    };
    let row = move |(at, workers): (usize, usize)| {
        let label = en::WITH_SO_MANY.with(&[("n", workers.into())]);
        let value = move || chosen.with(Option::is_some).then(|| guess().get(at).map(|(_, value)| *value)).flatten();
        let (value, on_number) = (Signal::derive(value), Callback::new(move |value| set(at, value)));
        let measured = move || {
            measured().get(at).map_or_else(String::new, |point| words::guessed(unit, axis.value(point.measured)))
        };
        view! {
            <tr>
                <th scope="row">{label.clone()}</th>
                <td><Typed axis as_text=decimals() label value on_number /></td>
                <td>{measured}</td>
            </tr>
        }
    };
    let marks = axis.marks().into_iter().map(mark).collect_view();
    let each = || places.get_value().into_iter().enumerate();
    view! {
        <div class="curve">
            <p class="own-guess">{en::DRAW_IT.text()}</p>
            <svg viewBox=format!("0 0 {} {}", px(WIDTH), px(HEIGHT)) aria-hidden="true" class:untouched=move || chosen.with(Option::is_none)
                on:pointerdown=draw on:pointermove=draw>
                {marks}
                {each().map(below).collect_view()}
                <path class="measured-line" d=move || line(&found())></path>
                <path class="interval" d=intervals></path>
                <path class="measured" d=move || dots(&found(), 5.0)></path>
                <path class="guess-line" d=move || line(&own())></path>
                <path class="guess" d=move || dots(&own(), 7.0)></path>
            </svg>
            <details>
                <summary>{en::AS_NUMBERS.text()}</summary>
                <table>
                    <thead>
                        <tr><th>{en::WORKERS.text()}</th><th>{en::YOUR_GUESS.text()}</th><th>{en::MEASURED_MARK.text()}</th></tr>
                    </thead>
                    <tbody>{each().map(row).collect_view()}</tbody>
                </table>
            </details>
        </div>
    }
}

/// A length in the picture, as an attribute has it.
fn px(length: f64) -> String {
    decimal(length, 1)
}

/// Where point `at` of `count` lies in the picture, from left to right.
fn across(at: usize, count: usize) -> f64 {
    LEFT + (at as f64 + 0.5) * (WIDTH - LEFT - AROUND) / count.max(1) as f64
}

/// Where a place on the axis lies in the picture, from top to bottom; the axis points up.
fn height(place: f64) -> f64 {
    AROUND + (1.0 - place) * (HEIGHT - BELOW - AROUND)
}

/// The inverse of `height`: a place on the axis, from 0 to 1.
fn share(y: f64) -> f64 {
    (1.0 - (y - AROUND) / (HEIGHT - BELOW - AROUND)).clamp(0.0, 1.0)
}

/// A line through all of these places, from left to right, as a path.
fn line(places: &[f64]) -> String {
    let point = |(at, place): (usize, &f64)| {
        let to = if at == 0 { 'M' } else { 'L' };
        format!("{to}{} {}", px(across(at, places.len())), px(height(*place)))
    };
    places.iter().enumerate().map(point).collect()
}

/// A circle of this radius around each of these places, as a path.
fn dots(places: &[f64], radius: f64) -> String {
    let [radius, across_it] = [radius, 2.0 * radius].map(px);
    let half = |way: &str| format!("a{radius} {radius} 0 0 1 {way}{across_it} 0");
    let dot = |(at, place): (usize, &f64)| {
        let (x, y) = (px(across(at, places.len())), px(height(*place)));
        format!("M{x} {y}m-{radius} 0{}{}", half(""), half("-"))
    };
    places.iter().enumerate().map(dot).collect()
}
