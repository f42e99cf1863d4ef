//! What the workflow that publishes the page has to pass to the build.

use std::fs;
use std::path::Path;

/// Programs that preview a link follow no relative address, so the build has to know the page's address.
#[test]
fn the_page_that_is_published_knows_its_address() {
    let workflow = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows/ci.yml");
    let workflow = fs::read_to_string(workflow).expect("it is there");
    let (build, _) = workflow.split_once("upload-pages-artifact").expect("what was built is published");
    let (_, build) = build.split_once("run: .ci/run").expect("it is built");
    assert!(build.contains("LANES_HOST: "), "built without LANES_HOST");
}
