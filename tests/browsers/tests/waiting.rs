//! The scale of times: rows are guessed by mouse, by keys and by typing, before and after they are measured. The answer
//! to a row is shown after its guess and no sooner, is kept on the device, and is listed in a table.

use browsers::{Browser, Engine, Fault, Page, Preference, Server, Site, in_every_engine, visit_any};
use serde_json::json;
use thirtyfour::Key;

use crate::axe;

in_every_engine!(story);

/// The numbers of the rows that a page can measure wherever memory can be shared: caches and memory, a lock, yielding,
/// messages, a worker, a file from the host.
const MEASURED: [usize; 11] = [1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 14];
/// The row of a file from the browser's cache. Not every browser reports that a file came from there.
const OUT_OF_CACHE: usize = 10;

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped().keeping("icon.svg"));
    let page = Page::open(browser, &address(&server, "?fresh=1")).await;
    let rows = page.count(".scale-row").await;
    assert!(rows > 15, "{rows} rows");
    assert_eq!(page.count(".scale-row .sentence, .scale-row .usual, .tiles").await, 0, "told before they were guessed");
    a_row_is_guessed_by_a_mouse(&page).await;
    a_row_is_guessed_by_keys(browser, &page).await;
    a_row_is_guessed_by_typing(&page).await;
    measuring_can_be_cancelled(&page).await;
    what_is_measured_marks_guesses(browser, &page).await;
    the_others_say_why_not(&page, rows).await;
    looks_well(browser, &page).await;
    guesses_are_kept(browser, &server).await;
}

fn address(server: &Server, query: &str) -> String {
    format!("{}chapters/waiting/{query}", server.address())
}

/// The row with this number, counted from 1.
fn row(number: usize) -> String {
    format!(".scale-row:nth-of-type({number})")
}

/// A press in the middle of the axis guesses 10 µs.
async fn a_row_is_guessed_by_a_mouse(page: &Page<'_>) {
    let first = row(1);
    page.until(&format!("document.querySelector('{first} [type=submit]').disabled")).await;
    page.press(&format!("{first} input[type=range]")).await;
    page.press(&format!("{first} [type=submit]")).await;
    page.until(&format!("document.querySelector('{first} .sentence')")).await;
    let said = page.text(&format!("{first} .sentence")).await;
    assert!(
        said.starts_with("You said: ") && said.contains(" times too long.") && said.contains("(Gregg)"),
        "{said:?}"
    );
    assert_eq!(page.count(&format!("{first} .tiles, {first} .usual, {first} .guess")).await, 3);
    assert_eq!(page.count(&format!("{first} .measured")).await, 0, "nothing is measured yet");
}

async fn a_row_is_guessed_by_keys(browser: &Browser, page: &Page<'_>) {
    let second = row(2);
    page.script("document.querySelector(arguments[0]).focus()", vec![format!("{second} input[type=range]").into()])
        .await;
    page.keys(Key::Right + "").await;
    page.until(&format!("!document.querySelector('{second} [type=submit]').disabled")).await;
    page.script("document.querySelector(arguments[0]).focus()", vec![format!("{second} [type=submit]").into()]).await;
    page.keys(Key::Enter + "").await;
    page.until(&format!("document.querySelector('{second} .sentence')")).await;
    assert!(page.text(&format!("{second} .sentence")).await.contains("too long"), "{:?}", browser.engine);
    page.until(&format!("document.activeElement.matches('{second} .comes-to')")).await;
}

/// The typed time is shown as it was typed; a text that is no time is refused.
async fn a_row_is_guessed_by_typing(page: &Page<'_>) {
    let fifth = row(5);
    page.type_into(&format!("{fifth} input.typed"), "soon".to_owned() + Key::Tab).await;
    page.until(&format!("/A time from/.test(document.querySelector('{fifth} .why')?.innerText)")).await;
    let typed = "const field = document.querySelector(arguments[0]);
        field.value = '100 ns';
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    page.script(typed, vec![format!("{fifth} input.typed").into()]).await;
    page.until(&format!("document.querySelector('{fifth} output').value === '100 ns'")).await;
    page.press(&format!("{fifth} [type=submit]")).await;
    page.until(&format!("document.querySelector('{fifth} .sentence')")).await;
    let said = page.text(&format!("{fifth} .sentence")).await;
    assert!(said.contains("Right, within a factor of ten."), "{said:?}");
    assert!(page.text(&fifth).await.contains("6.7 min"));
    assert!(page.text(&format!("{fifth} .still")).await.contains("Not measured here yet"));
}

