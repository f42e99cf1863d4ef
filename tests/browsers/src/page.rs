//! The opened page, as a deck sees it: it says that it is ready, and answers messages.
//!
//! Works the same for a page at top level and for one in a frame: the recorder in the opened document talks to
//! whichever window Lanes is in.

use std::cell::Cell;
use std::time::{Duration, Instant};

use lab::report::Report;
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::{By, TypingData, WebElement};

use crate::Browser;

/// How long the page may take until it says that it is ready, including a reload for isolation.
const READY_LIMIT: Duration = Duration::from_secs(30);

/// Brings the element that the first argument selects into view, waits until its place is the same two frames later
/// (where there are no frames, 200 ms stand for one), and from then on notes which element gets the next click.
const AIM: &str = "const [selector, done] = arguments;
    const element = document.querySelector(selector);
    const frame = () => new Promise((next) => { requestAnimationFrame(next); setTimeout(next, 200); });
    const place = () => JSON.stringify(element.getBoundingClientRect());
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    (async () => {
        for (let before; before !== place(); ) { before = place(); await frame(); await frame(); }
        // a click on what is switched off is nobody's, and one on an option its list's
        const nobodys = element.matches(':disabled, option');
        window.aimed = nobodys ? { hit: null } : {};
        const note = ({ target, clientX, clientY }) => {
            const missed = () => `${target.outerHTML.slice(0, 200)} at ${clientX}, ${clientY}, not within ${place()},`;
            aimed.hit = element.contains(target) ? null : missed();
        };
        if (!nobodys) addEventListener('click', note, { capture: true, once: true });
        done();
    })();";
/// Waits until the document has not scrolled for some frames.
const STILL: &str = "const [done] = arguments;
    let left = 0, before;
    (function look() {
        const now = `${scrollX} ${scrollY}`;
        left = now === before ? left - 1 : 12;
        before = now;
        left > 0 ? setTimeout(look, 50) : done();
    })()";
/// Waits for the click of [`AIM`], and describes the element that got it if it is another one. A click may also have
/// opened another document.
const HIT: &str = "const [done] = arguments;
    (function look() { window.aimed && aimed.hit === undefined ? setTimeout(look, 20) : done(window.aimed?.hit); })()";

/// What a page that does not get ready shows, and which files it has by now.
const STATE: &str =
    "const files = performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd > 0);
    return {
        address: location.href, state: document.readyState, isolated: crossOriginIsolated,
        serviceWorker: navigator.serviceWorker?.controller?.state, seconds: performance.now() / 1000,
        text: document.body?.innerText.slice(0, 200), files: files.map(({ name }) => name.split('/').pop()),
    }";

/// The result of a run: the report, or the sentence that the page says instead.
pub type Outcome = Result<Report, String>;

/// An opened page.
pub struct Page<'b> {
    browser: &'b Browser,
    /// The number of runs requested so far.
    runs: Cell<usize>,
}

/// What `lanes:ready` says that the page can do.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Capabilities {
    /// The ids of all workloads.
    pub workloads: Vec<String>,
    /// All strategies, whether they can run here or not.
    pub strategies: Vec<StrategyOffer>,
    /// The number of cores that the machine claims to have.
    pub claimed_cores: usize,
    /// Whether memory can be shared with workers.
    pub shared_memory: bool,
}

/// One strategy of [`Capabilities`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct StrategyOffer {
    /// Its id.
    pub id: String,
    /// Whether it can run on this page.
    pub available: bool,
    /// Why it cannot run; `None` if it can.
    pub reason: Option<String>,
}

impl Capabilities {
    /// The strategies that cannot run, and why not.
    pub fn unavailable(&self) -> Vec<(&str, &str)> {
        let out = self.strategies.iter().filter(|strategy| !strategy.available);
        out.map(|strategy| (strategy.id.as_str(), strategy.reason.as_deref().unwrap_or_default())).collect()
    }
}

