//! Accessibility problems that axe-core finds in a page.

use std::path::Path;
use std::{env, fs};

use browsers::Page;
use serde_json::{Value, json};

/// Loads axe-core into the page, where it stays until the page is left.
///
/// # Panics
/// When axe-core was not fetched.
pub async fn load(page: &Page<'_>) {
    page.script(&source(), vec![]).await;
}

/// Checks that axe-core finds nothing serious or critical in this part of the page.
///
/// # Panics
/// When axe-core finds something.
pub async fn finds_nothing(page: &Page<'_>, part: &str, when: &str) {
    assert_eq!(findings(page, part, &["serious", "critical"]).await, json!([]), "{when}");
}

/// Checks that axe-core finds nothing in this part of the page, however slight.
///
/// # Panics
/// When axe-core finds something.
pub async fn finds_nothing_at_all(page: &Page<'_>, part: &str, when: &str) {
    assert_eq!(findings(page, part, &["minor", "moderate", "serious", "critical"]).await, json!([]), "{when}");
}

async fn findings(page: &Page<'_>, part: &str, impacts: &[&str]) -> Value {
    let check = "const [part, impacts, done] = arguments; axe.run(part).then(({ violations }) => done(violations
        .filter(({ impact }) => impacts.includes(impact))
        .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)))";
    page.wait(check, vec![part.into(), impacts.into()]).await
}

/// The source of axe-core, from the file `LANES_AXE` or from where set-up puts it.
fn source() -> String {
    let here = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/axe-core/axe.min.js");
    let file = env::var_os("LANES_AXE").map_or_else(here, Into::into);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}; `make setup` fetches it", file.display()))
}
