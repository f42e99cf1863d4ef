//! Files from the page's own origin, fetched whole.

use std::sync::Arc;
use std::time::Duration;

use js_sys::{ArrayBuffer, Uint8Array};
use strategies::{Failure, Loss};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};
use workloads::Part;

use crate::link::{address_of, describe, within};

/// None is so large (a quarter of a megabyte) that a network which is any use takes longer.
const LIMIT: Duration = Duration::from_secs(30);

/// A request, which ends when this is dropped: after giving up, nothing is to arrive any more.
struct Request(AbortController);

impl Drop for Request {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Fetches these files, each by its address beside the page's scripts.
///
/// # Errors
/// When one cannot be had within the time limit; it is named.
pub async fn fetch_all(names: &[&str]) -> Result<Vec<Part>, Failure> {
    let mut files = Vec::new();
    for name in names {
        files.push(fetch(name).await?);
    }
    Ok(files)
}

async fn fetch(name: &str) -> Result<Part, Failure> {
    let late = || Err(Loss::Late(LIMIT.as_secs()));
    let fetched = within(LIMIT, download(name)).await.unwrap_or_else(late);
    fetched.map(Arc::new).map_err(|why| Failure::NoFile { name: name.into(), why })
}

async fn download(name: &str) -> Result<Vec<u8>, Loss> {
    let thrown = |error: JsValue| describe(&error);
    let window = web_sys::window().expect("only the page fetches files");
    let request = Request(AbortController::new().map_err(thrown)?);
    let options = RequestInit::new();
    options.set_signal(Some(&request.0.signal()));
    let response = JsFuture::from(window.fetch_with_str_and_init(&address_of(name), &options)).await.map_err(thrown)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(Loss::Status(response.status()));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(thrown)?).await.map_err(thrown)?;
    Ok(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec())
}

/// A file as text.
///
/// # Errors
/// When it cannot be had.
pub async fn fetch_text(name: &str) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&fetch(name).await?).into_owned())
}

/// The text of a file that the visitor opened; what is no text comes through as far as it is.
///
/// # Errors
/// When the browser cannot read it.
pub async fn read_text(file: &web_sys::File) -> Result<String, Failure> {
    let failed = |error: JsValue| Failure::NoFile { name: file.name(), why: describe(&error) };
    let text = JsFuture::from(file.text()).await.map_err(failed)?;
    Ok(text.as_string().unwrap_or_default())
}
