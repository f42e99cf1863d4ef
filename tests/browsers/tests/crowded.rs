//! Where there is no room for a worker's memory, the run waits until there is: the memories of workers that have just
//! ended are freed a little later, and those that the page has seen when its garbage is collected. The page makes this
//! happen before room runs out.

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

/// The maximum number of memories that may exist at once: as many as a run needs, and few enough for any browser.
const FEW: u64 = 24;
/// The number of runs, each under all strategies.
const RUNS: usize = 7;

/// Memories of ended workers must stay few, because in WebKit they take the room of ordinary arrays; other browsers
/// have more room.
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

/// Counts the memories that the page sees, and the largest number of them that existed at once.
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

/// A number of memories for which WebKit has no room.
const MANY: u64 = 200;

/// Takes as many memories as possible, each with the maximum size of one of ours.
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

/// A worker takes them, and is ended after 2 s.
const IN_A_WORKER: &str = "
    const code = `${takeAll}; self.taken = takeAll(${many}); postMessage(taken.length)`;
    const crowd = new Worker(URL.createObjectURL(new Blob([code])));
    crowd.onmessage = ({ data }) => done(data);
    setTimeout(() => crowd.terminate(), 2000);";

/// The page takes them, and drops them at once.
const FORGOTTEN: &str = "done(takeAll(many).length);";

/// Like [`FORGOTTEN`], but leaves room for two more. A browser that collects garbage only when it finds no room does
/// not collect it when one or two memories are requested, and a run that needs three gets an error.
const FORGOTTEN_BUT_TWO: &str = "
    const all = takeAll(many).length;
    setTimeout(() => {
        takeAll(all - 2);
        done(all);
    });";
