//! The player: what it says about a moment agrees with the trace, by mouse, by keys and while it plays, for what was
//! measured and for what was simulated.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use lab::report::Report;
use pictures::Shown;
use pictures::player::{Played, table};
use serde_json::json;
use thirtyfour::Key;
use words::{en, moment};

use crate::axe;
use crate::experiments::busy;

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    assert_eq!(page.count(".player, .veil").await, 0, "there is nothing to be played");
    let report = page.run(busy(&["blocking", "event-loop", "threads"], 3)).await.expect("a good run");
    page.until("document.querySelector('#play')").await;
    every_moment_is_the_traces(&page, &report).await;
    keys_and_pointer_choose_the_moment(&page).await;
    axe::load(&page).await;
    axe::finds_nothing(&page, ".lab", "with the player open").await;
    it_plays_to_its_end(&page, "#play", "#player").await;
    page.press("#player .transport > button:last-of-type").await;
    assert_eq!(page.count(".veil, .now").await, 0, "all is shown again");
    it_stands_where_it_is_paused(&page).await;
    what_is_simulated_is_played(&page).await;
    a_run_ends_it(&page).await;
    what_is_opened_is_played(browser, &page).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// Steps to the next change; the first step opens the player.
async fn step_on(page: &Page<'_>, player: &str) {
    page.press(&format!("{player} .step:nth-of-type(3)")).await;
    page.until(&format!("document.querySelector('{player}.open')")).await;
}

/// The texts of the table that describes the moment.
const TABLE: &str = "return [...document.querySelectorAll('#moment-table tbody tr')]
    .map((row) => [...row.children].map((cell) => cell.innerText))";

/// Steps through the first changes, and compares what the page says with the report.
async fn every_moment_is_the_traces(page: &Page<'_>, report: &Report) {
    let shown = Shown::of(report);
    let played = |row: &pictures::ShownRow| {
        let phases = if row.repeats.is_some() { Vec::new() } else { shown.phases.clone() };
        Some(Played::of(&row.name, row.trace.as_ref()?, &phases))
    };
    let tracks: Vec<_> = shown.rows.iter().filter_map(played).collect();
    assert_eq!(tracks.len(), 3);
    step_on(page, "#player").await;
    page.press("#moment-as-table summary").await;
    page.until("document.querySelector('#moment-table')").await;
    let mut at = 0;
    let axis = tracks.iter().map(|track| track.moments().end()).max().expect("there are some");
    for step in 0..12 {
        at = tracks.iter().filter_map(|track| track.moments().next(at)).min().expect("it goes on");
        let moments: Vec<_> = tracks.iter().map(|track| track.moments().at(at)).collect();
        let expected = table(en::MOMENT_TABLE, tracks.iter().zip(&moments), at);
        let expected: Vec<_> = (0..expected.rows.len()).map(|row| expected.texts(row)).collect();
        assert_eq!(page.script(TABLE, vec![]).await, json!(expected), "step {step}, after {at} µs");
        assert_eq!(page.text("#player output").await, format!("{} of {}", moment(at), moment(axis)));
        let share = f64::from(at) / f64::from(axis);
        assert!((veiled(page).await - share).abs() < 0.002, "{} of the lanes at {share}", veiled(page).await);
        step_on(page, "#player").await;
    }
    let before = page.script("return document.querySelector('#player output').innerText", vec![]).await;
    page.press("#player .step:nth-of-type(2)").await;
    step_on(page, "#player").await;
    let after = page.script("return document.querySelector('#player output').innerText", vec![]).await;
    assert_eq!(before, after, "there and back");
    assert!(before.as_str().is_some_and(|told| !told.starts_with(&moment(at))), "that was a step on: {before}");
}

/// The part of the lanes that is not veiled, as a fraction of their width.
const VEILED: &str = "(() => {
    const veil = document.querySelector('.race .veil'), place = veil?.parentElement;
    const [left, all] = [veil, place].map((element) => element?.getBoundingClientRect());
    return (left?.left - all?.left) / all?.width;
})()";

async fn veiled(page: &Page<'_>) -> f64 {
    page.script(&format!("return {VEILED}"), vec![]).await.as_f64().expect("a number")
}

