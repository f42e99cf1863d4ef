//! Where there is no room for a worker's memory, the run waits until there is: those of workers that were ended a moment
//! ago are given back a little later, those that the page has seen when its garbage is collected.

use browsers::{Browser, Engine, Page, Server, Site, in_every_engine};
use serde_json::json;

use crate::experiments::runs_well;

in_every_engine!(story);

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    for crowd in [IN_A_WORKER, FORGOTTEN] {
        let taken = page.wait(&format!("{TAKE_ALL} {crowd}"), vec![json!(MANY)]).await;
        let taken = taken.as_u64().expect("a number of memories");
        if browser.engine == Engine::WebKit {
            assert!(taken < MANY, "there was room for more than {MANY} memories, and so nothing was tried");
        }
        runs_well(&page, &["threads", "processes"]).await;
    }
    assert_eq!(page.errors().await, [""; 0]);
}

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
