//! Colours and layout of the whole document: its theme, its view, and what the system or the paper want otherwise.

use lab::experiment::Theme;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use words::en;

use crate::state::PageState;

/// When one of these changes, the style sheet's colours change, and canvases are drawn anew.
const LOOKS: [&str; 4] =
    ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)", "print"];

/// Keeps the document's theme and view as the settings say, and the canvases in its colours.
pub fn keep_the_look(page: PageState) {
    let recolour = move || page.labs.with_value(|labs| labs.iter().for_each(|lab| lab.canvases.get_value().recolour()));
    let look = Memo::new(move |_| page.settings.with(|settings| (settings.theme, settings.view)));
    Effect::new(move || {
        let (theme, view) = look.get();
        if let Some(root) = document().document_element() {
            root.set_attribute("data-theme", theme.word()).ok();
            root.set_attribute("data-view", view.word()).ok();
        }
        recolour();
    });
    // what was on canvases is gone when the browser's graphics process ended, or the machine slept
    let restored = Closure::<dyn Fn()>::new(recolour);
    document()
        .add_event_listener_with_callback_and_bool("contextrestored", restored.as_ref().unchecked_ref(), true)
        .ok();
    restored.forget(); // as long as the page
    for query in LOOKS {
        let Some(query) = window().match_media(query).ok().flatten() else { continue };
        let on_change = Closure::<dyn Fn()>::new(recolour);
        query.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref()).ok();
        on_change.forget(); // as long as the page
    }
    // what a canvas shows is printed as it is, so it is drawn for paper before the browser lays that out
    for (event, paper) in [("beforeprint", true), ("afterprint", false)] {
        let on_print = Closure::<dyn Fn()>::new(move || {
            if let Some(root) = document().document_element() {
                root.toggle_attribute_with_force("data-paper", paper).ok();
            }
            recolour();
        });
        window().add_event_listener_with_callback(event, on_print.as_ref().unchecked_ref()).ok();
        on_print.forget(); // as long as the page
    }
}

/// Switches between the system's colours, light and dark.
#[component]
pub fn ThemeButton(page: PageState) -> impl IntoView {
    let theme = move || page.settings.with(|settings| settings.theme);
    let says = move || match theme() {
        Theme::Auto => en::THEME_AUTO,
        Theme::Light => en::THEME_LIGHT,
        Theme::Dark => en::THEME_DARK,
    };
    view! {
        <button type="button" id="theme"
            on:click=move |_| page.settings.update(|settings| settings.theme = settings.theme.next())>
            {move || says().text()}
        </button>
    }
}
