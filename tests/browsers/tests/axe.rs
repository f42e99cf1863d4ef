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
    assert_eq!(findings(page, part, &SERIOUS, &[]).await, json!([]), "{when}");
}

/// The same in the light theme, and in the dark one by the rules that ask about colours: the others ask about what no
/// theme changes. The page keeps the dark theme.
///
/// # Panics
/// When axe-core finds something.
pub async fn finds_nothing_in_either_theme(page: &Page<'_>, part: &str, when: &str) {
    for (theme, rules) in [("light", &[][..]), ("dark", &COLOURS)] {
        page.script("document.documentElement.dataset.theme = arguments[0]", vec![theme.into()]).await;
        assert_eq!(findings(page, part, &SERIOUS, rules).await, json!([]), "{when}, {theme}");
    }
}

/// Checks that axe-core finds nothing in this part of the page, however slight.
///
/// # Panics
/// When axe-core finds something.
pub async fn finds_nothing_at_all(page: &Page<'_>, part: &str, when: &str) {
    let any = ["minor", "moderate", "serious", "critical"];
    assert_eq!(findings(page, part, &any, &[]).await, json!([]), "{when}");
}

/// The impacts that no page may have.
const SERIOUS: [&str; 2] = ["serious", "critical"];
/// The rules that ask about colours.
const COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// What is found by these rules, or by all where none is named, and has one of these impacts.
async fn findings(page: &Page<'_>, part: &str, impacts: &[&str], rules: &[&str]) -> Value {
    // no rule that is on asks for style sheets or media in advance, and nobody reads what passes
    let check = "const [part, impacts, rules, done] = arguments;
        const runOnly = rules.length ? rules : undefined;
        axe.run(part, { preload: false, resultTypes: ['violations'], runOnly }).then(({ violations }) => done(violations
            .filter(({ impact }) => impacts.includes(impact))
            .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)))";
    page.wait(check, vec![part.into(), impacts.into(), rules.into()]).await
}

/// The source of axe-core, from the file `LANES_AXE` or from where set-up puts it.
fn source() -> String {
    let here = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/axe-core/axe.min.js");
    let file = env::var_os("LANES_AXE").map_or_else(here, Into::into);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}; `make setup` fetches it", file.display()))
}
