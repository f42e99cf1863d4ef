//! Browsers that told a story well are kept for the next one: starting one takes one to five seconds of computing, and a
//! run of all tests tells almost two hundred stories.
//!
//! Nothing of a story reaches the next one. It gets a new tab, which ends all that was set for the old ones (sizes, media
//! and touch that were emulated, frames, scripts), windows get their first size back, downloads are removed. And each
//! [`Server`](crate::Server) has a port that none had before it, so that storage, locks and service workers, which
//! browsers keep by origin, are never those of another story. A browser that does not manage all this in time is ended.
//!
//! The new tab has the keyboard's focus, as a first one has. Where a page has none, Chromium gives it to a frame that was
//! clicked, and a moment later at times to the page around it.

use std::fs;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;
use thirtyfour::error::WebDriverResult;
use tokio::time::{sleep, timeout};

use crate::browser::window_size;
use crate::{Browser, Engine};

/// At most one for each engine.
static KEPT: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// How long it may take to get ready for the next story.
const LIMIT: Duration = Duration::from_secs(5);

/// A browser of this engine that is kept, if there is one; it is the caller's from then on.
pub(crate) fn take(engine: Engine) -> Option<Browser> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let at = kept.iter().position(|browser| browser.engine == engine)?;
    Some(kept.swap_remove(at))
}

/// Keeps the browser for the next story, or ends it: when it does not get ready, or another one is kept already.
pub(crate) async fn keep(browser: Browser) {
    let ready = timeout(LIMIT, forget(&browser)).await;
    let extra = {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = matches!(ready, Ok(Ok(()))) && kept.iter().all(|other| other.engine != browser.engine);
        if wanted {
            kept.push(browser);
            None
        } else {
            Some(browser)
        }
    };
    if let Some(browser) = extra {
        browser.quit().await;
    }
}

/// Leaves nothing of the story that was told.
async fn forget(browser: &Browser) -> WebDriverResult<()> {
    let driver = &browser.driver;
    let old = driver.windows().await?;
    let new = driver.new_tab().await?;
    for window in old {
        driver.switch_to_window(window).await?;
        driver.close_window().await?;
    }
    driver.switch_to_window(new).await?;
    let size = window_size(driver).await?;
    if size != browser.size {
        driver.set_window_rect(0, 0, browser.size[0], browser.size[1]).await?;
    }
    if browser.engine == Engine::Chromium {
        driver.browser_log().await?; // what is in it has been said
        driver.cdp().send_raw("Page.bringToFront", json!({})).await?; // it was opened behind the old tabs
    }
    while !driver.execute("return document.hasFocus()", vec![]).await?.convert()? {
        sleep(Duration::from_millis(20)).await;
    }
    for file in fs::read_dir(browser.downloads()).into_iter().flatten().flatten() {
        fs::remove_file(file.path()).ok();
    }
    Ok(())
}
