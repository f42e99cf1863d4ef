//! For a visitor who prefers reduced motion nothing moves: no animation, no transition, no smooth scrolling, and lanes
//! appear when they are complete. Everything still works.

use browsers::{Browser, Page, Preference, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::{STRATEGIES, busy};

in_every_engine!(story, Preference::ReducedMotion);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let asked = page.script("return matchMedia('(prefers-reduced-motion: reduce)').matches", vec![]).await;
    assert_eq!(asked, json!(true), "the browser tells the page");
    nothing_would_move(&page, "before a run").await;
    page.script(WATCH, vec![]).await;
    let report = page.run(busy(&STRATEGIES, 3)).await.expect("a good run");
    assert!(report.runs.iter().all(|run| run.samples_ms.len() == 3), "{report:?}");
    assert_eq!(page.script("return watched.moved", vec![]).await, json!([]), "while it ran");
    lanes_appear_complete(&page).await;
    nothing_would_move(&page, "after a run").await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// Checks that no element has a style that would make it move, now or after a change.
async fn nothing_would_move(page: &Page<'_>, when: &str) {
    let moving = "const long = (durations) => durations.split(',').some((duration) => parseFloat(duration) > 0);
        const moves = (style) => style.scrollBehavior === 'smooth' || long(style.transitionDuration)
            || style.animationName !== 'none' && long(style.animationDuration);
        return [...document.querySelectorAll('*')].flatMap((element) => [null, '::before', '::after']
            .filter((part) => moves(getComputedStyle(element, part)))
            .map((part) => `${element.localName}.${element.className}${part ?? ''}`))";
    assert_eq!(page.script(moving, vec![]).await, json!([]), "{when}");
    assert_eq!(page.script("return document.getAnimations().length", vec![]).await, json!(0), "{when}");
}

/// Records everything that moves from now on, and the picture of the lanes after each sample.
const WATCH: &str = "
    window.watched = { moved: [], lanes: [] };
    for (const kind of ['animationstart', 'transitionrun']) {
        addEventListener(kind, ({ target }) => watched.moved.push(`${kind}: ${target.localName}.${target.className}`), true);
    }
    watched.look = () => [...document.querySelectorAll('[data-strategy] canvas')].map((canvas) => canvas.toDataURL());
    addEventListener('message', ({ data: { type, done, total } }) => {
        watched.moved.push(...document.getAnimations().map((animation) => `an animation, after ${done} samples`));
        if (type === 'lanes:progress' && done < total) watched.lanes.push(watched.look().join());
    });";

/// The lanes stay as empty as they were until the run is over, and are drawn then.
async fn lanes_appear_complete(page: &Page<'_>) {
    let looks =
        "return [watched.lanes.length, new Set(watched.lanes).size, watched.lanes[0] !== watched.look().join()]";
    let samples = STRATEGIES.len() * 4;
    assert_eq!(
        page.script(looks, vec![]).await,
        json!([samples, 1, true]),
        "looks, different looks, whether drawn at last"
    );
}
