//! A slider that a finger may cross: a movement up or down the page that begins here scrolls, and changes nothing.
//!
//! Browsers move a slider as soon as it is touched, and know only later what the finger does. So the first value of a
//! touch is held back until the finger slides on, or is lifted. If the finger scrolls, the browser cancels the touch,
//! and the value goes back.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

/// What a finger does.
#[derive(Clone, Copy)]
enum Finger {
    Away,
    Touches,
    /// It has touched this value.
    Wants(u32),
    Slides,
}

/// The slider; everything else (its name, its spoken value) is given to it as attributes.
#[component]
pub fn Slider(
    /// Its first and its last step.
    ends: [u32; 2],
    /// The step that it stands at.
    value: Signal<u32>,
    /// Called with the step that is chosen.
    on_slide: Callback<u32>,
) -> impl IntoView {
    let finger = StoredValue::new_local(Finger::Away);
    let down = move |event: PointerEvent| {
        finger.set_value(if event.pointer_type() == "touch" { Finger::Touches } else { Finger::Away });
    };
    let slide = move |event| {
        let Ok(wanted) = event_target_value(&event).parse() else { return };
        if let Finger::Touches = finger.get_value() {
            return finger.set_value(Finger::Wants(wanted));
        }
        if let Finger::Wants(_) = finger.get_value() {
            finger.set_value(Finger::Slides);
        }
        on_slide.run(wanted);
    };
    let up = move |_| {
        if let Finger::Wants(wanted) = finger.get_value() {
            on_slide.run(wanted);
        }
        finger.set_value(Finger::Away);
    };
    let taken_away = move |event: PointerEvent| {
        if let Finger::Wants(_) = finger.get_value() {
            event_target::<HtmlInputElement>(&event).set_value(&value.get_untracked().to_string());
        }
        finger.set_value(Finger::Away);
    };
    view! {
        <input type="range" min=ends[0] max=ends[1] prop:value=move || value.get().to_string()
            on:pointerdown=down on:input=slide on:pointerup=up on:pointercancel=taken_away />
    }
}
