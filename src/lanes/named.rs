//! How many lanes of a strategy have a name each: as many as there is room for. Names have a height, lanes need none,
//! and a whole race has to fit into a small slide.

use lab::experiment::View;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::drawing::FEW;
use crate::state::expect_page;

/// The query for a low window; `www/style/slide.css` makes lanes low in the same windows.
const LOW: &str = "(max-height: 30rem)";
/// How many lanes have a name each in a low window.
const FEW_IN_A_LOW_SLIDE: usize = 3;

/// Up to this many lanes of a strategy have a name each, until the calling component is gone.
pub fn few() -> Signal<usize> {
    let settings = expect_page().settings;
    let query = window().match_media(LOW).ok().flatten();
    let low = RwSignal::new(query.as_ref().is_some_and(|query| query.matches()));
    if let Some(query) = query {
        let asked = query.clone();
        let look = Closure::<dyn Fn()>::new(move || low.set(asked.matches()));
        query.add_event_listener_with_callback("change", look.as_ref().unchecked_ref()).ok();
        let kept = StoredValue::new_local((query, look));
        on_cleanup(move || {
            kept.try_with_value(|(query, look)| {
                query.remove_event_listener_with_callback("change", look.as_ref().unchecked_ref()).ok()
            });
        });
    }
    let slide = move || settings.with(|settings| settings.view == View::Embed);
    Signal::derive(move || if slide() && low.get() { FEW_IN_A_LOW_SLIDE } else { FEW })
}