impl<'b> Page<'b> {
    /// Goes to `address` and waits until Lanes, there or in a frame, is ready.
    ///
    /// # Panics
    /// When it does not get ready; the message says what the page complained about.
    pub async fn open(browser: &'b Browser, address: &str) -> Self {
        let page = Self::go(browser, address).await;
        page.is_ready().await;
        page
    }

    /// Goes to `address`, whether Lanes gets ready there or not.
    ///
    /// # Panics
    /// When the document cannot be loaded.
    pub async fn go(browser: &'b Browser, address: &str) -> Self {
        browser.driver.goto(address).await.unwrap_or_else(|error| panic!("{:?}: {error}", browser.engine));
        Self { browser, runs: Cell::new(0) }
    }

    /// Waits until Lanes is ready, in the document that is open by now.
    ///
    /// # Panics
    /// When it does not get ready.
    pub async fn is_ready(&self) {
        let began = Instant::now();
        while self.capabilities().await.is_none() {
            if began.elapsed() > READY_LIMIT {
                let (errors, state) = (self.errors().await, self.script(STATE, vec![]).await);
                panic!("{:?}: the page never gets ready; it says {errors:?}, and is {state}", self.browser.engine);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until Lanes has said that nothing is missing any longer. It sends no further `lanes:ready` after that.
    ///
    /// # Panics
    /// When something stays missing.
    pub async fn is_complete(&self) {
        let complete = "({ type, capabilities }) => type === 'lanes:ready' && capabilities.complete";
        self.until(&format!("recorder.messages.some({complete})")).await;
    }

    /// Does `by`, which loads the page again, and waits until it is ready.
    ///
    /// # Panics
    /// When it is not loaded, or does not get ready.
    pub async fn is_loaded_again(&self, by: impl Future<Output = ()>) {
        self.script("window.old = true", vec![]).await;
        by.await;
        let began = Instant::now();
        // fails while one document makes way for the other
        while !self.browser.driver.execute("return !window.old", vec![]).await.is_ok_and(|new| *new.json() == true) {
            assert!(began.elapsed() < READY_LIMIT, "{:?}: the page is not loaded again", self.browser.engine);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.is_ready().await;
    }

    /// What the last `lanes:ready` said; `None` if there was none since the document was loaded.
    pub async fn capabilities(&self) -> Option<Capabilities> {
        // fails while the page reloads, and before the recorder is there
        let said = self.browser.driver.execute("return recorder.last('lanes:ready')", vec![]).await.ok()?;
        let message: Option<Value> = serde_json::from_str(said.json().as_str()?).expect("the recorder writes JSON");
        let capabilities = message?["capabilities"].take();
        Some(serde_json::from_value(capabilities).expect("lanes:ready has its capabilities"))
    }

    /// Runs an experiment, given by the URL's keys, to its end.
    pub async fn run(&self, experiment: Value) -> Outcome {
        let run = self.start(experiment).await;
        self.outcome(&run).await
    }

    /// Asks for a run, and returns its id at once.
    pub async fn start(&self, experiment: Value) -> String {
        self.runs.set(self.runs.get() + 1);
        let run = format!("run {}", self.runs.get());
        self.post(&json!({ "type": "lanes:run", "id": run, "experiment": experiment })).await;
        run
    }

    /// Waits for the end of a run.
    ///
    /// # Panics
    /// When it does not end within the limit for scripts, or its report cannot be read.
    pub async fn outcome(&self, run: &str) -> Outcome {
        let mut message = self.hear(run, &["lanes:result", "lanes:error"]).await;
        match message["type"].as_str() {
            Some("lanes:result") => Ok(serde_json::from_value(message["report"].take()).expect("a report")),
            _ => {
                // where the page stopped at an error in its own code, the output of a failing test shows where that was
                let details = "return document.querySelector('#broken:not([hidden]) #broken-details')?.textContent";
                if let Some(details) = self.script(details, vec![]).await.as_str() {
                    println!("{details}");
                }
                Err(message["message"].as_str().expect("lanes:error says a sentence").into())
            }
        }
    }

    /// The first message of one of these types about a run, as soon as there is one.
    ///
    /// # Panics
    /// When there is none within the limit for scripts, or an error comes that was not asked for.
    pub async fn hear(&self, run: &str, types: &[&str]) -> Value {
        const LAST: &str = "return [JSON.stringify(recorder.messages.slice(-4)).slice(-800), document.body.innerText]";
        let wanted = [types, &["lanes:error"]].concat();
        let heard = self.browser.driver.execute_async("recorder.until(...arguments)", vec![run.into(), wanted.into()]);
        let heard = match heard.await {
            Ok(heard) => heard.json().clone(),
            Err(error) => {
                let last = self.script(LAST, vec![]).await;
                panic!("{:?}: {error}\nnone of {types:?} for {run}; last: {last}", self.browser.engine)
            }
        };
        let message: Value = serde_json::from_str(heard.as_str().expect("text")).expect("the recorder writes JSON");
        assert!(types.iter().any(|wanted| message["type"] == *wanted), "not {types:?} but {message}");
        message
    }

    /// Asks for the end of a run.
    pub async fn cancel(&self, run: &str) {
        self.post(&json!({ "type": "lanes:cancel", "id": run })).await;
    }

    /// Sends any JSON value to Lanes as a message.
    pub async fn post(&self, message: &Value) {
        self.script("recorder.post(arguments[0])", vec![message.to_string().into()]).await;
    }

    /// The progress that a run has reported so far, one pair per message: samples done, and samples in all.
    pub async fn progress(&self, run: &str) -> Vec<(usize, usize)> {
        let script =
            "return recorder.messages.filter(({ type, id }) => type === 'lanes:progress' && id === arguments[0])
            .map(({ done, total }) => [done, total])";
        serde_json::from_value(self.script(script, vec![run.into()]).await).expect("two numbers each")
    }

    /// Presses the element that `selector` selects once it stands still, and returns when the page has received the
    /// click: browsers pass clicks through other processes, and on a busy machine the next request can overtake one.
    ///
    /// # Panics
    /// When there is nothing to press, or another element gets the click.
    pub async fn press(&self, selector: &str) {
        let element = self.find(selector).await;
        self.wait(AIM, vec![selector.into()]).await;
        element.click().await.unwrap_or_else(|error| panic!("{:?}: {selector}: {error}", self.browser.engine));
        // no answer: the click has opened another document
        let Ok(hit) = self.browser.driver.execute_async(HIT, vec![]).await else { return };
        let hit = hit.json();
        assert!(hit.is_null(), "{:?}: instead of {selector}, {hit} has the click", self.browser.engine);
    }

    /// Waits until the document no longer scrolls. In some browsers keys scroll it for a while, and at the end of a
    /// frame's document the page around it scrolls on.
    ///
    /// # Panics
    /// When it never stands still.
    pub async fn stands_still(&self) {
        self.wait(STILL, vec![]).await;
    }

    /// Double-clicks what `selector` selects.
    ///
    /// # Panics
    /// When there is nothing to press.
    pub async fn press_twice(&self, selector: &str) {
        let element = self.find(selector).await;
        self.wait(AIM, vec![selector.into()]).await;
        let twice = self.browser.driver.action_chain().double_click_element(&element).perform().await;
        twice.unwrap_or_else(|error| panic!("{:?}: {selector}: {error}", self.browser.engine));
    }

    /// Types into what `selector` selects.
    ///
    /// # Panics
    /// When there is nothing that takes keys.
    pub async fn type_into(&self, selector: &str, keys: impl Into<TypingData>) {
        let typed = self.find(selector).await.send_keys(keys).await;
        typed.unwrap_or_else(|error| panic!("{:?}: {selector}: {error}", self.browser.engine));
    }

    /// Types, wherever the keyboard's focus is.
    ///
    /// # Panics
    /// When the browser has no keyboard.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        let typed = self.browser.driver.action_chain().send_keys(keys).perform().await;
        typed.unwrap_or_else(|error| panic!("{:?}: {error}", self.browser.engine));
    }

    async fn find(&self, selector: &str) -> WebElement {
        let found = self.browser.driver.find(By::Css(selector.to_owned())).await;
        found.unwrap_or_else(|error| panic!("{:?}: {selector}: {error}", self.browser.engine))
    }

    /// Waits until `condition`, a JavaScript expression, is true; the limit is that of scripts.
    ///
    /// # Panics
    /// When it never is.
    pub async fn until(&self, condition: &str) {
        let look = "(function look() { CONDITION ? done(true) : setTimeout(look, 20) })()";
        self.wait(&format!("const done = arguments[0]; {}", look.replace("CONDITION", condition)), vec![]).await;
    }

    /// Waits until a run that was started by hand has its results on the page.
    ///
    /// # Panics
    /// When the page says why they do not come, or they never do.
    pub async fn until_results(&self) {
        let done = "document.querySelector('#run') && document.querySelector('#results tbody tr')";
        self.until(&format!("document.querySelector('#headline.failed') || {done}")).await;
        let failed = self.script("return document.querySelector('#headline.failed')?.textContent", vec![]).await;
        assert_eq!(failed, Value::Null, "{:?}: no results", self.browser.engine);
    }

    /// How many elements `selector` selects.
    ///
    /// # Panics
    /// When `selector` is not valid.
    pub async fn count(&self, selector: &str) -> u64 {
        let count = self.script("return document.querySelectorAll(arguments[0]).length", vec![selector.into()]).await;
        count.as_u64().expect("a number")
    }

    /// The visible text of the first element that `selector` selects; empty where there is none.
    ///
    /// # Panics
    /// When `selector` is not valid.
    pub async fn text(&self, selector: &str) -> String {
        let text =
            self.script("return document.querySelector(arguments[0])?.innerText ?? ''", vec![selector.into()]).await;
        text.as_str().expect("a text").to_owned()
    }

    /// All uncaught errors since the document was loaded, as far as the page can see them.
    pub async fn errors(&self) -> Vec<String> {
        serde_json::from_value(self.script("return recorder.errors", vec![]).await).expect("texts")
    }

    /// Runs JavaScript in the opened document and returns its value.
    ///
    /// # Panics
    /// When it throws.
    pub async fn script(&self, code: &str, arguments: Vec<Value>) -> Value {
        let value = self.browser.driver.execute(code, arguments).await;
        value.unwrap_or_else(|error| panic!("{:?}: {error}\nin {code}", self.browser.engine)).json().clone()
    }

    /// Everything that follows happens in the frame of this name, in the opened document.
    ///
    /// # Panics
    /// When there is no such frame.
    pub async fn enter_frame(&self, name: &str) {
        let frame = self.find(&format!("iframe[name={name}]")).await;
        frame.enter_frame().await.expect("frames can be entered");
    }

    /// Everything that follows happens in the opened document again.
    ///
    /// # Panics
    /// When the browser is gone.
    pub async fn leave_frame(&self) {
        self.browser.driver.enter_default_frame().await.expect("frames can be left");
    }

    /// Runs JavaScript in the frame of this name, in the opened document.
    ///
    /// # Panics
    /// When it throws, or there is no such frame.
    pub async fn script_in_frame(&self, name: &str, code: &str, arguments: Vec<Value>) -> Value {
        self.enter_frame(name).await;
        let value = self.script(code, arguments).await;
        self.leave_frame().await;
        value
    }

    /// Runs JavaScript that calls its last argument with a value at some point, and returns that value.
    ///
    /// # Panics
    /// When it throws, or nothing comes within the limit for scripts.
    pub async fn wait(&self, code: &str, arguments: Vec<Value>) -> Value {
        let value = self.browser.driver.execute_async(code, arguments).await;
        value.unwrap_or_else(|error| panic!("{:?}: {error}\nin {code}", self.browser.engine)).json().clone()
    }
}
