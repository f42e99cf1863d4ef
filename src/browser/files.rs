//! Files from the page's own origin, each fetched once and kept (`www/files.js`), and those that the visitor opens.
//!
//! Once all files that any run may need are there, the page no longer needs its host.

use std::cell::OnceCell;
use std::sync::Arc;

use js_sys::Uint8Array;
use strategies::{Failure, Loss};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use workloads::{Params, SharedBytes};

use crate::link::describe;

/// The script of run workers and processes; the analyst's script and module.
const WORKER: &str = "worker.js";
const ANALYSIS: &str = "analysis.js";
const ANALYST: &str = "analyst_bg.wasm";
/// The largest file that is opened, in bytes: no report and no project comes near it.
const LARGEST: f64 = 5e7;
/// The limit of `www/files.js`, in seconds.
const LIMIT: u64 = 30;

#[wasm_bindgen]
extern "C" {
    /// A kept file: a script's address, a module, or bytes.
    #[wasm_bindgen(js_name = lanesFile, catch)]
    async fn file(kind: &str, name: &str) -> Result<JsValue, JsValue>;
}

thread_local! {
    /// The address of the script that workers start with, once it is kept.
    static SCRIPT: OnceCell<String> = const { OnceCell::new() };
}

async fn kept(kind: &str, name: &str) -> Result<JsValue, Loss> {
    file(kind, name).await.map_err(|error| {
        let said: Option<&js_sys::Error> = error.dyn_ref();
        match said.and_then(|error| error.cause().as_f64()) {
            Some(0.0) => Loss::Unreachable,
            Some(status) => Loss::Status(status as u16),
            None if said.is_some_and(|error| error.name() == "TimeoutError") => Loss::Late(LIMIT),
            None => describe(&error),
        }
    })
}

/// The address of the script that workers start with.
///
/// # Errors
/// When it cannot be fetched.
pub async fn worker_script() -> Result<String, Failure> {
    if let Some(known) = SCRIPT.with(|script| script.get().cloned()) {
        return Ok(known);
    }
    let address = kept("script", WORKER).await.map_err(|why| Failure::NotStarted { process: None, why })?;
    let address = address.as_string().unwrap_or_default();
    Ok(SCRIPT.with(|script| script.get_or_init(|| address).clone()))
}

/// The address of the analyst's script, and its module.
///
/// # Errors
/// When one of them cannot be fetched.
pub async fn analyst() -> Result<(String, JsValue), Failure> {
    let address = kept("script", ANALYSIS).await.map_err(Failure::NoAnalysis)?;
    Ok((address.as_string().unwrap_or_default(), kept("module", ANALYST).await.map_err(Failure::NoAnalysis)?))
}

/// Fetches these files, each by its address relative to the page's scripts.
///
/// # Errors
/// When one cannot be fetched within the time limit; the failure names it.
pub async fn fetch_all(names: &[&str]) -> Result<Vec<SharedBytes>, Failure> {
    let mut files = Vec::new();
    for name in names {
        files.push(Arc::new(bytes(name).await?));
    }
    Ok(files)
}

async fn bytes(name: &str) -> Result<Vec<u8>, Failure> {
    let kept = kept("bytes", name).await.map_err(|why| Failure::NoFile { name: name.into(), why })?;
    Ok(kept.unchecked_into::<Uint8Array>().to_vec())
}

/// A file as text.
///
/// # Errors
/// When it cannot be fetched.
pub async fn fetch_text(name: &str) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&bytes(name).await?).into_owned())
}

/// Fetches and keeps everything that any run may need.
///
/// # Errors
/// When something cannot be fetched; what was fetched before is kept.
pub async fn keep_all() -> Result<(), Failure> {
    worker_script().await?;
    analyst().await?;
    for workload in workloads::ALL {
        let names = workload.files(&Params::defaults(workload.info()));
        fetch_all(&names).await?;
    }
    Ok(())
}

/// The text of a file that the visitor opened, in UTF-8, or in UTF-16 with a byte order mark, as some shells write it;
/// bytes that are no text are replaced.
///
/// # Errors
/// When it is too large, or the browser cannot read it.
pub async fn read_text(file: &web_sys::File) -> Result<String, Failure> {
    let failed = |why| Failure::NoFile { name: file.name(), why };
    if file.size() > LARGEST {
        return Err(failed(Loss::TooLarge((LARGEST / 1e6) as u64)));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|error| failed(describe(&error)))?;
    Ok(decoded(&Uint8Array::new(&buffer).to_vec()))
}

fn decoded(bytes: &[u8]) -> String {
    let units =
        |pair: fn([u8; 2]) -> u16| bytes[2..].chunks_exact(2).map(|two| pair([two[0], two[1]])).collect::<Vec<_>>();
    match bytes {
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    }
}