async fn measuring_can_be_cancelled(page: &Page<'_>) {
    page.press("#measure-scale").await;
    page.until("document.querySelector('.measuring progress')?.value > 0").await;
    page.press("#measure-scale").await;
    page.until("/^Measure/.test(document.querySelector('#measure-scale').innerText)").await;
    assert_eq!(page.count(".ladder").await, 0);
}

/// Guesses that were made before are marked at once, later ones when they are made.
async fn what_is_measured_marks_guesses(browser: &Browser, page: &Page<'_>) {
    page.press("#measure-scale").await;
    page.until("document.querySelector('.ladder, .measuring .why')").await;
    assert_eq!(page.text(".measuring .why").await, "");
    assert_eq!(page.count(".ladder tbody tr").await, 9);
    let said = page.text(&format!("{} .sentence", row(1))).await;
    assert!(said.contains("Here: ") && said.contains(" ns."), "{said:?}");
    assert_eq!(page.count(&format!("{} .measured", row(6))).await, 0, "told before it was guessed");
    page.press(&format!("{} input[type=range]", row(6))).await;
    page.press(&format!("{} [type=submit]", row(6))).await;
    page.press("#show-scale").await;
    let tells = [Engine::Chromium, Engine::Firefox].contains(&browser.engine);
    let measured = || MEASURED.into_iter().chain(tells.then_some(OUT_OF_CACHE));
    for number in measured() {
        page.until(&format!("document.querySelector('{} .measured')", row(number))).await;
    }
    let here = "return [...document.querySelectorAll('#scale-table tbody tr')].map(({ cells }) => [cells[4].innerText, cells[5].innerText])";
    page.press("#scale-numbers > summary").await;
    let here: Vec<[String; 2]> = serde_json::from_value(page.script(here, vec![]).await).expect("pairs of texts");
    for number in measured() {
        let [time, interval] = &here[number - 1];
        assert!(time.ends_with('s') && interval.contains(" to "), "row {number}: {here:?}");
    }
    assert!(page.count("#costs-table tbody tr").await > 15, "and they are in the report");
}

async fn the_others_say_why_not(page: &Page<'_>, rows: u64) {
    let told = "return [...document.querySelectorAll('.scale-row')].map((row) =>
        !!row.querySelector('.measured') || /\\w/.test(row.querySelector('.comes-to > .still')?.innerText ?? ''))";
    assert_eq!(page.script(told, vec![]).await, json!(vec![true; rows as usize]));
}

async fn looks_well(browser: &Browser, page: &Page<'_>) {
    axe::load(page).await;
    axe::finds_nothing_in_either_theme(page, "body", "all told").await;
    if browser.engine == Engine::Chromium {
        browser.resize(320, 800).await;
        let widths = page.script("return [document.documentElement.scrollWidth, innerWidth]", vec![]).await;
        assert!(widths[0].as_u64() <= widths[1].as_u64(), "{widths}");
        browser.resize(1280, 800).await;
    }
    assert_eq!(page.errors().await, [""; 0]);
}

/// They are kept until a visitor starts afresh, and the sheet lists them.
async fn guesses_are_kept(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &address(server, "")).await;
    let before = page.text(&format!("{} .before", row(5))).await;
    assert!(before.starts_with("From an earlier run on this device: You said: 100 ns."), "{before:?}");
    assert_eq!(page.text(&format!("{} output", row(5))).await, "100 ns");
    assert_eq!(page.text(&format!("{} output", row(3))).await, "not set yet", "it was only shown");
    let page = Page::open(browser, &format!("{}sheet/", server.address())).await;
    page.until("/How long does it take\\? Main memory/.test(document.querySelector('tbody')?.innerText)").await;
    let page = Page::open(browser, &address(server, "?fresh=1")).await;
    assert_eq!(page.count(".scale-row .before").await, 0);
}

