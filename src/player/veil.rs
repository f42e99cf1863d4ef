//! What lies over the lanes of a trace: it dims what comes after the moment, and takes the pointer.

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;
use words::decimal;

use crate::state::Play;

/// The veil, as wide as the axis, over what is drawn on it. Pressing and moving chooses the moment; a finger that goes
/// up or down scrolls.
#[component]
pub fn Veil(play: Play) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    // where a finger went down that has not moved along the axis yet
    let undecided = StoredValue::new(None::<[i32; 2]>);
    let seek = move |event: &PointerEvent| {
        let Some(place) = place.get_untracked() else { return };
        let rect = place.get_bounding_client_rect();
        if rect.width() > 0.0 {
            play.seek_share((f64::from(event.client_x()) - rect.left()) / rect.width());
        }
    };
    let down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        undecided.set_value(None);
        if let Some(place) = place.get_untracked() {
            place.set_pointer_capture(event.pointer_id()).ok();
        }
        // a finger may want to scroll
        if event.pointer_type() == "touch" {
            undecided.set_value(Some([event.client_x(), event.client_y()]));
        } else {
            seek(&event);
        }
    };
    let moved = move |event: PointerEvent| {
        if event.buttons() != 1 {
            return;
        }
        if let Some([x, y]) = undecided.get_value() {
            if (event.client_x() - x).abs() <= (event.client_y() - y).abs() {
                return;
            }
            undecided.set_value(None);
        }
        seek(&event);
    };
    let tapped = move |event: leptos::ev::MouseEvent| {
        use wasm_bindgen::JsCast;
        if let Some(event) = event.dyn_ref::<PointerEvent>().filter(|event| event.pointer_type() == "touch") {
            seek(event);
        }
    };
    let moved_by = move || format!("translateX({}%)", decimal(play.share() * 100.0, 3));
    move || {
        let veil = move || play.is_open().then(|| view! { <div class="veil" style:transform=moved_by></div> });
        play.is_there().then(|| {
            view! {
                <div class="veil-place" node_ref=place aria-hidden="true" on:pointerdown=down on:pointermove=moved on:click=tapped>
                    {veil}
                </div>
            }
        })
    }
}
