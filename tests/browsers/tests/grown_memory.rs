//! The browser may show the page the old size of a memory that threads have grown: the page asks again, and treats what
//! it still cannot see neither as empty nor as the silence of a thread that hangs.

use std::time::{Duration, Instant};

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};

use crate::experiments::run_of;

in_every_engine!(story);

/// A strategy whose answers are in the page's memory, and two whose answers are in another memory.
const STRATEGIES: [&str; 3] = ["event-loop", "threads", "offload"];
/// How long cancelling may take.
const CANCELLED_WITHIN: Duration = Duration::from_secs(2);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    server.fail(Fault::MEMORY_SHOWN_LATE);
    let page = Page::open(browser, &server.address()).await;
    for picture in ["mandelbrot", "raytrace"] {
        runs_well(&page, picture).await;
        assert_eq!(torn(&page).await, json!([]), "{picture}");
        assert_eq!(whole(&page).await, json!(STRATEGIES), "{picture}");
    }
    a_long_sample_goes_on(&page).await;
    assert_eq!(page.errors().await, [""; 0]);

    server.fail(Fault::MEMORY_NEVER_SHOWN);
    let page = Page::open(browser, &server.address()).await;
    for picture in ["mandelbrot", "raytrace"] {
        runs_well(&page, picture).await;
        assert_eq!(torn(&page).await, json!(["threads", "offload"]), "{picture}");
        assert_eq!(whole(&page).await, json!(["event-loop"]), "{picture}");
    }
    a_long_sample_goes_on(&page).await;
    assert_eq!(page.errors().await, [""; 0]);

    server.heal();
    let page = Page::open(browser, &server.address()).await;
    runs_well(&page, "mandelbrot").await;
    assert_eq!((torn(&page).await, whole(&page).await), (json!([]), json!(STRATEGIES)));
    assert_eq!(page.errors().await, [""; 0]);
}

/// The run ends well, and its report has all numbers and spans.
async fn runs_well(page: &Page<'_>, picture: &str) {
    let experiment = json!({
        "workload": picture, "size": 500, "strategies": STRATEGIES, "workers": 2, "samples": 1,
    });
    let report = page.run(experiment).await.unwrap_or_else(|error| panic!("{picture}: {error}"));
    for strategy in STRATEGIES {
        let run = run_of(&report, strategy);
        assert!(run.numbers.is_some() && run.lost_spans == 0, "{picture}: {run:?}");
        assert!(run.lanes.iter().any(|lane| !lane.spans.is_empty()), "{picture}: {strategy} has empty lanes");
    }
}

/// A sample of ten seconds or more, during which no message is sent, does not count as hung, and can be cancelled like
/// any other.
async fn a_long_sample_goes_on(page: &Page<'_>) {
    let waits = json!({
        "workload": "proxy", "size": 60, "wait": 400, "strategies": ["threads"], "workers": 2, "samples": 1,
    });
    let run = page.start(waits).await;
    page.until(&format!(
        "recorder.messages.some(({{ type, id, done }}) =>
            id === '{run}' && (type !== 'lanes:progress' || done > 0))"
    ))
    .await;
    assert_eq!(page.progress(&run).await, [(0, 2), (1, 2)], "it has taken the cold sample");
    let began = Instant::now();
    page.cancel(&run).await;
    let outcome = page.outcome(&run).await;
    assert!(outcome.as_ref().is_err_and(|message| message.contains("cancel")), "{outcome:?}");
    assert!(began.elapsed() < CANCELLED_WITHIN, "it took {:?}", began.elapsed());
}

/// The strategies whose pictures are said to be incomplete.
async fn torn(page: &Page<'_>) -> Value {
    let torn = "return [...document.querySelectorAll('.pictures figure')]
        .filter((figure) => figure.innerText.includes('Incomplete'))
        .map((figure) => figure.querySelector('canvas').dataset.picture)";
    page.script(torn, vec![]).await
}

/// The strategies whose pictures have no hole.
async fn whole(page: &Page<'_>) -> Value {
    let whole = "return [...document.querySelectorAll('.pictures canvas')].filter((canvas) => canvas.getContext('2d')
        .getImageData(0, 0, canvas.width, canvas.height).data.every((byte, at) => at % 4 != 3 || byte == 255))
        .map((canvas) => canvas.dataset.picture)";
    page.script(whole, vec![]).await
}
