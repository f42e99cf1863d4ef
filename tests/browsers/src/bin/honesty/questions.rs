//! The chapters' questions, run repeatedly on two cores and on one: no guess may be marked right that contradicts the
//! truth of the machine, and on two idle cores nearly all guesses have to be marked.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use book::Book;
use browsers::{Browser, Engine, Page, Server, Site, visit_preferring};
use form_urlencoded::parse;
use predict::Question;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use testkit::questions::{Judged, expected, judge};

use crate::machines::Machine;
use crate::progress::Progress;

/// How many times each question is run.
const TIMES: usize = 10;
/// How many of these runs have to mark guesses, at least, on two idle cores.
const MARKED: usize = 9;
/// The factor by which numbers of a real machine may exceed those of a machine whose cores are all its own.
const SLACK: f64 = 1.25;

/// The seconds that a run may take if its question does not announce a duration, and the factor by which it may exceed
/// an announced one.
const UNSAID: f64 = 3.5;
const OVER: f64 = 1.3;

/// The result of running a question once.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Asked {
    marked: bool,
    contradicts: bool,
    /// The seconds that the run took, from the message that starts it to the report.
    seconds: f64,
}

/// The machines on which questions are run, and the number of cores of each in the table of expected answers.
pub const MACHINES: [(Machine, usize); 2] = [(Machine::TwoCores, 2), (Machine::OneCore, 1)];

/// The heading and the table of the section: a row for each question. Runs those that have no result yet.
pub fn table(machine: Machine, cores: usize, engine: Engine, progress: &Progress) -> (String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let book = Book::read(&root).expect("nothing is wrong with the chapters");
    let all: Vec<(&str, usize, &str, &Question)> = book
        .chapters
        .iter()
        .flat_map(|chapter| {
            let asked = chapter.parts.iter().filter_map(|part| Some((&*part.query, part.question.as_ref()?)));
            asked.enumerate().map(|(at, (query, question))| (&*chapter.name, at, query, question))
        })
        .collect();
    let key =
        |chapter: &str, at: usize, time: usize| format!("questions/{}/{engine:?}/{chapter}/{at}/{time}", machine.id());
    let keys = |time: usize| all.iter().map(move |(chapter, at, ..)| key(chapter, *at, time));
    if (0..TIMES).flat_map(keys).any(|key| !progress.has(&key)) {
        visit_preferring(machine.preference(), engine, async |browser: &Browser| {
            let server = Server::start(Site::shipped());
            let page = Page::open(browser, &server.address()).await;
            let _scripted = machine.set_up(browser);
            // questions take turns, so that a disturbance does not hit all runs of one of them
            for time in 0..TIMES {
                for (chapter, at, query, question) in &all {
                    let key = key(chapter, *at, time);
                    if progress.has(&key) {
                        continue;
                    }
                    let began = Instant::now();
                    let outcome = page.run(experiment(query)).await;
                    let seconds = began.elapsed().as_secs_f64();
                    let asked = match outcome {
                        Ok(report) => {
                            let Judged { marked, contradicts, .. } =
                                judge(question, &report, expected(chapter, *at, cores), SLACK);
                            if contradicts {
                                println!("{key}: {}", report.to_json()); // the whole report, to find out why
                            }
                            Asked { marked, contradicts, seconds }
                        }
                        Err(_) => Asked { marked: false, contradicts: false, seconds }, // a run without a result marks nothing
                    };
                    println!("{key}: {asked:?}");
                    progress.put(&key, &asked);
                }
            }
        });
    }
    let mut text =
        String::from("| question | marked | marked right though it is not so | takes |\n| --- | --- | --- | --- |\n");
    for (chapter, at, _, question) in &all {
        let asked: Vec<Asked> = (0..TIMES).filter_map(|time| progress.get(&key(chapter, *at, time))).collect();
        let marked = asked.iter().filter(|asked| asked.marked).count();
        let wrong = asked.iter().filter(|asked| asked.contradicts).count();
        let seldom = machine == Machine::TwoCores && marked < MARKED;
        let mut seconds: Vec<_> = asked.iter().map(|asked| asked.seconds).collect();
        seconds.sort_by(f64::total_cmp);
        let usual = seconds.get(seconds.len() / 2).copied().unwrap_or_default();
        let said = question.lasts.map_or(UNSAID, |lasts| f64::from(lasts) * OVER);
        let long = machine == Machine::TwoCores && usual > said;
        let note = if wrong > 0 || seldom || long { format!(" {}", crate::WRONG) } else { String::new() };
        writeln!(text, "| {chapter}: {} | {marked} of {} | {wrong}{note} | {usual:.1} s |", question.ask, asked.len())
            .expect("a text can grow");
    }
    (format!("{engine:?}, {}: questions", machine.title()), text)
}

/// A query's keys and values as the experiment of a message.
fn experiment(query: &str) -> Value {
    let pairs = parse(query.as_bytes()).map(|(key, value)| (key.into_owned(), Value::String(value.into_owned())));
    Value::Object(pairs.collect::<Map<_, _>>())
}
