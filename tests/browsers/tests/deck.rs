//! Lanes behaves well in a deck: each request is answered once, keys that Lanes does not use reach the deck, and after
//! a slide is left only its last result stays.

use std::time::Duration;

use browsers::{Browser, Frame, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::experiments::{busy, runs_well};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let deck = Server::start(Site::parent(Frame {
        source: &format!("{}?view=embed", server.other_address()),
        isolated_parent: true,
        allow: true,
        credentialless: false,
    }));
    let page = Page::open(browser, &deck.address()).await;
    each_run_is_answered_once(&page).await;
    a_run_that_waits_can_be_cancelled(&page).await;
    what_is_refused_is_named(&page).await;
    keys_reach_the_deck(&page).await;
    a_slide_is_left_and_comes_back(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// All answers so far to messages with this id.
async fn answers(page: &Page<'_>, id: &str) -> Value {
    let script = "return recorder.messages.filter(({ type, id }) => id === arguments[0] && /result|error/.test(type))
        .map(({ type }) => type)";
    page.script(script, vec![id.into()]).await
}

/// Sends all of these messages at once.
async fn say_in_one_breath(page: &Page<'_>, messages: &Value) {
    page.script(
        "JSON.parse(arguments[0]).forEach((message) => recorder.say(message))",
        vec![messages.to_string().into()],
    )
    .await;
}

async fn each_run_is_answered_once(page: &Page<'_>) {
    // one run is cancelled, and the next one requested
    for strategy in ["event-loop", "processes"] {
        page.script("recorder.forget()", vec![]).await;
        let first = page.start(busy(&[strategy], 50)).await;
        page.hear(&first, &["lanes:progress"]).await;
        let next = json!({ "type": "lanes:run", "id": "next", "experiment": busy(&[strategy], 1) });
        say_in_one_breath(page, &json!([{ "type": "lanes:cancel", "id": first }, next])).await;
        page.outcome("next").await.expect("it waits for the end of the one before");
        assert_eq!(answers(page, &first).await, json!(["lanes:error"]), "{strategy}");
        assert_eq!(answers(page, "next").await, json!(["lanes:result"]), "{strategy}");
    }
    // one run is requested twice, and another one while the first runs
    let wish = json!({ "type": "lanes:run", "id": "wish", "experiment": busy(&["event-loop"], 5) });
    let other = json!({ "type": "lanes:run", "id": "other", "experiment": busy(&["event-loop"], 5) });
    say_in_one_breath(page, &json!([wish, wish, other])).await;
    page.outcome("wish").await.expect("a good run");
    assert_eq!(answers(page, "wish").await, json!(["lanes:result"]));
    assert_eq!(answers(page, "other").await, json!(["lanes:error"]));
}

/// A run that waits for the end of the one before can be cancelled by its id, or by leaving the slide. A run that is
/// requested after that runs.
async fn a_run_that_waits_can_be_cancelled(page: &Page<'_>) {
    for strategy in ["event-loop", "processes"] {
        for then in [json!({ "type": "lanes:cancel", "id": "second" }), json!("slide:stop")] {
            let run = |id: &str| json!({ "type": "lanes:run", "id": id, "experiment": busy(&[strategy], 50) });
            page.script("recorder.forget()", vec![]).await;
            page.post(&run("first")).await;
            page.hear("first", &["lanes:progress"]).await;
            let first = json!({ "type": "lanes:cancel", "id": "first" });
            say_in_one_breath(page, &json!([first, run("second"), then])).await;
            for id in ["first", "second"] {
                page.outcome(id).await.expect_err("it was cancelled");
            }
            let third = json!({ "type": "lanes:run", "id": "third", "experiment": busy(&[strategy], 1) });
            page.post(&third).await;
            page.outcome("third").await.expect("a good run");
            for (id, answer) in [("first", "lanes:error"), ("second", "lanes:error"), ("third", "lanes:result")] {
                assert_eq!(answers(page, id).await, json!([answer]), "{strategy}, {then}: {id}");
            }
        }
        // a run that is requested after the slide was left still runs
        page.script("recorder.forget()", vec![]).await;
        let long = page.start(busy(&[strategy], 50)).await;
        page.hear(&long, &["lanes:progress"]).await;
        let wish = json!({ "type": "lanes:run", "id": "wish", "experiment": busy(&[strategy], 1) });
        say_in_one_breath(page, &json!(["slide:stop", wish])).await;
        page.outcome(&long).await.expect_err("its slide was left");
        page.outcome("wish").await.expect("it was asked for after that");
    }
}

async fn what_is_refused_is_named(page: &Page<'_>) {
    let say = |id: &str, value: &str| {
        format!(
            "recorder.say({{ type: 'lanes:run', id: '{id}', experiment: {{ workload: 'primes', size: 1000, \
             strategies: 'blocking', samples: 1, seed: {value} }} }})"
        )
    };
    page.script(&say("big", "12345n"), vec![]).await;
    let report = page.outcome("big").await.expect("a big integer is a number");
    assert_eq!(report.experiment["seed"], 12345);
    page.script(&say("large", "2 ** 63"), vec![]).await;
    let message = page.hear("large", &["lanes:result", "lanes:error"]).await;
    let problems = message["problems"].as_array().cloned().unwrap_or_default();
    assert!(
        problems.iter().any(|problem| problem.as_str().is_some_and(|text| text.contains("not exact"))),
        "{message}"
    );
    page.script(&say("map", "(() => { const own = {}; own.own = own; return own; })()"), vec![]).await;
    let message = page.hear("map", &["lanes:result", "lanes:error"]).await;
    let problems = message["problems"].as_array().cloned().unwrap_or_default();
    assert!(problems.iter().any(|problem| problem.as_str().is_some_and(|text| text.contains("seed"))), "{message}");
}

/// Records the keys that reach the deck.
const HEAR_KEYS: &str = "window.heard = [];
    addEventListener('message', ({ data }) => data?.type === 'lanes:key' && heard.push(data))";

async fn heard(page: &Page<'_>) -> Value {
    page.script("return heard.splice(0).map(({ key }) => key)", vec![]).await
}

/// A key with modifiers.
const WITH_MODIFIERS: &str = "document.body.dispatchEvent(new KeyboardEvent('keydown',
    { key: 'R', code: 'KeyR', shiftKey: true, altKey: true, bubbles: true, cancelable: true }))";

