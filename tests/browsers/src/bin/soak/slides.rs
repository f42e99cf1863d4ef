//! The slides of the example deck are turned back and forth, and each slide with a frame is left in the middle of a
//! run: nothing stays in memory, and the frames can still run at the end.

use std::time::Duration;

use browsers::{Browser, Page, Server, Site};
use fastrand::Rng;
use thirtyfour::Key;

use crate::Found;
use crate::held::Held;

/// The number of slide changes before memory is first measured: by then everything that is made only once has been
/// made.
const FEW: usize = 10;
/// The maximum time that a slide is shown, in milliseconds.
const LONGEST: u64 = 3000;
/// The frames: slide and name.
const FRAMES: [(usize, &str); 3] = [(1, "race"), (3, "lock"), (5, "waits")];
/// The last slide.
const LAST: usize = 6;
/// A growth by no more than this many items is not attributed to slides.
const A_FEW: f64 = 20.0;

pub async fn soak(browser: &Browser, times: usize, mut random: Rng) -> Vec<String> {
    let mut found = Found::default();
    // one origin, so that the browser reports all frames together as one page
    let server = Server::start(Site::reveal(None));
    let page = Page::go(browser, &(server.address() + &Site::REVEAL[1..])).await;
    page.until("Reveal.isReady()").await;
    let (mut slide, mut forward, mut early) = (0, true, None);
    // a frame keeps its last result, so each gets one at the beginning
    for (at, frame) in FRAMES {
        slide = go(&page, slide, at).await;
        runs_to_its_end(&page, frame, &mut found).await;
    }
    slide = go(&page, slide, 0).await;
    for change in 1..=times {
        forward = if slide == 0 || slide == LAST { slide == 0 } else { forward };
        slide = turn(&page, slide, forward).await;
        if let Some((_, frame)) = FRAMES.iter().find(|(at, _)| *at == slide) {
            page.until(&format!("frames.{frame}?.document.querySelector('#run, #cancel')")).await;
            page.script(&format!("frames.{frame}.document.querySelector('#run')?.click()"), vec![]).await;
        }
        tokio::time::sleep(Duration::from_millis(random.u64(..LONGEST))).await;
        if change == FEW.min(times / 2) {
            early = Some(hold(browser, &page, slide).await);
        }
    }
    if let Some(early) = early {
        let late = hold(browser, &page, slide).await;
        println!("  after {} changes: {early}\n  after {times} changes: {late}", FEW.min(times / 2));
        late.grown_since(&early, A_FEW).into_iter().for_each(|grown| found.note(grown));
    }
    for (at, frame) in FRAMES {
        slide = go(&page, slide, at).await;
        runs_to_its_end(&page, frame, &mut found).await;
    }
    found.note_errors(&page.errors().await, "the deck");
    found.0
}

/// Runs the experiment in the current slide's frame, and waits for its results.
async fn runs_to_its_end(page: &Page<'_>, frame: &str, found: &mut Found) {
    page.enter_frame(frame).await;
    page.until("document.querySelector('#run, #cancel')").await;
    page.script("document.querySelector('#run')?.click()", vec![]).await;
    page.until_results().await;
    found.note_errors(&page.errors().await, frame);
    page.leave_frame().await;
}

/// Goes from one slide to another, and returns the new one.
async fn go(page: &Page<'_>, mut slide: usize, to: usize) -> usize {
    while slide != to {
        slide = turn(page, slide, slide < to).await;
    }
    slide
}

/// Goes one slide forward or back with the arrow key, and returns the new one.
async fn turn(page: &Page<'_>, slide: usize, forward: bool) -> usize {
    let (key, next) = if forward { (Key::Right, slide + 1) } else { (Key::Left, slide - 1) };
    page.keys(key + "").await;
    page.until(&format!("Reveal.getIndices().h === {next}")).await;
    next
}

/// Measures memory on a slide without a frame, once all runs have ended, and returns to the slide where it began.
async fn hold(browser: &Browser, page: &Page<'_>, slide: usize) -> Held {
    page.script("Reveal.slide(0)", vec![]).await;
    page.wait("setTimeout(arguments[0], 3000)", vec![]).await;
    let held = Held::now(browser, &["window"]).await;
    page.script("Reveal.slide(arguments[0])", vec![slide.into()]).await;
    page.until(&format!("Reveal.getIndices().h === {slide}")).await;
    held
}
