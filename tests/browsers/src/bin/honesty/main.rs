//! `make honesty`: whether the page claims what is so, and never what is not, on machines of which that is known; whether
//! it sees rightly when a core was taken away; and the talk's experiment, held against what the talk says of it.
//!
//! The result is `docs/honesty.md`. It times things, so it is no test of CI's; run it on a machine that does nothing
//! else. It takes about 40 minutes and goes on where it was interrupted.

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

/// What can be asked for alone, in the order in which it is done.
const PARTS: [&str; 5] = ["off-core", "schedstat", "activity", "questions", "claims"];
/// Asks for everything anew, though something was measured already.
const FRESH: &str = "fresh";

/// Marks what is not as it must be.
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

/// Natively.
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

/// Machine after machine; the document is written once all are there.
fn claims(progress: &Progress) -> usize {
    let mut document = Document::read().without(": claims");
    document.put(("All machines: claims".into(), String::new())); // the most telling first
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
