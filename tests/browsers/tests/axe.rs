//! What axe-core finds that keeps somebody from using a page.

use std::path::Path;
use std::{env, fs};

use browsers::Page;
use serde_json::{Value, json};

/// Loads it into the page, where it stays until the page is left.
///
/// # Panics
/// When it was not fetched.
pub async fn load(page: &Page<'_>) {
    page.script(&source(), vec![]).await;
}

/// Finds nothing serious or critical in this part of the page.
///
/// # Panics
/// When it does.
pub async fn finds_nothing(page: &Page<'_>, part: &str, when: &str) {
    assert_eq!(findings(page, part, &["serious", "critical"]).await, json!([]), "{when}");
}

/// Finds nothing, however slight.
///
/// # Panics
/// When it does.
pub async fn finds_nothing_at_all(page: &Page<'_>, part: &str, when: &str) {
    assert_eq!(findings(page, part, &["minor", "moderate", "serious", "critical"]).await, json!([]), "{when}");
}

async fn findings(page: &Page<'_>, part: &str, impacts: &[&str]) -> Value {
    let check = "const [part, impacts, done] = arguments; axe.run(part).then(({ violations }) => done(violations
        .filter(({ impact }) => impacts.includes(impact))
        .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)))";
    page.wait(check, vec![part.into(), impacts.into()]).await
}

/// The source of axe-core: `LANES_AXE`, or where set-up puts it.
fn source() -> String {
    let here = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/axe-core/axe.min.js");
    let file = env::var_os("LANES_AXE").map_or_else(here, Into::into);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}; `make setup` fetches it", file.display()))
}
