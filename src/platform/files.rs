//! Files from the page's own origin, fetched whole.

use std::sync::Arc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use workloads::Part;

use super::worker::describe;
use crate::strategy::Failure;

/// Fetches these files, each by its address relative to the page.
///
/// # Errors
/// When one cannot be had; it is named.
pub async fn fetch_all(names: &[&str]) -> Result<Vec<Part>, Failure> {
    let mut files = Vec::new();
    for name in names {
        files.push(fetch(name).await?);
    }
    Ok(files)
}

async fn fetch(name: &str) -> Result<Part, Failure> {
    let failed = |why: String| Failure::NoFile { name: name.into(), why };
    let thrown = |error: JsValue| failed(describe(&error));
    let window = web_sys::window().expect("only the page fetches files");
    let response: Response = JsFuture::from(window.fetch_with_str(name)).await.map_err(thrown)?.unchecked_into();
    if !response.ok() {
        return Err(failed(format!("the server answered {}", response.status())));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(thrown)?).await.map_err(thrown)?;
    Ok(Arc::new(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec()))
}

/// A file as text.
///
/// # Errors
/// When it cannot be had.
pub async fn fetch_text(name: &str) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&fetch(name).await?).into_owned())
}
