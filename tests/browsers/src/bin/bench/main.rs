//! `make bench`: how fast Lanes is, compared with what one would write instead and with native code, and what it costs,
//! on this machine, in one run.
//!
//! Everything that is compared runs in one browser session, in rounds, so that anything else the machine does meanwhile
//! affects all alike (see [`rounds`]). The result is `docs/benchmarks.md`, which lists targets whether met or missed.
//! Parts and browsers can be named on the command line; then only those are measured, and the result is printed instead
//! of written.

mod chase;
mod costs;
mod decide;
mod document;
mod drawing;
mod every_workload;
mod interactive;
mod machine;
mod memory;
mod native;
mod page;
mod peers;
mod plan;
mod playing;
mod processes;
mod race;
mod responsive;
mod rounds;
mod scaling;
mod simulation;
mod smooth;
mod target;
mod tracing;
mod words;

use browsers::{Browser, Engine, Page, Server, Site, first_load, visit};

use crate::document::{Measured, Once};
use crate::plan::{Part, Plan};

fn main() {
    let plan = Plan::from_command_line();
    let machine = machine::describe();
    let mut site = Site::shipped();
    if plan.has(Part::Race) || plan.has(Part::Processes) {
        site = site.with_folder("/peers/", peers::folder());
    }
    if plan.has(Part::Race) {
        site = site.with_folder("/peers/naive-rayon/", peers::build());
    }
    let visit_one = |engine| visit(engine, async |browser| measure(&plan, browser, &site).await);
    let measured: Vec<_> = plan.engines().into_iter().map(visit_one).collect();
    let once = once(&plan, &site);
    document::write(&plan, &machine, &measured, &once);
}

async fn measure(plan: &Plan, browser: &Browser, site: &Site) -> Measured {
    let server = Server::start(site.clone());
    let page = Page::open(browser, &server.address()).await;
    let first_load = first_load::weigh(site, &server.asked());
    println!("{:?}", browser.engine);
    let race = plan.measure(Part::Race, race::race(&page, plan::RACE)).await;
    // opening the page again ends the peers that were loaded into it
    let page = Page::open(browser, &server.address()).await;
    let processes = plan.measure(Part::Processes, processes::race(&page, plan::PROCESSES)).await;
    let page = Page::open(browser, &server.address()).await;
    let recording = plan.measure(Part::Recording, tracing::measure(&page, plan::RECORDING)).await;
    let tells_long_frames = browser.engine == Engine::Chromium;
    let smooth = async { if tells_long_frames { Some(smooth::long_frames(&page).await) } else { None } };
    Measured {
        engine: browser.engine,
        version: browser.version(),
        first_load,
        race,
        processes,
        recording,
        long_frames: plan.measure(Part::Smooth, smooth).await.flatten(),
        workloads: plan.measure(Part::Workloads, every_workload::measure(&page, plan::WORKLOADS)).await,
        scaling: plan.measure(Part::Scaling, scaling::measure(browser.engine, &page, plan::SCALING)).await,
        costs: plan.measure(Part::Costs, costs::measure(browser, &page)).await,
    }
}

/// Measures what is measured only once: parts that only Chromium can measure, each in a browser of its own, and parts
/// that need no browser.
fn once(plan: &Plan, site: &Site) -> Once {
    let interactive = plan.has(Part::Interactive).then(|| {
        visit(Engine::Chromium, async |browser| {
            plan.measure(Part::Interactive, interactive::measure(browser, site)).await
        })
    });
    let responsive = plan.has(Part::Responsive).then(|| {
        visit(Engine::Chromium, async |browser| {
            plan.measure(Part::Responsive, responsive::measure(browser, site)).await
        })
    });
    let drawing = plan.has(Part::Drawing).then(|| {
        visit(Engine::Chromium, async |browser| {
            let server = Server::start(site.clone());
            plan.measure(Part::Drawing, drawing::measure(browser, &server.address())).await
        })
    });
    let playing = plan.has(Part::Playing).then(|| {
        visit(Engine::Chromium, async |browser| {
            let server = Server::start(site.clone());
            let page = Page::open(browser, &server.address()).await;
            plan.measure(Part::Playing, playing::measure(&page)).await
        })
    });
    let memory = plan.has(Part::Memory).then(|| {
        visit(Engine::Chromium, async |browser| {
            let server = Server::start(site.clone());
            let page = Page::open(browser, &server.address()).await;
            plan.measure(Part::Memory, memory::measure(browser, &page)).await
        })
    });
    let chase = plan.has(Part::Chase).then(|| {
        visit(Engine::Chromium, async |browser| {
            let server = Server::start(site.clone());
            plan.measure(Part::Chase, chase::measure(browser, &server.address())).await
        })
    });
    let tried = plan.has(Part::Decide).then(|| {
        visit(Engine::Chromium, async |browser| {
            let server = Server::start(site.clone());
            let page = Page::open(browser, &server.address()).await;
            plan.measure(Part::Decide, decide::measure(browser, &page)).await
        })
    });
    let on_python = plan.has(Part::Decide).then(decide::on_python);
    let simulation = plan.has(Part::Simulation).then(simulation::measure);
    Once {
        interactive: interactive.flatten(),
        responsive: responsive.flatten(),
        drawing: drawing.flatten(),
        playing: playing.flatten(),
        memory: memory.flatten(),
        chase: chase.flatten(),
        tried: tried.flatten(),
        on_python: on_python.flatten(),
        simulation: simulation.flatten(),
    }
}
