//! `make honesty`: whether the page claims what is so, and never what is not. Ten runs of each of four workloads, in Chromium and
//! Firefox, on all cores and on one; and the talk's experiment, held against what the talk says of it.
//!
//! The result is `docs/honesty.md`. It times things, so it is no test of CI's; run it on a machine that does nothing
//! else.

mod activity;
mod claims;

use std::path::Path;
use std::{env, fs};

use browsers::{Browser, Engine, Page, Preference, Server, Site, visit_preferring};

/// What can be asked for alone.
const PARTS: [&str; 2] = ["activity", "claims"];

fn main() {
    let asked: Vec<String> = env::args().skip(1).collect();
    let unknown = asked.iter().find(|part| !PARTS.contains(&part.as_str()));
    assert!(unknown.is_none(), "{unknown:?} is none of {PARTS:?}; without any, all are run");
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|asked| asked == part);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/honesty.md");
    let mut document = Document::read(&fs::read_to_string(&file).unwrap_or_default());
    for engine in [Engine::Chromium, Engine::Firefox] {
        for (preference, part) in
            [(Preference::None, "activity"), (Preference::None, "claims"), (Preference::OneCore, "claims")]
        {
            if wanted(part) {
                let found =
                    visit_preferring(preference, engine, async |browser| section(browser, preference, part).await);
                document.put(found);
                // at once, because all of it takes half an hour
                let written = fs::write(&file, document.text());
                written.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            }
        }
    }
    println!("docs/honesty.md");
    let wrong = document.text().lines().filter(|line| line.starts_with("| ") && line.contains(WRONG)).count();
    assert!(wrong == 0, "{wrong} rows are not as they must be");
}

/// The document: each section under its heading, in the order in which they came first. One that is run again takes its
/// own place.
struct Document(Vec<(String, String)>);

impl Document {
    fn read(text: &str) -> Self {
        let sections = text.split("\n## ").skip(1).filter_map(|section| section.split_once('\n'));
        Self(sections.map(|(heading, body)| (heading.to_owned(), body.trim().to_owned())).collect())
    }

    fn put(&mut self, (heading, body): (String, String)) {
        match self.0.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, old)) => *old = body,
            None => self.0.push((heading, body)),
        }
    }

    fn text(&self) -> String {
        let sections = self.0.iter().map(|(heading, body)| format!("\n## {heading}\n\n{}\n", body.trim()));
        std::iter::once(HEAD.to_owned()).chain(sections).collect()
    }
}

/// Its heading, and the table.
async fn section(browser: &Browser, preference: Preference, part: &str) -> (String, String) {
    let page = open(browser).await;
    let version = browser.version();
    match (preference, part) {
        (Preference::OneCore, _) => {
            (format!("{version}, one core (`taskset -c 0`): claims"), claims::table(&page, false).await)
        }
        (_, "activity") => (format!("{version}, all cores: who runs when"), activity::table(&page).await),
        _ => (format!("{version}, all cores: claims"), claims::table(&page, true).await),
    }
}

/// Marks what is not as it must be.
const WRONG: &str = "**wrong**";

const HEAD: &str = "# Does the page claim what is so?\n\nWritten by `make honesty`, which runs everything below again. \
    *Claims* count the runs in which the verdict said that this strategy finished sooner because its workers computed at \
    the same time. Where that cannot be so, there must be none. What is not as it must be is marked \
    **wrong**. *Missed* counts speed-ups of 1.8 and more that were not claimed, because the samples were too unsteady to \
    be sure. `make honesty PART=activity` or `PART=claims` runs a part of it and leaves the rest as it is.\n";

async fn open(browser: &Browser) -> Page<'_> {
    // the server is to outlive the page's last request, and ends with the process
    let server = Box::leak(Box::new(Server::start(Site::shipped())));
    Page::open(browser, &server.address()).await
}
