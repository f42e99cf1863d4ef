//! What is alive in a page after a garbage collection. Only Chromium can report it.

use serde_json::{Value, json};

use crate::Browser;

async fn ask(browser: &Browser, method: &str, parameters: Value) -> Value {
    let answer = browser.driver.cdp().send_raw(method, parameters).await;
    answer.unwrap_or_else(|error| panic!("{method}: {error}"))
}

/// Makes the browser collect garbage.
///
/// # Panics
/// When it cannot be asked.
pub async fn collect_garbage(browser: &Browser) {
    // several times, because an object that is freed may have held another one
    for _ in 0..4 {
        ask(browser, "HeapProfiler.collectGarbage", json!({})).await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// The number of objects of this class, which is named as in the page's JavaScript: `Function`,
/// `window[0].MessagePort`.
///
/// # Panics
/// When the browser cannot be asked.
pub async fn count(browser: &Browser, class: &str) -> usize {
    total(browser, class, "1").await
}

/// The size of the page's WebAssembly memories in bytes: its own, and those of workers that it sees. They never shrink.
///
/// # Panics
/// When the browser cannot be asked.
pub async fn bytes_of_memories(browser: &Browser) -> usize {
    total(browser, "WebAssembly.Memory", "one.buffer.byteLength").await
}

/// The sum of `what`, a JavaScript expression about `one`, over all objects of a class.
async fn total(browser: &Browser, class: &str, what: &str) -> usize {
    let prototype = ask(browser, "Runtime.evaluate", json!({ "expression": format!("{class}.prototype") })).await;
    let id = prototype["result"]["objectId"].clone();
    let found = ask(browser, "Runtime.queryObjects", json!({ "prototypeObjectId": id })).await;
    let list = found["objects"]["objectId"].clone();
    let sum = format!("function () {{ return this.reduce((sum, one) => sum + {what}, 0) }}");
    let sum = json!({ "objectId": list, "functionDeclaration": sum });
    let sum = ask(browser, "Runtime.callFunctionOn", sum).await["result"]["value"].as_u64();
    // the answers stay alive until they are released, and would count the next time
    for object in [list, id] {
        ask(browser, "Runtime.releaseObject", json!({ "objectId": object })).await;
    }
    sum.expect("a number") as usize
}
