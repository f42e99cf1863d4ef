//! Where there is no room for a worker's memory, the run waits until there is: those of workers that were ended a moment
//! ago are given back a little later, those that the page has seen when its garbage is collected. The page sees to it that this
//! happens before there is no room.

use browsers::{Browser, Engine, Page, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::{STRATEGIES, runs_well};

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let both: &[_] = &["threads", "processes"];
    for (crowd, strategies) in [(IN_A_WORKER, both), (FORGOTTEN, both), (FORGOTTEN_BUT_TWO, &["processes"])] {
        let taken = page.wait(&format!("{TAKE_ALL} {crowd}"), vec![json!(MANY)]).await;
        let taken = taken.as_u64().expect("a number of memories");
        if browser.engine == Engine::WebKit {
            assert!(taken < MANY, "there was room for more than {MANY} memories, and so nothing was tried");
        }
        runs_well(&page, strategies).await;
    }
    assert_eq!(page.errors().await, [""; 0]);
    if browser.engine == Engine::WebKit {
        memories_of_the_ended_stay_few(browser, &server).await;
    }
}

/// What a run has at once, and what keeps no browser from anything, and no more.
const FEW: u64 = 24;
/// Under all strategies.
const RUNS: usize = 7;

/// They took the room of ordinary arrays; in other browsers there is more.
async fn memories_of_the_ended_stay_few(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &server.address()).await;
    page.script(COUNT, vec![]).await;
    for _ in 0..RUNS {
        runs_well(&page, &STRATEGIES).await;
    }
    let [seen, most]: [u64; 2] =
        serde_json::from_value(page.script("return [counted.seen, counted.most]", vec![]).await).expect("two numbers");
    println!("{seen} memories seen, up to {most} of them not yet collected");
    assert!(seen > FEW, "the page saw {seen} memories only");
    assert!(most <= FEW, "{most} of {seen} memories were there at once");
}

/// Counts the memories that the page gets to see, and how many of them are there at most before they are collected.
const COUNT: &str = "
    window.counted = { seen: 0, there: 0, most: 0 };
    const registry = new FinalizationRegistry(() => counted.there--);
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
    const met = new WeakSet();
    Object.defineProperty(MessageEvent.prototype, 'data', { ...data, get() {
        const message = data.get.call(this);
        for (const part of Array.isArray(message) ? message : []) {
            if (!(part instanceof WebAssembly.Memory) || met.has(part)) continue;
            met.add(part);
            registry.register(part, null);
            counted.seen++;
            counted.most = Math.max(counted.most, ++counted.there);
        }
        return message;
    } });";

/// More than WebKit has room for.
const MANY: u64 = 200;

/// Takes as many memories as can be had, each as large as one of ours may grow.
const TAKE_ALL: &str = "
    function takeAll(many) {
        const taken = [];
        try {
            while (taken.length < many) {
                taken.push(new WebAssembly.Memory({ initial: 1, maximum: 8192, shared: true }));
            }
        } catch {}
        return taken;
    }
    const [many, done] = arguments;";

/// A worker has them, and is ended after 2 s.
const IN_A_WORKER: &str = "
    const code = `${takeAll}; self.taken = takeAll(${many}); postMessage(taken.length)`;
    const crowd = new Worker(URL.createObjectURL(new Blob([code])));
    crowd.onmessage = ({ data }) => done(data);
    setTimeout(() => crowd.terminate(), 2000);";

/// The page had them, and nobody needs them any more.
const FORGOTTEN: &str = "done(takeAll(many).length);";

/// The same, but there is room for two more: a browser that looks for garbage only where it finds no room does not look when
/// one or two are wanted, and who needs three is told that there is none.
const FORGOTTEN_BUT_TWO: &str = "
    const all = takeAll(many).length;
    setTimeout(() => {
        takeAll(all - 2);
        done(all);
    });";