async fn keys_and_pointer_choose_the_moment(page: &Page<'_>) {
    page.script("document.querySelector('#moment').focus()", vec![]).await;
    // a key that was sent may not have arrived yet
    page.keys(Key::End + "").await;
    page.until(&format!("{VEILED} > 0.9")).await;
    page.keys(Key::Home + "").await;
    page.until(&format!("Math.abs({VEILED}) < 1e-4")).await;
    page.keys("...").await;
    page.until(&format!("{VEILED} > 1e-4")).await;
    page.keys(",,,").await;
    page.until(&format!("Math.abs({VEILED}) < 1e-4")).await;
    assert_eq!(page.script("return !!document.querySelector('#cancel')", vec![]).await, false, "no key runs it");
    // in the middle of the lanes
    page.press(".race .veil-place").await;
    page.until(&format!("{VEILED} > 0.45 && {VEILED} < 0.55")).await;
}

async fn it_plays_to_its_end(page: &Page<'_>, play: &str, player: &str) {
    let says = format!("document.querySelector('{play}').innerText");
    let choose = "const select = document.querySelector(arguments[0] + ' select');
        select.value = '1';
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    step_on(page, player).await;
    page.script(choose, vec![player.into()]).await;
    page.press(play).await;
    // the button says Play both before the start and after the end
    let [at_end, told] = [format!("{says} === 'Play'"), format!("document.querySelector('{player} output').innerText")];
    page.until(&format!("{at_end} && (([at, end]) => at === end)({told}.split(' of '))")).await;
}

/// Played a thousand times slower than it was, so that it cannot reach its end before it is paused.
async fn it_stands_where_it_is_paused(page: &Page<'_>) {
    let choose = "const select = document.querySelector('#player select');
        select.value = '1000';
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    step_on(page, "#player").await;
    page.script(choose, vec![]).await;
    page.press("#play").await;
    let moved = "window.began ??= document.querySelector('#player output').innerText,
        document.querySelector('#player output').innerText !== began";
    page.until(&format!("({moved})")).await;
    page.press("#play").await;
    page.until("document.querySelector('#play').innerText === 'Play'").await;
    let paused = veiled(page).await;
    page.wait("setTimeout(arguments[0], 300)", vec![]).await;
    assert_eq!(veiled(page).await, paused);
    page.press("#player .transport > button:last-of-type").await;
}

/// A recording from another machine can be played.
async fn what_is_opened_is_played(browser: &Browser, page: &Page<'_>) {
    let file = browser.has_file("recorded.json", include_str!("../../../docs/recorded/gil-threads-4.json"));
    page.type_into(".controls input[name=report]", file.to_str().expect("its path is text")).await;
    page.until("document.querySelector('.recording') && document.querySelector('#play')").await;
    step_on(page, "#player").await;
    assert!(page.count(".race .veil").await > 0);
    page.press("#moment-as-table summary").await;
    page.until("document.querySelectorAll('#moment-table tbody tr').length > 4").await;
    it_plays_to_its_end(page, "#play", "#player").await;
}

async fn what_is_simulated_is_played(page: &Page<'_>) {
    page.press(".what-if > summary").await;
    page.press("#simulate").await;
    page.until("document.querySelector('#simulated-player')").await;
    step_on(page, "#simulated-player").await;
    assert_eq!(page.count(".simulated .veil").await, 3, "one over each picture");
    assert_eq!(page.count(".race .veil").await, 0, "what was measured has its own");
    step_on(page, "#player").await;
    for table in ["moment-as-table", "simulated-moment-as-table"] {
        page.script("document.getElementById(arguments[0]).open = true", vec![table.into()]).await;
    }
    page.until("document.querySelector('#moment-table') && document.querySelector('#simulated-moment-table')").await;
    axe::finds_nothing(page, ".lab", "with both tables").await;
    page.press("#player .transport > button:last-of-type").await;
    it_plays_to_its_end(page, "#simulated-play", "#simulated-player").await;
}

async fn a_run_ends_it(page: &Page<'_>) {
    step_on(page, "#player").await;
    assert_eq!(page.count(".race .veil").await, 3);
    let none = page.run(busy(&["blocking"], 1)).await.expect("a good run");
    assert_eq!(none.runs.len(), 1);
    page.until_results().await;
    page.until("document.querySelector('#play')").await;
    assert_eq!(page.count(".veil").await, 0, "it was of another run");
}
