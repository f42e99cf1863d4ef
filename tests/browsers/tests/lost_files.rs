//! A file that the host has lost is missed in a sentence, and had again once it is there: nobody has to reload the page.

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::{STRATEGIES, busy, runs_well};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for fault in Fault::ANALYST_MISSING {
        // a page that has started its analyst does not miss it any more
        let page = Page::open(browser, &server.address()).await;
        the_analyst_is_missed(&server, &page, fault).await;
        assert_eq!(page.errors().await, [""; 0], "{fault:?} is told, not thrown");
    }
    let page = Page::open(browser, &server.address()).await;
    a_workloads_file_is_missed(&server, &page).await;
    code_is_missed(&server, &page).await;
    assert_eq!(page.errors().await, [""; 0], "what is missed is told, not thrown");
}

/// Without the analyst nothing can be said of a run but why not.
async fn the_analyst_is_missed(server: &Server, page: &Page<'_>, fault: Fault) {
    server.fail(fault);
    let why = page.run(busy(&["blocking"], 1)).await.expect_err("nobody works the results out");
    server.heal();
    assert!(why.starts_with("The results could not be worked out: "), "{fault:?}: {why:?}");
    let advised = json!(format!("{why} Run tries again."));
    page.until(&format!("document.querySelector('#headline').innerText === {advised}")).await;
    runs_well(page, &["blocking"]).await;
}

async fn a_workloads_file_is_missed(server: &Server, page: &Page<'_>) {
    let experiment =
        json!({ "workload": "arrays", "size": 4, "operations": 1, "strategies": *STRATEGIES, "samples": 1 });
    server.fail(Fault::ARRAY_MISSING);
    let why = page.run(experiment.clone()).await.expect_err("one array is missing");
    server.heal();
    assert_eq!(why, "The file arrays/2.f32 could not be fetched: the server answered 404.");
    page.until(&format!("document.querySelector('#headline').innerText === {}", json!(why))).await;
    let report = page.run(experiment).await.expect("all files are there");
    assert!(report.runs.iter().all(|run| run.answer.is_some() && run.answer == report.runs[0].answer), "{report:?}");
}

async fn code_is_missed(server: &Server, page: &Page<'_>) {
    let code = "[data-file='threads.py'] + pre";
    page.press("[data-strategy=threads] .elsewhere > summary").await;
    server.fail(Fault::CODE_MISSING);
    page.press("[data-file='threads.py']").await;
    page.until(&format!("document.querySelector(\"{code}\").textContent")).await;
    server.heal();
    let said = page.script("return document.querySelector(arguments[0]).textContent", vec![code.into()]).await;
    assert_eq!(said, "The file samples/threads.py could not be fetched: the server answered 404.");
    for _ in ["shut", "opened again"] {
        page.press("[data-file='threads.py']").await;
    }
    page.until(&format!("document.querySelector(\"{code}\").textContent.startsWith('# Threads')")).await;
}