/// A key that is held down: it goes down once, and then again and again.
const HELD: &str = "const [key] = arguments, code = key === 'r' ? 'KeyR' : key;
    for (const repeat of [false, true, true]) {
        const event = new KeyboardEvent('keydown', { key, code, repeat, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
    }";

async fn keys_reach_the_deck(page: &Page<'_>) {
    let long = page.start(busy(&["event-loop"], 50)).await;
    page.hear(&long, &["lanes:progress"]).await;
    page.cancel(&long).await;
    page.outcome(&long).await.expect_err("it was cancelled, and stays chosen");
    page.script(HEAR_KEYS, vec![]).await;
    page.enter_frame("lanes").await;
    page.press("#run").await;
    page.until("document.querySelector('#cancel')").await;
    page.keys(Key::Escape + "").await; // is Lanes' own: it cancels
    page.until("document.querySelector('#run')").await;
    for key in [Key::Right, Key::Left, Key::Up, Key::Down, Key::PageDown, Key::PageUp] {
        page.keys(key + "").await;
    }
    for key in [Key::Space, Key::Home, Key::End, Key::Escape] {
        page.keys(key + "").await;
    }
    page.keys("fb").await;
    // held down: a key that ran or cancelled belongs to Lanes until it is released
    page.script(HELD, vec!["r".into()]).await;
    page.until("document.querySelector('#cancel')").await;
    page.script(HELD, vec!["Escape".into()]).await;
    page.until("document.querySelector('#run')").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(page.script("return !!document.querySelector('#run')", vec![]).await, json!(true), "space ran it");
    page.leave_frame().await;
    let arrows = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"];
    let told = [&arrows[..], &["PageDown", "PageUp", " ", "Home", "End", "Escape", "f", "b"]].concat();
    assert_eq!(heard(page).await, json!(told));

    // with modifiers it is not Lanes' own key, and the deck gets all of its properties
    page.script_in_frame("lanes", WITH_MODIFIERS, vec![]).await;
    page.until("heard.length").await;
    let whole = json!([{
        "type": "lanes:key", "key": "R", "code": "KeyR", "shiftKey": true, "ctrlKey": false, "altKey": true,
        "metaKey": false, "repeat": false,
    }]);
    assert_eq!(page.script("return heard.splice(0)", vec![]).await, whole);

    // Keys that are typed into a field, move a slider, or are Lanes' own do not reach the deck; with the keyboard
    // alone, the space bar presses the element with the focus. Before that: earlier keys have scrolled the frame and,
    // at its end, the page around it, which makes WebKit's driver aim beside its target.
    page.stands_still().await;
    page.script("scrollTo(0, 0)", vec![]).await;
    page.enter_frame("lanes").await;
    page.stands_still().await;
    page.press(".sheets > :last-child summary").await;
    page.type_into("[name=seed]", "1").await;
    page.type_into("[name=seed]", Key::Left + "").await;
    page.type_into("[name=size]", Key::Right + "").await;
    page.keys(Key::Escape + "").await; // shuts the sheet
    page.keys("r").await;
    page.until("document.querySelector('#cancel')").await;
    page.keys(Key::Escape + "").await; // cancels
    page.until("document.querySelector('#run')").await;
    page.keys(Key::Tab + "").await; // from now on without a pointer
    page.script("document.querySelector('#run').focus()", vec![]).await;
    page.keys(Key::Space + "").await;
    page.until("document.querySelector('#cancel')").await;
    page.keys(Key::Escape + "").await;
    page.until("document.querySelector('#run')").await;
    page.leave_frame().await;
    assert_eq!(heard(page).await, json!([]));
}

/// Sends a message as reveal.js sends it to the frames of a slide.
async fn tell(page: &Page<'_>, word: &str) {
    page.script(
        "document.querySelector('iframe[name=lanes]').contentWindow.postMessage(arguments[0], '*')",
        vec![word.into()],
    )
    .await;
}

async fn a_slide_is_left_and_comes_back(page: &Page<'_>) {
    let report = page.run(busy(&["event-loop"], 2)).await.expect("a good run");
    let run = page.start(busy(&["event-loop"], 2)).await;
    page.hear(&run, &["lanes:progress"]).await;
    tell(page, "slide:stop").await;
    page.outcome(&run).await.expect_err("nobody looks at it");
    tell(page, "slide:start").await;
    page.enter_frame("lanes").await;
    page.until("document.querySelector('.recording')?.innerText.startsWith('The last result of this experiment.')")
        .await;
    let said = page.script("return document.querySelector('#headline').innerText", vec![]).await;
    let headline = &report.verdict.findings.first().expect("something was found").text;
    assert_eq!(said.as_str(), Some(headline.as_str()), "the result that was there before");
    let label = page.script("return document.querySelector('.recording').innerText", vec![]).await;
    let made = report.made.as_deref().expect("it was made here and now").replace('T', " ");
    let made = made.split('.').next().expect("a time");
    assert!(label.as_str().is_some_and(|label| label.contains(made)), "{label} says no {made}");
    page.leave_frame().await;
    runs_well(page, &["event-loop", "processes"]).await;
}
