//! Who gets a browser, when, and which one: a new one, or one that is kept.
//!
//! When the process of a page dies, it is the browser that failed, as WebKitGTK does now and then at an assertion of
//! its own: no page may be able to do that to it. The story is then told once more to a new browser, with a line on
//! standard error that says so. Nothing else is ever retried.
//!
//! Three browsers run at a time, where the test runner has that many threads: most stories wait for time limits, and
//! what they assert about time must hold on a busy machine, too. The turns are kept here, so that no test has to be run
//! with special arguments; `LANES_BROWSERS=1 make test` lets one run at a time.

use std::io::{Write, stderr};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::LazyLock;
use std::thread::Result;

use futures_util::FutureExt;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

use crate::{Browser, Engine, Preference, kept};

/// What waits for browsers, of all stories: a browser that is kept for another story goes on using it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("the operating system lets us wait for input")
});
/// How many browsers run stories at the same time, unless `LANES_BROWSERS` says otherwise.
const USUAL_TURNS: u32 = 3;
/// A permit for each browser that may run.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(*ALL_TURNS as usize));
/// How many permits there are.
static ALL_TURNS: LazyLock<u32> = LazyLock::new(|| {
    let asked = std::env::var("LANES_BROWSERS").ok().and_then(|asked| asked.parse().ok());
    asked.filter(|turns| *turns > 0).unwrap_or(USUAL_TURNS)
});

/// Runs `story` in a new browser once it is its turn, ends the browser however the story ends, and returns the story's
/// result.
///
/// # Panics
/// When the story panics, or when the browser cannot be started; then the message says what is missing.
pub fn visit<T>(engine: Engine, story: impl AsyncFn(&Browser) -> T) -> T {
    visit_preferring(Preference::None, engine, story)
}

/// Like [`visit`], in a browser that may have told other stories before.
///
/// # Panics
/// As [`visit`].
pub fn visit_any<T>(engine: Engine, story: impl AsyncFn(&Browser) -> T) -> T {
    visit_in(1, Which::Any, engine, story)
}

/// Like [`visit`], with a browser whose visitor has a preference.
///
/// # Panics
/// As [`visit`].
pub fn visit_preferring<T>(preference: Preference, engine: Engine, story: impl AsyncFn(&Browser) -> T) -> T {
    visit_in(1, Which::New(preference), engine, story)
}

/// Like [`visit`], while no other browser runs a story: for stories about the speed of the page itself.
///
/// # Panics
/// As [`visit`].
pub fn visit_alone<T>(engine: Engine, story: impl AsyncFn(&Browser) -> T) -> T {
    visit_in(*ALL_TURNS, Which::New(Preference::None), engine, story)
}

/// Which browser a story is told to.
#[derive(Debug, Clone, Copy)]
enum Which {
    /// One that is kept from another story, or else a new one; it is kept if the story ends well.
    Any,
    /// A new one, whose visitor has a preference.
    New(Preference),
}

/// Takes `turns` turns at once.
fn visit_in<T>(turns: u32, which: Which, engine: Engine, story: impl AsyncFn(&Browser) -> T) -> T {
    RUNTIME.block_on(async {
        let _turns = TURNS.acquire_many(turns).await.expect("nobody closes it");
        let (ending, page_is_lost) = tell(&story, engine, which).await;
        let ending = if page_is_lost {
            // not by println!, whose output is shown only if the test fails
            writeln!(stderr(), "{engine:?} itself failed: its page's process is gone. A new one is told the story.")
                .ok();
            let preference = if let Which::New(preference) = which { preference } else { Preference::None };
            tell(&story, engine, Which::New(preference)).await.0
        } else {
            ending
        };
        ending.unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// The story's result, and whether the story failed because the browser did.
async fn tell<T>(story: &impl AsyncFn(&Browser) -> T, engine: Engine, which: Which) -> (Result<T>, bool) {
    let browser = match which {
        Which::Any => match kept::take(engine) {
            Some(browser) => browser,
            None => Browser::start(engine, Preference::None).await,
        },
        Which::New(preference) => Browser::start(engine, preference).await,
    };
    let ending = AssertUnwindSafe(story(&browser)).catch_unwind().await;
    let page_is_lost = ending.is_err() && browser.has_lost_its_page().await;
    match which {
        Which::Any if ending.is_ok() => kept::keep(browser).await,
        _ => browser.quit().await,
    }
    (ending, page_is_lost)
}
