//! `make honesty`: whether the page claims only what is true, on machines of which the truth is known; whether it
//! notices correctly when a core was taken away; and whether the talk's experiment shows what the talk says.
//!
//! The result is `docs/honesty.md`. It measures times, so CI does not run it; run it on a machine that does nothing
//! else. It takes about an hour and a half, and continues where it was interrupted.

mod activity;
mod busy;
mod claims;
mod document;
mod machines;
mod off_core;
mod progress;
mod questions;
mod schedstat;
mod tally;
mod truth;
mod verdicts;

use std::env;

use browsers::{Browser, Engine, Page, Preference, Server, Site, visit_preferring};

use document::Document;
use machines::Machine;
use progress::Progress;

/// The parts that can be named on the command line, in the order in which they are measured.
const PARTS: [&str; 5] = ["off-core", "schedstat", "activity", "questions", "claims"];
/// The argument that drops results of an interrupted measurement.
const FRESH: &str = "fresh";

/// The mark of a row that is not as it must be.
const WRONG: &str = "**wrong**";

fn main() {
    let (fresh, asked): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|asked| asked == FRESH);
    let unknown = asked.iter().find(|part| !PARTS.contains(&part.as_str()));
    assert!(unknown.is_none(), "{unknown:?} is none of {PARTS:?}; without any, all are measured");
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|asked| asked == part);
    let progress = Progress::open(!fresh.is_empty());
    if progress.len() > 0 {
        println!("{} results are there of a measurement that was interrupted; FRESH=1 begins anew.", progress.len());
    }
    let mut wrong = 0;
    for part in PARTS.into_iter().filter(|part| wanted(part)) {
        wrong = match part {
            "off-core" => off_core(&progress),
            "schedstat" => schedstat(&progress),
            "activity" => activity(&progress),
            "questions" => questions(&progress),
            _ => claims(&progress),
        };
        println!("docs/honesty.md: {part}");
    }
    progress.complete(wanted);
    assert!(wrong == 0, "{wrong} rows are not as they must be");
}

/// Measures off-core times natively.
fn off_core(progress: &Progress) -> usize {
    let mut document = Document::read();
    document.put(("Off their core, natively".into(), off_core::table(progress)));
    document.write()
}

const ENGINES: [Engine; 2] = [Engine::Chromium, Engine::Firefox];

fn schedstat(progress: &Progress) -> usize {
    let mut document = Document::read().without(": threads on a core");
    ENGINES.iter().for_each(|engine| document.put(schedstat::table(*engine, progress)));
    document.write()
}

fn activity(progress: &Progress) -> usize {
    let mut document = Document::read().without(": who runs when");
    for engine in ENGINES {
        let section = progress.once(&format!("activity/{engine:?}"), || {
            visit_preferring(Preference::None, engine, async |browser: &Browser| {
                let server = Server::start(Site::shipped());
                let page = Page::open(browser, &server.address()).await;
                (format!("{}, all cores: who runs when", browser.version()), activity::table(&page).await)
            })
        });
        document.put(section);
    }
    document.write()
}

fn questions(progress: &Progress) -> usize {
    let mut document = Document::read().without(": questions");
    for (machine, cores) in questions::MACHINES {
        for engine in ENGINES {
            document.put(questions::table(machine, cores, engine, progress));
            document.write(); // each takes ten minutes
        }
    }
    document.write()
}

/// Measures one machine after the other; the document is written once all are measured.
fn claims(progress: &Progress) -> usize {
    let mut document = Document::read().without(": claims");
    document.put(("All machines: claims".into(), String::new())); // the summary comes first
    for machine in Machine::all() {
        for engine in machine.engines() {
            verdicts::measure(machine, *engine, progress);
            document.put(tally::table(machine, *engine, progress).expect("just measured"));
        }
    }
    let summary = format!("{}\n{}", tally::summary(progress), tally::faults(progress));
    println!("{summary}");
    document.put(("All machines: claims".into(), summary));
    document.write()
}
