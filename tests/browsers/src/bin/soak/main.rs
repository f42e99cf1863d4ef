//! `make soak`: faults that show only after hundreds of repetitions. Slides of a deck are turned in the middle of runs,
//! workers fail at any moment, and a visitor does random things. Slides are turned only in Chromium, which can report
//! what it holds; the other parts run in every engine.
//!
//! It takes hours, so CI does not run it. All random choices follow from a seed, which is printed; with the same seed
//! the same is done again, though not at the same millisecond.

mod end;
#[allow(dead_code, reason = "the tests use the rest of it")]
#[path = "../../../tests/experiments.rs"]
mod experiments;
mod faults;
mod held;
mod random;
mod slides;

use std::env;
use std::time::Instant;

use browsers::{Browser, Engine, visit};
use fastrand::Rng;

/// The parts that can be named on the command line, and how many times each is done: slide changes, runs with a fault,
/// runs with moves.
const PARTS: [(&str, usize); 3] = [("slides", 100), ("faults", 200), ("random", 500)];
/// Asks for all parts.
const ALL: &str = "all";
/// Asks for the usual number.
const USUAL: &str = "-";

fn main() {
    let asked: Vec<String> = env::args().skip(1).collect();
    let part = asked.first().map_or(ALL, String::as_str);
    let known = part == ALL || PARTS.iter().any(|(name, _)| *name == part);
    assert!(known, "{part:?} is none of slides, faults, random");
    let number = |at: usize, what: &str| {
        let said = asked.get(at).filter(|said| *said != USUAL);
        said.map(|said| said.parse::<u64>().unwrap_or_else(|_| panic!("{what}: {said:?} is no number")))
    };
    let times = number(1, "TIMES");
    let seed = number(2, "SEED").unwrap_or_else(|| fastrand::u64(..1_000_000));
    let only = asked.get(3).map(|said| engine(said));
    let mut wrong = 0;
    for (name, usual) in PARTS.into_iter().filter(|(name, _)| part == ALL || *name == part) {
        let times = times.map_or(usual, |times| times as usize);
        // the part `slides` is about memory, which only Chromium can report
        let engines = if name == "slides" { &[Engine::Chromium] } else { &Engine::ALL[..] };
        for engine in engines.iter().filter(|engine| only.is_none_or(|only| only == **engine)) {
            println!("{name}, {engine:?}: {times} times, SEED={seed}");
            let began = Instant::now();
            let found = visit(*engine, async |browser: &Browser| {
                let random = Rng::with_seed(seed);
                match name {
                    "slides" => slides::soak(browser, times, random).await,
                    "faults" => faults::soak(browser, times, random).await,
                    _ => random::soak(browser, times, random).await,
                }
            });
            println!("{name}, {engine:?}: {} wrong, after {} s", found.len(), began.elapsed().as_secs());
            wrong += found.len();
        }
    }
    assert!(wrong == 0, "{wrong} times something was not as it must be");
}

/// The engine of this name.
fn engine(said: &str) -> Engine {
    let found = Engine::ALL.into_iter().find(|engine| format!("{engine:?}").eq_ignore_ascii_case(said));
    found.unwrap_or_else(|| panic!("ENGINE: {said:?} is none of {:?}", Engine::ALL))
}

/// What was wrong so far; each entry is printed at once.
#[derive(Default)]
struct Found(Vec<String>);

impl Found {
    fn note(&mut self, what: String) {
        println!("  wrong: {what}");
        self.0.push(what);
    }

    /// Notes uncaught errors.
    fn note_errors(&mut self, errors: &[String], when: &str) {
        errors.iter().for_each(|error| self.note(format!("{when}: {error}")));
    }
}
