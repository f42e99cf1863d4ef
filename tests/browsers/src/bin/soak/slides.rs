//! Slides of the example deck are turned to and fro, and on each that has a frame a run is left in the middle: nothing of it
//! stays, and the frames still run at the end.

use std::time::Duration;

use browsers::{Browser, Page, Server, Site};
use fastrand::Rng;
use thirtyfour::Key;

use crate::Found;
use crate::held::Held;

/// Changes before the first look: by then what is made once was made.
const FEW: usize = 10;
/// How long a slide is shown at most, in milliseconds.
const LONGEST: u64 = 3000;
/// The frames, by slide.
const FRAMES: [(usize, &str); 3] = [(1, "race"), (3, "lock"), (5, "waits")];
/// The last slide.
const LAST: usize = 6;
/// So many more of something are none of a slide's.
const A_FEW: f64 = 20.0;

pub async fn soak(browser: &Browser, times: usize, mut random: Rng) -> Vec<String> {
    let mut found = Found::default();
    // of one origin, so that the browser tells of all of them as of one page
    let server = Server::start(Site::reveal(None));
    let page = Page::go(browser, &(server.address() + &Site::REVEAL[1..])).await;
    page.until("Reveal.isReady()").await;
    let (mut slide, mut forward, mut early) = (0, true, None);
    // a frame keeps its last result: each has one from the beginning
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

/// Runs what the frame of the slide that is shown has, and waits for its results.
async fn runs_to_its_end(page: &Page<'_>, frame: &str, found: &mut Found) {
    page.enter_frame(frame).await;
    page.until("document.querySelector('#run, #cancel')").await;
    page.script("document.querySelector('#run')?.click()", vec![]).await;
    page.until_results().await;
    found.note_errors(&page.errors().await, frame);
    page.leave_frame().await;
}

/// Goes from one slide to another.
async fn go(page: &Page<'_>, mut slide: usize, to: usize) -> usize {
    while slide != to {
        slide = turn(page, slide, slide < to).await;
    }
    slide
}

/// Goes one slide on or back, by the key.
async fn turn(page: &Page<'_>, slide: usize, forward: bool) -> usize {
    let (key, next) = if forward { (Key::Right, slide + 1) } else { (Key::Left, slide - 1) };
    page.keys(key + "").await;
    page.until(&format!("Reveal.getIndices().h === {next}")).await;
    next
}

/// What is held on a slide without a frame, once whatever ran has ended; comes back on the slide where it began.
async fn hold(browser: &Browser, page: &Page<'_>, slide: usize) -> Held {
    page.script("Reveal.slide(0)", vec![]).await;
    page.wait("setTimeout(arguments[0], 3000)", vec![]).await;
    let held = Held::now(browser, &["window"]).await;
    page.script("Reveal.slide(arguments[0])", vec![slide.into()]).await;
    page.until(&format!("Reveal.getIndices().h === {slide}")).await;
    held
}
