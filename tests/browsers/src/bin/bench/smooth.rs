//! Whether the page stays smooth while workers compute: Chromium's Long Animation Frames, which are frames longer than
//! 50 ms.

use std::time::Duration;

use browsers::Page;

use crate::page::report_of;
use crate::race::{WORKERS, picture};

/// Duration and blocking part of each long frame, in milliseconds, while threads and processes ran.
///
/// # Panics
/// When a run fails.
pub async fn long_frames(page: &Page<'_>) -> Vec<(f64, f64)> {
    // long enough that the page draws it live
    let mut large = picture(2048).experiment(&["threads", "processes"], WORKERS, 2);
    large["iterations"] = 2000.into();
    report_of(page, large).await;
    // the browser reports a frame some time after it
    tokio::time::sleep(Duration::from_millis(500)).await;
    let frames = page.script("return recorder.longFramesWhileRunning()", vec![]).await;
    serde_json::from_value(frames).expect("two numbers each")
}
