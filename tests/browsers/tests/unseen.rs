//! Frames and labs out of view: a run that starts by itself waits until it is in view, whatever hid it, and a run that
//! was out of view for a while says so.

use std::time::{Duration, Instant};

use browsers::{Browser, Engine, Page, Server, Site, in_every_engine};
use lab::report::Report;
use serde_json::{Value, json};

use crate::experiments::busy;

/// The ways to hide a frame: the path of the document, the body in which the frame is hidden, and the scripts that show
/// it and hide it again. `FRAME` stands for the frame's attributes.
const WAYS: [(&str, &str, [&str; 2]); 5] = [
    (
        "/not-rendered",
        "<iframe FRAME style='display: none'></iframe>",
        ["frame.style.display = ''", "frame.style.display = 'none'"],
    ),
    (
        "/invisible",
        "<iframe FRAME style='visibility: hidden'></iframe>",
        ["frame.style.visibility = ''", "frame.style.visibility = 'hidden'"],
    ),
    (
        "/folded",
        "<details><summary>More</summary><iframe FRAME></iframe></details>",
        ["frame.parentElement.open = true", "frame.parentElement.open = false"],
    ),
    (
        "/tiny",
        "<iframe FRAME style='width: 1px; height: 1px'></iframe>",
        ["frame.style = ''", "frame.style = 'width: 1px; height: 1px'"],
    ),
    (
        "/below",
        "<div style='height: 6000px'></div><iframe FRAME></iframe><div style='height: 2000px'></div>",
        ["scrollTo(0, 6000)", "scrollTo(0, 0)"],
    ),
];
/// A run that is over at once.
const SHORT: &str = "workload=primes&size=1000&strategies=blocking&samples=1";
/// How long the test waits to see that a page does not run by itself; a page that does is done sooner.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a page that should run by itself may take.
const LIMIT: Duration = Duration::from_secs(30);

mod autorun {
    use super::*;

    in_every_engine!(story);

    async fn story(browser: &Browser) {
        let deck = Server::start(with_decks(Site::plain(), "/?autorun=1"));
        for way in ways(browser, false) {
            waits_until_it_is_seen(browser, &deck, way).await;
        }
        let server = Server::start(Site::shipped());
        let deck = Server::start(with_decks(Site::plain(), &format!("{}?autorun=1", server.other_address())));
        for way in ways(browser, true) {
            waits_until_it_is_seen(browser, &deck, way).await;
        }
        does_not_follow_another_run(browser).await;
        the_lab_in_view_runs(browser).await;
    }

    async fn waits_until_it_is_seen(browser: &Browser, deck: &Server, way: Way) {
        let page = Page::open(browser, &format!("{}{}", deck.address(), &way.0[1..])).await;
        tokio::time::sleep(PATIENCE).await;
        assert_eq!(state(&page).await, json!([false, 0]), "{}: it ran unseen", way.0);
        show(&page, way).await;
        let began = Instant::now();
        while state(&page).await != json!([false, 1]) {
            assert!(began.elapsed() < LIMIT, "{}: it does not run when it is seen", way.0);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let doubted = "return document.body.textContent.includes('out of view')";
        assert_eq!(page.script_in_frame("lanes", doubted, vec![]).await, json!(false), "{}", way.0);
        assert_eq!(page.errors().await, [""; 0], "{}", way.0);
    }

    /// Whether the frame runs something, and how many results it has.
    async fn state(page: &Page<'_>) -> Value {
        let state =
            "return [!!document.querySelector('#cancel'), document.querySelectorAll('#results tbody tr').length]";
        page.script_in_frame("lanes", state, vec![]).await
    }

    /// The result of a run that a message requested meanwhile stays when the frame is shown.
    async fn does_not_follow_another_run(browser: &Browser) {
        let deck = Server::start(with_decks(Site::plain(), "/?autorun=1"));
        let page = Page::open(browser, &format!("{}folded", deck.address())).await;
        run(&page).await;
        let watch = "window.runs = 0;
            const count = () => document.querySelector('#cancel') && runs++;
            new MutationObserver(count).observe(document.body, { childList: true, subtree: true })";
        page.script_in_frame("lanes", watch, vec![]).await;
        page.script("document.querySelector('details').open = true", vec![]).await;
        tokio::time::sleep(PATIENCE).await;
        assert_eq!(page.script_in_frame("lanes", "return runs", vec![]).await, json!(0));
        assert_eq!(state(&page).await, json!([false, 1]));
    }

    /// A frame with several labs is taller than the window, and cannot see for itself which lab is in view.
    async fn the_lab_in_view_runs(browser: &Browser) {
        let deck = "<!doctype html><html><head><title>A deck</title></head><body style='margin: 0'>
            <div style='height: 6000px'></div>
            <iframe name='lanes' src='/labs.html?autorun=1' style='width: 1000px; height: 4000px'></iframe></body></html>";
        let labs = include_str!("../pages/labs.html");
        let site = Site::plain().with_document("/labs.html", labs).with_document("/deck", deck);
        let server = Server::start(site);
        let page = Page::open(browser, &format!("{}deck", server.address())).await;
        let third = "const lab = document.querySelector('iframe').contentDocument.querySelectorAll('.lab')[2];
            scrollTo(0, 6000 + lab.getBoundingClientRect().top)";
        page.script(third, vec![]).await;
        page.until("document.querySelector('iframe').contentDocument.querySelector('[id^=cancel]')").await;
        let runs = "return document.querySelector('iframe').contentDocument.querySelector('[id^=cancel]').id";
        assert_eq!(page.script(runs, vec![]).await, "cancel-3");
    }
}

mod doubt {
    use super::*;

    in_every_engine!(story);

