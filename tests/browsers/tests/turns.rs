//! One thing at a time: while costs are measured or more cores are simulated, nothing else begins. Both can be
//! cancelled, and so can a run that waits for a file; whatever comes next works.

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};

use crate::experiments::busy;

in_every_engine!(story);

/// A condition: runs, measurements and simulations can all begin.
const FREE: &str = "!document.querySelector('#run').disabled \
    && document.querySelector('#measure-costs').textContent.trim() === 'Measure' \
    && document.querySelector('#simulate').textContent.trim() === 'Simulate'";

async fn story(browser: &Browser) {
    let server = Server::with_switches(Site::shipped());
    server.fail(Fault::ANALYST_SLOW); // so that a simulation lasts
    let page = Page::open(browser, &server.address()).await;
    works(&page).await;
    page.press("#costs > summary").await;
    costs_have_the_machine_for_themselves(&page).await;
    costs_can_be_cancelled(&page).await;
    so_can_a_simulation(&page).await;
    so_can_a_run_that_waits_for_a_file(browser, &server).await;
    assert_eq!(page.errors().await, [""; 0]);
}

async fn works(page: &Page<'_>) {
    let experiment = json!({ "workload": "mandelbrot", "size": 64, "strategies": ["blocking", "processes"], "workers": 2, "samples": 1 });
    page.run(experiment).await.expect("a good run");
}

async fn costs_have_the_machine_for_themselves(page: &Page<'_>) {
    page.press("#measure-costs").await;
    let refused = page.run(json!({ "workload": "primes", "size": 1000 })).await.expect_err("costs are measured");
    assert!(refused.contains("running or measuring"), "{refused}");
    key(page, "r").await;
    let run =
        page.script("const run = document.querySelector('#run'); return [run?.disabled, run?.title !== '']", vec![]);
    assert_eq!(run.await, json!([true, true]), "Run can be pressed, or does not say why not");
    page.until("document.querySelector('#download-costs')").await;
    works(page).await;
}

async fn costs_can_be_cancelled(page: &Page<'_>) {
    for cancel in ["press", "key"] {
        page.press("#measure-costs").await;
        match cancel {
            "press" => page.press("#measure-costs").await,
            _ => key(page, "Escape").await,
        }
        page.until(FREE).await;
        assert_eq!(page.script("return document.querySelector('#download-costs')", vec![]).await, Value::Null);
    }
    works(page).await;
}

async fn so_can_a_simulation(page: &Page<'_>) {
    page.until("document.querySelector('#what-if > summary')").await; // each run has a new one, which is drawn after the result
    page.press("#what-if > summary").await;
    page.press("#simulate").await;
    page.press("#simulate").await;
    page.until(FREE).await;
    works(page).await;
}

/// The file is one of a workload, or the script of all workers. It still arrives after the cancel, and the next run has
/// it.
async fn so_can_a_run_that_waits_for_a_file(browser: &Browser, server: &Server) {
    let stalled = "const usual = window.fetch; window.fetch = (...request) => new Promise((go) => {
        window.asked = true;
        window.release = () => { window.fetch = usual; go(usual(...request)); };
    })";
    let arrays = json!({ "workload": "arrays", "size": 2, "operations": 5, "strategies": ["blocking"], "samples": 1 });
    for (missing, experiment) in [(Fault::ARRAY_MISSING, arrays), (Fault::WORKER_MISSING, busy(&["processes"], 1))] {
        server.fail(missing); // so that the page does not have it before the run
        let page = Page::open(browser, &server.address()).await;
        let without = page.run(experiment.clone()).await;
        assert!(without.is_err() || without.is_ok_and(|report| report.runs[0].answer.is_none()), "{missing:?}");
        page.script(stalled, vec![]).await;
        server.heal();
        let run = page.start(experiment.clone()).await;
        page.until("window.asked").await;
        page.cancel(&run).await;
        page.outcome(&run).await.expect_err("it was cancelled");
        page.script("window.release()", vec![]).await;
        page.run(experiment).await.expect("the next run has its files");
        assert_eq!(page.errors().await, [""; 0]);
    }
}

async fn key(page: &Page<'_>, key: &str) {
    let press = "window.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0] }))";
    page.script(press, vec![key.into()]).await;
}
