//! `make honesty`: whether the page claims what is so, and never what is not. Ten runs of each of four workloads, in Chromium and
//! Firefox, on all cores and on one; and the talk's experiment, held against what the talk says of it.
//!
//! The result is `docs/honesty.md`. It times things, so it is no test of CI's; run it on a machine that does nothing
//! else.

mod activity;
mod claims;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use browsers::{Browser, Engine, Page, Preference, Server, Site, visit_preferring};

fn main() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/honesty.md");
    let mut text = String::from(HEAD);
    for engine in [Engine::Chromium, Engine::Firefox] {
        for preference in [Preference::None, Preference::OneCore] {
            let section = visit_preferring(preference, engine, async |browser| section(browser, preference).await);
            writeln!(text, "{section}").expect("a text can grow");
            // at once, because all of it takes half an hour
            let written = fs::write(&file, text.trim_end().to_owned() + "\n");
            written.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
    }
    println!("docs/honesty.md");
    let wrong = text.lines().filter(|line| line.starts_with("| ") && line.contains(WRONG)).count();
    assert!(wrong == 0, "{wrong} rows are not as they must be");
}

async fn section(browser: &Browser, preference: Preference) -> String {
    let page = open(browser).await;
    let version = browser.version();
    match preference {
        Preference::OneCore => {
            format!("## {version}, one core (`taskset -c 0`)\n\n{}", claims::table(&page, false).await)
        }
        _ => {
            let (activity, claims) = (activity::table(&page).await, claims::table(&page, true).await);
            format!("## {version}, all cores\n\n{activity}\n{claims}")
        }
    }
}

/// Marks what is not as it must be.
const WRONG: &str = "**wrong**";

const HEAD: &str = "# Does the page claim what is so?\n\nWritten by `make honesty`, which runs everything below again. \
    *Claims* count the runs in which the verdict said that this strategy finished sooner because its workers computed at \
    the same time. Where that cannot be so, there must be none. What is not as it must be is marked \
    **wrong**. *Missed* counts speed-ups of 1.8 and more that were not claimed, because the samples were too unsteady to \
    be sure.\n\n";

async fn open(browser: &Browser) -> Page<'_> {
    // the server is to outlive the page's last request, and ends with the process
    let server = Box::leak(Box::new(Server::start(Site::shipped())));
    Page::open(browser, &server.address()).await
}