/// A jump along the line scrolls smoothly; for a visitor who prefers reduced motion it is immediate.
mod with_less_motion {
    use super::*;

    in_every_engine!(story, Preference::ReducedMotion);

    async fn story(browser: &Browser) {
        let server = Server::start(Site::shipped());
        let page = Page::open(browser, &address(&server, "")).await;
        page.press(".walk > summary").await;
        page.press(".walk .stops li:nth-child(7) a").await;
        page.until("document.querySelector('.walk .line').scrollLeft > 1000").await;
        let moves = "return [getComputedStyle(document.querySelector('.walk .line')).scrollBehavior, document.getAnimations().length]";
        assert_eq!(page.script(moves, vec![]).await, json!(["auto", 0]));
        assert_eq!(page.errors().await, [""; 0]);
    }
}

/// Where a service worker passes on all files, the page cannot know whether a file came from the cache.
mod behind_a_service_worker {
    use super::*;

    #[test]
    fn chromium() {
        visit_any(Engine::Chromium, story);
    }

    #[test]
    fn firefox() {
        visit_any(Engine::Firefox, story);
    }

    async fn story(browser: &Browser) {
        let server = Server::start(Site::by_service_worker().keeping("icon.svg"));
        let page = Page::open(browser, &address(&server, "")).await;
        page.press("#show-scale").await;
        page.press("#measure-scale").await;
        page.until("document.querySelector('.ladder, .measuring .why')").await;
        assert!(page.text(".measuring").await.contains("go through its service worker"));
        let from_host = row(OUT_OF_CACHE - 1);
        page.until(&format!("document.querySelector('{from_host} .measured')")).await;
        let why = page.text(&format!("{} .still", row(OUT_OF_CACHE))).await;
        assert!(why.contains("does not tell that the file came out of its cache"), "{why:?}");
        assert_eq!(page.count(&format!("{} .measured", row(OUT_OF_CACHE))).await, 0);
        assert_eq!(page.errors().await, [""; 0]);
    }
}

/// Where a worker dies because of a large buffer, what was measured before counts, and a buffer of that size is not
/// requested again.
mod where_memory_is_short {
    use super::*;

    #[test]
    fn chromium() {
        visit_any(Engine::Chromium, story);
    }

    async fn story(browser: &Browser) {
        let server = Server::with_switches(Site::shipped());
        server.fail(Fault::LARGE_RUN_WORKER_TRAPS);
        let page = Page::open(browser, &address(&server, "")).await;
        page.press("#show-scale").await;
        measure(&page).await;
        assert_eq!(ladder(&page).await, [true, true, true, true, true, true, true, true, false]);
        assert!(page.text(&row(5)).await.contains("Here: "), "by 64 MiB");
        server.heal();
        assert_eq!(noted(&page).await, json!((256 << 20).to_string()));
        measure(&page).await;
        assert_eq!(
            ladder(&page).await,
            [true, true, true, true, true, true, true, true, false],
            "it was asked for again"
        );

        let page = Page::open(browser, &address(&server, "")).await;
        page.script("localStorage.setItem('lanes:chase', 64 * 2 ** 20)", vec![]).await;
        page.press("#show-scale").await;
        measure(&page).await;
        assert_eq!(ladder(&page).await, [true, true, true, true, true, true, true, false, false]);
        let why = page.text(&format!("{} .still", row(5))).await;
        assert_eq!(why, "It could not be measured: there is no room for so much memory here.");
        assert_eq!(page.errors().await, [""; 0]);
    }

    async fn measure(page: &Page<'_>) {
        page.press("#measure-scale").await;
        page.until("document.querySelector('.measuring progress')").await;
        page.until("!document.querySelector('.measuring progress')").await;
        assert_eq!(page.text(".measuring .why").await, "");
    }

    /// Whether each size was measured, from the smallest to the largest.
    async fn ladder(page: &Page<'_>) -> Vec<bool> {
        let rows =
            "return [...document.querySelectorAll('.ladder tbody tr')].map((row) => !/no room/.test(row.innerText))";
        serde_json::from_value(page.script(rows, vec![]).await).expect("booleans")
    }

    async fn noted(page: &Page<'_>) -> serde_json::Value {
        page.script("return localStorage.getItem('lanes:chase')", vec![]).await
    }
}
