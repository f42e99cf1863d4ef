//! `make bench`: how fast Lanes' threads are, against what else one would write, on this machine, in one run.
//!
//! Everything that is compared runs in one browser session, in turns, so that whatever the machine does meanwhile hits
//! all alike. The result is `docs/benchmarks.md`, with targets met and missed alike.

mod document;
mod first_load;
mod machine;
mod native;
mod peers;
mod race;
mod smooth;
mod target;
mod tracing;

use browsers::{Browser, Engine, Page, Server, Site, visit};

use crate::document::Measured;

fn main() {
    let peers = peers::build();
    let site = Site::shipped().with_folder("/peers/", peers::folder()).with_folder("/peers/naive-rayon/", peers);
    let machine = machine::describe();
    let measured =
        [Engine::Chromium, Engine::Firefox].map(|engine| visit(engine, async |browser| measure(browser, &site).await));
    document::write(&machine, &measured);
}

async fn measure(browser: &Browser, site: &Site) -> Measured {
    let server = Server::start(site.clone());
    let page = Page::open(browser, &server.address()).await;
    let first_load = first_load::weigh(site, &server.asked());
    let chromium = browser.engine == Engine::Chromium;
    Measured {
        engine: browser.engine,
        version: browser.version(),
        first_load,
        times: race::race(&page).await,
        tracing: tracing::measure(&page).await,
        long_frames: if chromium { Some(smooth::long_frames(&page).await) } else { None },
    }
}
