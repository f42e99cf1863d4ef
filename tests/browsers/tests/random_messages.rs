//! Whatever messages the parent sends, nothing crashes, every request for a run is answered once, and the page still
//! runs.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::random::{MANY, is_as_good_as_ever, junk, key, pick};

in_every_engine!(story);

/// Makes the same messages each time.
const SEED: u64 = 3;

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    page.script(SAY_WHAT_JSON_CANNOT, vec![]).await;
    let mut random = Rng::with_seed(SEED);
    let messages: Vec<Value> = (0..MANY).map(|number| message(&mut random, number)).collect();
    for some in messages.chunks(20) {
        page.script("arguments[0].forEach(recorder.say)", vec![some.into()]).await;
    }
    let asked = messages.iter().filter(|message| message["type"] == "lanes:run").count();
    every_request_is_answered(&page, asked + ASKED_WITHOUT_JSON).await;
    is_as_good_as_ever(browser, &page).await;
}

/// Cancels what still runs, and waits until each `lanes:run` has its result or its error.
async fn every_request_is_answered(page: &Page<'_>, asked: usize) {
    let cancel = "for (const { type, id } of [...recorder.messages]) {
            if (type === 'lanes:progress') recorder.post(JSON.stringify({ type: 'lanes:cancel', id }));
        }";
    page.script(cancel, vec![]).await;
    // "lanes:result" is among the junk, but without a report
    let answered = "const [asked, done] = arguments;
        const answers = () => recorder.messages.filter((message) => 'report' in message || 'message' in message);
        (function look() { answers().length >= asked ? done(answers().length) : setTimeout(look, 50) })();";
    assert_eq!(page.wait(answered, vec![asked.into()]).await, json!(asked), "answers to requests to run");
}

/// Posts values that JSON cannot express; [`ASKED_WITHOUT_JSON`] of them ask for a run.
const SAY_WHAT_JSON_CANNOT: &str = "
    const cycle = { type: 'lanes:run', id: 'cycle' };
    cycle.experiment = cycle;
    const odd = [undefined, null, 0n, NaN, -0, new Date(), new Map([['type', 'lanes:run']]), new Set([1]), /x/,
        new ArrayBuffer(8), new Uint8Array(4), new Error('odd'), new Blob(['odd']), [], [['lanes:run']], cycle,
        { type: new String('lanes:hello') }, { type: ['lanes:hello'] }, { type: 'lanes:cancel', id: 1n },
        { type: 'lanes:cancel', id: new Map() }, { type: 'lanes:cancel' }];
    for (const value of odd) recorder.say(value);";

const ASKED_WITHOUT_JSON: usize = 1;

/// A message: junk, one of Lanes' messages with junk in it, or one of a type that only the page sends.
fn message(random: &mut Rng, number: usize) -> Value {
    let kind = match random.u8(0..8) {
        0 => return junk(random, 4),
        1 => junk(random, 1),
        2 | 3 => "lanes:run".into(),
        4 | 5 => "lanes:cancel".into(),
        6 => "lanes:hello".into(),
        _ => pick(random, &["lanes:", "LANES:RUN", "lanes:result", "lanes:ready", "lanes:stop"]).into(),
    };
    let id = if random.bool() { number.into() } else { junk(random, 2) };
    let mut message = json!({ "type": kind, "id": id, "experiment": experiment(random) });
    if random.u8(0..4) == 0 {
        message[random.alphanumeric().to_string()] = junk(random, 3);
    }
    if random.u8(0..8) == 0 {
        message.as_object_mut().expect("it is one").remove("id");
    }
    message
}

fn experiment(random: &mut Rng) -> Value {
    if random.bool() {
        return junk(random, 3);
    }
    let pairs = (0..random.usize(0..6)).map(|_| (key(random).to_owned(), junk(random, 2)));
    Value::Object(pairs.collect())
}
