//! Whatever the parent says, nothing crashes, every request to run is answered once, and the page still runs.

use browsers::{Browser, Engine, Page, Server, Site, visit};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::experiments::{STRATEGIES, runs_well};

const MESSAGES: usize = 1000;
/// Makes the same messages each time.
const SEED: u64 = 3;

#[test]
fn chromium() {
    visit(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    page.script(SAY_WHAT_JSON_CANNOT, vec![]).await;
    let mut random = Rng::with_seed(SEED);
    let messages: Vec<Value> = (0..MESSAGES).map(|number| message(&mut random, number)).collect();
    for some in messages.chunks(20) {
        page.script("arguments[0].forEach(recorder.say)", vec![some.into()]).await;
    }
    let asked = messages.iter().filter(|message| message["type"] == "lanes:run").count();
    every_request_is_answered(&page, asked + ASKED_WITHOUT_JSON).await;
    assert_eq!(page.errors().await, [""; 0]);
    assert_eq!(browser.complaints().await, [""; 0]);
    runs_well(&page, &STRATEGIES).await;
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

/// Values that can be posted, but that JSON does not have; [`ASKED_WITHOUT_JSON`] of them ask for a run.
const SAY_WHAT_JSON_CANNOT: &str = "
    const cycle = { type: 'lanes:run', id: 'cycle' };
    cycle.experiment = cycle;
    const odd = [undefined, null, 0n, NaN, -0, new Date(), new Map([['type', 'lanes:run']]), new Set([1]), /x/,
        new ArrayBuffer(8), new Uint8Array(4), new Error('odd'), new Blob(['odd']), [], [['lanes:run']], cycle,
        { type: new String('lanes:hello') }, { type: ['lanes:hello'] }, { type: 'lanes:cancel', id: 1n },
        { type: 'lanes:cancel', id: new Map() }, { type: 'lanes:cancel' }];
    for (const value of odd) recorder.say(value);";

const ASKED_WITHOUT_JSON: usize = 1;

/// A message: junk, one of ours with junk in it, or one of those that only the page sends.
fn message(random: &mut Rng, number: usize) -> Value {
    let kind = match random.u8(0..8) {
        0 => return junk(random, 4),
        1 => junk(random, 1),
        2 | 3 => "lanes:run".into(),
        4 | 5 => "lanes:cancel".into(),
        6 => "lanes:hello".into(),
        _ => (*random.choice(&["lanes:", "LANES:RUN", "lanes:result", "lanes:ready", "lanes:stop"][..]).expect("some"))
            .into(),
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
    const KEYS: [&str; 12] = [
        "workload",
        "strategies",
        "workers",
        "samples",
        "seed",
        "theme",
        "view",
        "chapter",
        "trace",
        "size",
        "wait",
        "iterations",
    ];
    if random.bool() {
        return junk(random, 3);
    }
    let pairs = (0..random.usize(0..6)).map(|_| {
        let key = random.choice(&KEYS[..]).expect("there are some");
        ((*key).to_owned(), junk(random, 2))
    });
    Value::Object(pairs.collect())
}

/// Any JSON, nested at most so deep.
fn junk(random: &mut Rng, depth: usize) -> Value {
    match random.u8(0..if depth == 0 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i64(..).into(),
        3 => (random.f64() * 1e300).into(),
        4 => "x".repeat(random.usize(0..300)).into(),
        5 => random.char('\u{0}'..='\u{10FFFF}').to_string().into(),
        6 => (0..random.usize(0..5)).map(|_| junk(random, depth - 1)).collect(),
        _ => Value::Object(
            (0..random.usize(0..5)).map(|_| (random.alphabetic().to_string(), junk(random, depth - 1))).collect(),
        ),
    }
}
