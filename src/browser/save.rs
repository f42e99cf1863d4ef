//! Saves a text as a file, by way of a link that is clicked for the visitor.

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` as a file of this name; returns false if the browser does not even try.
pub fn save(name: &str, text: &str) -> bool {
    let saved = || -> Result<(), JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type("application/json");
        let parts = js_sys::Array::of1(&text.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
        link.set_href(&url);
        link.set_download(name);
        // a frame that may save nothing would follow the link instead, and be lost; it may not open a window either
        link.set_target("_blank");
        link.click();
        // the download has the blob by the next turn; without this it would stay as long as the page
        let revoke = Closure::once_into_js(move || Url::revoke_object_url(&url));
        window().set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 10_000)?;
        Ok(())
    };
    saved().is_ok()
}
