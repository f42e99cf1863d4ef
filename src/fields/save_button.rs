//! Saves a text as a file; where that may be refused, also shows the text itself, to be copied.

use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;
use words::{Message, en};

use crate::browser::is_framed;
use crate::browser::save;

/// A button that saves a text under this name. A frame may be forbidden to save anything, which nothing reports: so
/// there the text is offered as well.
#[component]
pub fn SaveButton(
    #[prop(optional, into)] id: Option<String>,
    name: &'static str,
    label: Message,
    text: Box<dyn Fn() -> Option<String>>,
) -> impl IntoView {
    let offered = RwSignal::new(None::<String>);
    let press = move |_| {
        let Some(text) = text() else { return };
        let saved = save(name, &text);
        offered.set((!saved || is_framed()).then_some(text));
    };
    let select = |event: web_sys::FocusEvent| event_target::<HtmlTextAreaElement>(&event).select();
    view! {
        <button type="button" id=id on:click=press>{label.text()}</button>
        {move || offered.get().map(|text| view! {
            <label class="as-text">
                {en::AS_TEXT.with(&[("name", name.into())])}
                <textarea readonly rows="4" spellcheck="false" prop:value=text on:focus=select></textarea>
            </label>
        })}
    }
}
