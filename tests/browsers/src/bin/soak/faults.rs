//! Workers fail in various ways, at any moment of a run: the run ends in time, in a result or a sentence, and the next
//! run is good.

use std::time::{Duration, Instant};

use browsers::{Browser, Engine, Fault, Page, Server, Site};
use fastrand::Rng;

use crate::Found;
use crate::end::{bound, ends, next_is_bad, says, without};
use crate::experiments::{STRATEGIES, busy};
use crate::held::Held;

/// What may go wrong.
#[derive(Clone, Copy)]
enum Wrong {
    /// A fault in the files that the host serves to contexts that start.
    Served(Fault),
    /// A fault in the files that the host serves to a page that is opened after that.
    OnOpening(Fault),
    /// All answers of the host are late.
    Late,
    /// The host is unreachable.
    Gone,
    /// The page loses a message to itself.
    Lost,
    /// A function that the page calls throws from now on; the recorder has these functions by this name.
    Throws(&'static str),
}

impl Wrong {
    /// Starts the fault; [`Wrong::OnOpening`] has been started before.
    async fn begin(self, server: &Server, page: &Page<'_>, random: &mut Rng) {
        match self {
            Self::Served(fault) => server.fail(fault),
            Self::OnOpening(_) => {}
            Self::Late => server.answer_late(Duration::from_millis(random.u64(..MOST_LATE))),
            Self::Gone => server.vanish(),
            Self::Lost => _ = page.script("recorder.lose(arguments[0])", vec![random.u8(..30).into()]).await,
            Self::Throws(what) => _ = page.script("recorder.refuse[arguments[0]]()", vec![what.into()]).await,
        }
    }

    /// Whether the page has to be loaded again after this fault.
    fn ends_the_page(self) -> bool {
        matches!(self, Self::OnOpening(_) | Self::Throws(_))
    }
}

/// All faults, by name.
const WRONG: [(&str, Wrong); 18] = [
    ("a process traps", Wrong::Served(Fault::PROCESS_TRAPS)),
    ("a process panics", Wrong::Served(Fault::PROCESS_PANICS)),
    ("a process cannot read", Wrong::Served(Fault::PROCESS_GARBLED)),
    ("a process is silent", Wrong::Served(Fault::PROCESS_SILENT)),
    ("the run worker traps", Wrong::Served(Fault::RUN_WORKER_TRAPS)),
    ("threads trap", Wrong::Served(Fault::THREAD_TRAPS)),
    ("threads panic", Wrong::Served(Fault::THREAD_PANICS)),
    ("one thread traps", Wrong::Served(Fault::ONE_THREAD_TRAPS)),
    ("the pool is never ready", Wrong::Served(Fault::POOL_NEVER_READY)),
    ("the analyst is slow", Wrong::Served(Fault::ANALYST_SLOW)),
    ("clocks are coarse", Wrong::Served(Fault::COARSE_CLOCK)),
    ("the page has little memory", Wrong::OnOpening(Fault::LITTLE_MEMORY)),
    ("the host is late", Wrong::Late),
    ("the host is gone", Wrong::Gone),
    ("a message to oneself is lost", Wrong::Lost),
    ("frames throw", Wrong::Throws("frames")),
    ("the canvas throws", Wrong::Throws("canvas")),
    ("channels throw", Wrong::Throws("channels")),
];
/// Faults that end a page come last, in a fraction of 1 / `LAST` of the runs: before them, what one page holds is
/// measured.
const LAST: usize = 5;
/// What the page holds is first measured after this many runs, or after half of all runs if that is earlier: browsers
/// compile a function when it is first called, and each kind of fault has functions that nothing else calls.
const FEW: usize = 80;
/// A growth by no more than this many items is not attributed to faults.
const A_FEW: f64 = 50.0;
/// The maximum delay of the host's answers, in milliseconds.
const MOST_LATE: u64 = 2000;
/// The maximum time from the start of a run to its fault, and from there to the end of the fault, in milliseconds.
const LATEST: u64 = 500;

pub async fn soak(browser: &Browser, times: usize, mut random: Rng) -> Vec<String> {
    let mut found = Found::default();
    let server = Server::with_switches(Site::shipped());
    let mut page = Page::open(browser, &server.address()).await;
    let (few, most) = (FEW.min(times / 2), times - times / LAST);
    let mut early = None;
    let (mut good, mut partly, mut told, mut longest) = (0, 0, 0, Duration::ZERO);
    for number in 1..=times {
        let strategies = some(&mut random);
        let last = number > most;
        let choice: Vec<_> = WRONG.iter().filter(|(_, wrong)| wrong.ends_the_page() == last).collect();
        let (name, wrong) = **random.choice(&choice).expect("there are some");
        let samples = random.usize(1..8);
        let what = format!("run {number}, {}, {samples} samples, {name}", strategies.join(", "));
        let mut experiment = busy(&strategies, samples);
        if let Wrong::OnOpening(fault) = wrong {
            server.fail(fault);
            page = Page::open(browser, &server.address()).await;
            (experiment["workload"], experiment["size"]) = ("grain".into(), 100_000.into()); // needs much memory
        }
        let began = Instant::now();
        let run = if random.bool() {
            wrong.begin(&server, &page, &mut random).await;
            page.start(experiment).await
        } else {
            let run = page.start(experiment).await;
            pause(&mut random).await;
            wrong.begin(&server, &page, &mut random).await;
            run
        };
        if random.u8(..3) == 0 {
            pause(&mut random).await;
            server.heal();
        }
        let end = ends(&page, &run, bound(strategies.len())).await;
        server.heal();
        longest = longest.max(began.elapsed());
        match end {
            Some(None) if without(&page, &run, None).await.is_empty() => good += 1,
            Some(None) => partly += 1,
            Some(Some(sentence)) if sentence.trim_end().ends_with('.') => told += 1,
            Some(Some(sentence)) => found.note(format!("{what}: {sentence:?} is no sentence")),
            None => {
                found.note(format!("{what}: it does not end; the page says {}", says(&page).await));
                page = Page::open(browser, &server.address()).await;
                continue;
            }
        }
        if wrong.ends_the_page() {
            page = Page::open(browser, &server.address()).await;
        }
        if let Some(why) = next_is_bad(&page).await {
            found.note(format!("after {what}: the next run: {why}"));
            page = Page::open(browser, &server.address()).await;
        }
        found.note_errors(&page.errors().await, &what);
        page.script("recorder.forget()", vec![]).await;
        if browser.engine == Engine::Chromium && [few, most].contains(&number) {
            let held = Held::at_rest(browser, &page).await;
            println!("  after {number} faults: {held}");
            match &early {
                None => early = Some(held),
                Some(early) => held.grown_since(early, A_FEW).into_iter().for_each(|grown| found.note(grown)),
            }
        }
    }
    println!(
        "  {good} whole results, {partly} of some strategies, {told} sentences, the longest after {:.1} s",
        longest.as_secs_f64()
    );
    found.0
}

async fn pause(random: &mut Rng) {
    tokio::time::sleep(Duration::from_millis(random.u64(..LATEST))).await;
}

/// One to three strategies.
fn some(random: &mut Rng) -> Vec<&'static str> {
    let mut all = STRATEGIES.clone();
    random.shuffle(&mut all);
    all.truncate(random.usize(1..4));
    all
}
