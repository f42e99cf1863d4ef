//! Browsers slow down hidden tabs, so a run whose tab was hidden is void: the page says so, and neither the page nor
//! the report claims a number. The next run, in a visible tab, is as good as ever.
//!
//! No driver can hide a tab in every engine. Here the document says that it is hidden, which is all that the page
//! checks.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use lab::report::Report;
use serde_json::json;

use crate::experiments::busy;

in_every_engine!(story);

/// A strategy on the page's own thread, and one that works in the background.
const STRATEGIES: [&str; 2] = ["blocking", "threads"];
/// The number of timed samples of each strategy.
const SAMPLES: usize = 3;
/// After how many samples the tab is hidden and shown again, of eight with the cold ones: at the beginning of the run,
/// for a moment during the run, and to its end.
const HIDDEN: [[usize; 2]; 3] = [[0, 1], [2, 3], [4, 100]];

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    for [from, to] in HIDDEN {
        page.script(HIDE, vec![from.into(), to.into()]).await;
        let report = page.run(busy(&STRATEGIES, SAMPLES)).await;
        claims_nothing(&report.expect("a void run has its report"));
        page.until_results().await;
        says_why(&page).await;
        page.script("window.show()", vec![]).await;
    }
    let report = page.run(busy(&STRATEGIES, SAMPLES)).await.expect("a good run");
    assert!(report.runs.iter().all(|run| run.void.is_none() && run.numbers.is_some()), "{:?}", report.runs);
    so_are_costs(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
    assert_eq!(browser.complaints().await, [""; 0]);
}

async fn so_are_costs(page: &Page<'_>) {
    page.script(HIDE, vec![0.into(), 1.into()]).await;
    page.press("#costs > summary").await;
    page.press("#measure-costs").await;
    page.until("document.querySelector('#costs progress')?.value > 0").await;
    page.script("window.show()", vec![]).await;
    page.until("document.querySelector('#costs .why')").await;
    assert!(page.text("#costs .why").await.contains("hidden"), "{}", page.text("#costs .why").await);
    assert_eq!(page.count("#costs-table").await, 0);
}

/// Makes the document hidden, with the events that browsers send, from the moment that `from` samples are done until
/// `to` are done; `show` ends this.
const HIDE: &str = "
    const [from, to] = arguments, end = new AbortController();
    const become = (hidden) => {
        if (document.hidden === hidden) return;
        const values = { hidden, visibilityState: hidden ? 'hidden' : 'visible' };
        for (const [key, value] of Object.entries(values)) {
            Object.defineProperty(document, key, { value, configurable: true });
        }
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };
    const count = (done) => become(from <= done && done < to);
    const hear = ({ data }) => data?.type === 'lanes:progress' && count(data.done);
    addEventListener('message', hear, { signal: end.signal });
    window.show = () => { end.abort(); become(false); };
    count(0);";

/// The report keeps what was run and the answers; everything that would compare times is gone.
fn claims_nothing(report: &Report) {
    assert_eq!(report.runs.len(), STRATEGIES.len());
    for run in &report.runs {
        assert!(run.void.as_deref().is_some_and(|why| why.contains("hidden")), "{}: {:?}", run.strategy, run.void);
        assert!(run.answer.is_some(), "{} has computed all the same", run.strategy);
        assert_eq!((&run.numbers, &run.rate), (&None, &None), "{}", run.strategy);
    }
    assert_eq!(report.scaling, []);
    assert_eq!(report.verdict.findings, []);
    let caveats: Vec<_> = report.verdict.caveats.iter().map(|said| said.rule.as_str()).collect();
    assert_eq!(caveats, ["hidden-tab"]);
}

/// The headline says why in one sentence, and there are no other sentences. No table and no lane shows a measured
/// number.
async fn says_why(page: &Page<'_>) {
    let headline = page.script("return document.querySelector('#headline').textContent", vec![]).await;
    let headline = headline.as_str().expect("a text");
    assert!(headline.contains("hidden") && headline.contains("void"), "{headline:?}");
    let said = "return [...document.querySelectorAll('.findings li, .caveats li')].map((item) => item.textContent)";
    assert_eq!(page.script(said, vec![]).await, json!([]), "beside {headline:?}");

    // the cells after the strategy and its workers
    let cells = "return [...document.querySelectorAll('#results tbody tr')].flatMap((row) => [...row.cells].slice(2))
        .map((cell) => cell.textContent).filter((text) => /\\d/.test(text))";
    assert_eq!(page.script(cells, vec![]).await, json!([]), "cells of the results with a number");
    let rows = "return document.querySelectorAll('#lanes-table tbody tr').length";
    assert_eq!(page.script(rows, vec![]).await, json!(0), "rows of what each lane did");
    let beside = "return [...document.querySelectorAll('.numbers')].map((lanes) => lanes.textContent)";
    let beside: Vec<String> = serde_json::from_value(page.script(beside, vec![]).await).expect("texts");
    let claims = |text: &String| text.contains("Unavailable") || text.contains(|letter: char| letter.is_ascii_digit());
    assert!(!beside.is_empty() && !beside.iter().any(claims), "beside the lanes: {beside:?}");
}