    async fn story(browser: &Browser) {
        let deck = Server::start(with_decks(Site::plain(), "/"));
        for way in ways(browser, false) {
            runs_all_the_same(browser, &deck, way).await;
        }
        let server = Server::start(Site::shipped());
        let deck = Server::start(with_decks(Site::plain(), &server.other_address()));
        for way in ways(browser, true) {
            runs_all_the_same(browser, &deck, way).await;
        }
        is_scrolled_away_in_the_middle(browser, &server).await;
        is_about_the_lab_that_runs(browser).await;
    }

    /// A run requested by a message is doubted while the frame is hidden, not doubted while it is shown, and doubted
    /// when it is hidden again.
    async fn runs_all_the_same(browser: &Browser, deck: &Server, way: Way) {
        let page = Page::open(browser, &format!("{}{}", deck.address(), &way.0[1..])).await;
        assert!(is_doubted(&run(&page).await), "{}: never seen", way.0);
        show(&page, way).await;
        let report = run(&page).await;
        assert!(!is_doubted(&report), "{}: seen, {:?}", way.0, report.verdict);
        hide(&page, way).await;
        assert!(is_doubted(&run(&page).await), "{}: not seen any more", way.0);
        assert_eq!(page.errors().await, [""; 0], "{}", way.0);
    }

    /// The lab is scrolled out of view for the rest of the run, or only for some samples.
    async fn is_scrolled_away_in_the_middle(browser: &Browser, server: &Server) {
        let page = Page::open(browser, &server.address()).await;
        let many = || busy(&["threads"], 12);
        let stays = page.run(many()).await.expect("a good run");
        assert!(!is_doubted(&stays), "{:?}", stays.verdict);
        page.script("document.body.style.paddingBlockEnd = '6000px'", vec![]).await;
        for back in [1000, 8] {
            page.script(SCROLL, vec![back.into()]).await;
            let report = page.run(many()).await.expect("a good run");
            assert!(is_doubted(&report), "back after {back} samples");
            page.script("window.still(); scrollTo(0, 0)", vec![]).await;
        }
        let said = "return document.body.textContent.includes('The lab was out of view during some of the run')";
        assert_eq!(page.script(said, vec![]).await, json!(true));
    }

    /// The doubt is about the lab that runs, whatever is in view of the others.
    async fn is_about_the_lab_that_runs(browser: &Browser) {
        let site = Site::shipped().with_document("/labs.html", include_str!("../pages/labs.html"));
        let server = Server::start(site);
        let page = Page::open(browser, &format!("{}labs.html", server.address())).await;
        let apart = "document.querySelectorAll('.lab')[2].style.marginBlockStart = '6000px'; scrollTo(0, 0)";
        page.script(apart, vec![]).await;
        for (lab, doubted) in [(1, false), (3, true), (1, false)] {
            let id = format!("{lab} {doubted}");
            page.script("recorder.messages.length = 0", vec![]).await;
            page.post(&json!({ "type": "lanes:run", "id": id, "lab": lab, "experiment": experiment() })).await;
            let mut message = page.hear(&id, &["lanes:result", "lanes:error"]).await;
            let report = serde_json::from_value(message["report"].take()).expect("a report");
            assert_eq!(is_doubted(&report), doubted, "lab {lab}");
        }
    }
}

type Way = (&'static str, &'static str, [&'static str; 2]);

/// The ways of hiding that this engine can detect. Only the pages around a frame know that it is invisible: pages of
/// another site do not say so, and WebKit draws the frame all the same.
fn ways(browser: &Browser, other_site: bool) -> impl Iterator<Item = Way> {
    let told = !(other_site && browser.engine == Engine::WebKit);
    WAYS.into_iter().filter(move |(name, ..)| told || *name != "/invisible")
}

/// Adds a page for each way of hiding, with Lanes from this address in a frame that is hidden in this way.
fn with_decks(site: Site, source: &str) -> Site {
    let query = if source.contains('?') { "&" } else { "?" };
    let frame = format!("name='lanes' width='1000' height='500' src='{source}{query}{SHORT}'");
    WAYS.into_iter().fold(site, |site, (name, body, _)| {
        let body = body.replace("FRAME", &frame);
        let deck = format!("<!doctype html><html><head><title>A deck</title></head><body>{body}</body></html>");
        site.with_document(name, &deck)
    })
}

/// Shows the frame, and gives a busy browser time to draw it.
async fn show(page: &Page<'_>, (_, _, [show, _]): Way) {
    page.script(&format!("const frame = document.querySelector('iframe'); {show}"), vec![]).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
}

async fn hide(page: &Page<'_>, (_, _, [_, hide]): Way) {
    page.script(&format!("const frame = document.querySelector('iframe'); {hide}"), vec![]).await;
}

fn experiment() -> Value {
    json!({ "workload": "primes", "size": 1000, "strategies": ["blocking"], "samples": 1 })
}

async fn run(page: &Page<'_>) -> Report {
    page.run(experiment()).await.expect("what nobody sees runs all the same")
}

fn is_doubted(report: &Report) -> bool {
    let doubted = report.verdict.caveats.iter().any(|caveat| caveat.rule == "out-of-view");
    assert_eq!(doubted, report.machine.out_of_view);
    doubted
}

/// Scrolls to the end after two samples, and back after as many samples as the argument says; `still` ends that.
const SCROLL: &str = "
    const [back] = arguments, end = new AbortController();
    const count = ({ data }) => {
        if (data?.type !== 'lanes:progress') return;
        if (data.done === 2) scrollTo(0, document.body.scrollHeight);
        if (data.done === back) scrollTo(0, 0);
    };
    addEventListener('message', count, { signal: end.signal });
    window.still = () => end.abort();";
