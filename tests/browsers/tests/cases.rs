//! Faults that were reported of similar pages (docs/cases.md), tried on this one: browsers that lack or refuse
//! something, foreign messages and keys, files of other programs, a frame that a deck removes.

use browsers::{Browser, Engine, Frame, Page, Server, Site, in_every_engine};
use serde_json::json;
use thirtyfour::Key;

use crate::experiments::{busy, runs_well};

in_every_engine!(story);

/// A report, as the content of a visitor's file.
const REPORT: &str = include_str!("../../../docs/recorded/gil-threads-4.json");

/// Unusual browsers: the path of the page, and the script that makes the browser unusual.
const BROWSERS: [(&str, &str); 7] = [
    ("/claims-nothing", "Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { value: undefined })"),
    ("/claims-nonsense", "Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { value: 0.5 })"),
    // private windows, and frames whose cookies are refused
    (
        "/keeps-nothing",
        "for (const name of ['localStorage', 'sessionStorage']) \
         Object.defineProperty(window, name, { get() { throw new DOMException('', 'SecurityError'); } })",
    ),
    // sent over http from another machine
    (
        IS_NOT_SECURE,
        "Object.defineProperty(window, 'isSecureContext', { get: () => false });
         for (const name of ['locks', 'serviceWorker', 'clipboard']) \
         Object.defineProperty(Navigator.prototype, name, { value: undefined })",
    ),
    // Firefox before 145
    (WITHOUT_WAIT_ASYNC, "delete Atomics.waitAsync"),
    // a job of another page's service worker that never ends
    (
        "/awaits-its-service-worker",
        "Object.defineProperty(ServiceWorkerContainer.prototype, 'register', { value: () => new Promise(() => {}) })",
    ),
    (WITHOUT_MODULE, "WebAssembly.instantiateStreaming = WebAssembly.instantiate = () => new Promise(() => {})"),
];

/// The path of a page that came over http from another machine.
const IS_NOT_SECURE: &str = "/is-not-secure";
/// The path of a page in a browser that has no `Atomics.waitAsync`.
const WITHOUT_WAIT_ASYNC: &str = "/waits-in-workers-only";
/// The path of a page in a browser that reports late what a policy forbade.
const TELLS_LATE: &str = "/tells-late";
const HOLD_BACK: &str = "addEventListener('securitypolicyviolation', (event) => {
        if (!event.isTrusted) return;
        event.stopImmediatePropagation();
        const { effectiveDirective } = event;
        setTimeout(() => dispatchEvent(Object.assign(new Event(event.type), { effectiveDirective })), 200);
    })";
/// The path of a page whose module never arrives.
const WITHOUT_MODULE: &str = "/has-no-module";

async fn story(browser: &Browser) {
    let sites = BROWSERS.iter().fold(Site::plain(), |site, (path, script)| site.with_document(path, &with(script)));
    let server = Server::start(sites);
    says_that_it_is_too_old(browser, &server).await;
    for (path, _) in BROWSERS.iter().filter(|(path, _)| ![WITHOUT_MODULE, WITHOUT_WAIT_ASYNC].contains(path)) {
        runs_where_something_is_missing(browser, &format!("{}{path}", server.address().trim_end_matches('/'))).await;
    }
    says_that_it_is_not_secure(browser, &server).await;
    let page = Page::open(browser, &server.address()).await;
    keys_of_the_browser_are_not_ours(&page).await;
    messages_of_others_are_ignored(&page).await;
    a_slider_that_is_dragged_writes_few_addresses(&page).await;
    a_file_with_a_mark_of_its_encoding_is_read(browser, &page).await;
    a_file_of_brackets_is_refused(browser, &page).await;
    a_run_is_announced_once(&page).await;
    keys_without_a_name_are_ignored(&page).await;
    letters_of_other_alphabets_are_the_keys_that_they_are_on(&page).await;
    an_escape_of_an_input_method_cancels_nothing(&page).await;
    the_focus_stays_somewhere(&page).await;
    a_file_that_is_too_large_is_not_read(&page).await;
    a_file_that_misses_changes_nothing(&page).await;
    what_was_drawn_comes_back(&page).await;
    assert_eq!(page.errors().await, [""; 0]);
    the_theme_is_there_before_the_module(browser, &server).await;
    a_decimal_comma_is_understood(browser).await;
    a_file_of_another_encoding_is_read(browser, &server).await;
    a_frame_that_is_taken_away_lets_the_next_one_run(browser, &server).await;
    its_service_worker_passes_on_what_is_compressed(browser).await;
    a_policy_that_forbids_it_is_named(browser).await;
    a_policy_that_forbids_workers_is_named(browser).await;
    fields_do_not_enlarge_a_phone(browser).await;
}

/// The message must not suggest a reload, which would not help. The violation is heard if it is told late, and if the
/// document names the script that begins before all others.
async fn a_policy_that_forbids_it_is_named(browser: &Browser) {
    let policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self'; worker-src 'self' blob:";
    let site = Site::plain().with_header("Content-Security-Policy", policy).with_document(TELLS_LATE, &with(HOLD_BACK));
    let server = Server::start(site);
    for path in [TELLS_LATE, "/"] {
        let page = Page::go(browser, &format!("{}{path}", server.address().trim_end_matches('/'))).await;
        page.until("document.body.innerText.includes('could not start')").await;
        let said = page.script("return document.body.innerText", vec![]).await;
        let said = said.as_str().expect("a text");
        assert!(said.contains("Content-Security-Policy forbids") && !said.contains("Reload"), "{path}: {said}");
    }
}

/// The page starts, and its workers do not.
async fn a_policy_that_forbids_workers_is_named(browser: &Browser) {
    let server = Server::start(Site::shipped().with_header("Content-Security-Policy", "worker-src 'self'"));
    let page = Page::open(browser, &server.address()).await;
    for strategy in ["blocking", "threads", "processes"] {
        let why = page.run(busy(&[strategy], 1)).await.expect_err("workers are forbidden");
        assert!(why.contains("Content-Security-Policy forbids it (worker-src)"), "{strategy}: {why}");
        let headline = page.text("#headline").await;
        assert!(!headline.contains("Run tries again"), "{strategy}: {headline}, which is no help");
    }
}

/// iOS zooms in on a field whose letters are smaller than 16 pixels, and then the lanes are out of sight.
async fn fields_do_not_enlarge_a_phone(browser: &Browser) {
    if browser.engine != Engine::Chromium {
        return;
    }
    browser.becomes_phone().await;
    let server = Server::start(Site::shipped());
    for path in ["", "chapters/scaling/", "chapters/decide/"] {
        let page = Page::open(browser, &format!("{}{path}", server.address())).await;
        page.until("matchMedia('(pointer: coarse)').matches && document.querySelector('input.typed, textarea')").await;
        let small = "const typed = 'textarea, input:is(:not([type]), [type=text], [type=number], [type=search])';
            document.querySelectorAll('details').forEach((details) => (details.open = true));
            return [...document.querySelectorAll(typed)]
                .filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16)
                .map((field) => field.outerHTML)";
        assert_eq!(page.script(small, vec![]).await, json!([]), "/{path}");
    }
}

/// The front page, in a browser that `script` changes first.
fn with(script: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Lanes</title><script>{script};</script>\
         <link rel=\"stylesheet\" href=\"style.css\"><script type=\"module\" src=\"start.js\"></script></head>\
         <body><div id=\"starting\"><p id=\"starting-text\">Loading.</p></div><div id=\"page\"></div></body></html>"
    )
}

async fn runs_where_something_is_missing(browser: &Browser, address: &str) {
    let page = Page::open(browser, address).await;
    let offer = page.capabilities().await.expect("the page is ready");
    assert!(offer.claimed_cores >= 1, "{address}");
    runs_well(&page, &["blocking", "processes"]).await;
    assert_eq!(page.errors().await, [""; 0], "{address}");
}

/// A speaker who serves a room from a laptop has to learn that it is not the headers that are missing.
async fn says_that_it_is_not_secure(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}{IS_NOT_SECURE}", server.address().trim_end_matches('/'))).await;
    let offer = page.capabilities().await.expect("the page is ready");
    let (_, why) = *offer.unavailable().iter().find(|(id, _)| *id == "threads").expect("there are no threads");
    assert!(why.contains("http from another machine") && why.contains("https"), "{why}");
}

/// Without this message the page would get ready and never run anything, because nothing wakes what waits.
async fn says_that_it_is_too_old(browser: &Browser, server: &Server) {
    let address = format!("{}{WITHOUT_WAIT_ASYNC}", server.address().trim_end_matches('/'));
    let page = Page::go(browser, &address).await;
    page.until("document.body.innerText.includes('needs a newer browser')").await;
}

/// Ctrl+R and Cmd+R reload the page: neither may start a run first. Nor may a deck's key with Alt.
async fn keys_of_the_browser_are_not_ours(page: &Page<'_>) {
    for modifier in ["ctrlKey", "metaKey", "altKey"] {
        let press = format!(
            "dispatchEvent(new KeyboardEvent('keydown', {{ key: 'r', code: 'KeyR', {modifier}: true }}));
            return !!document.querySelector('#cancel')"
        );
        assert_eq!(page.script(&press, vec![]).await, json!(false), "{modifier}");
    }
}

/// Extensions and other scripts of a page post anything, and some send events that are not messages.
async fn messages_of_others_are_ignored(page: &Page<'_>) {
    let others = "const texts = ['setImmediate$0', '[object Object]'], objects = [[], { type: 5 }, { target: 'x' }];
        for (const data of [undefined, null, 5, ...texts, ...objects]) window.postMessage(data, '*');
        for (const data of [null, { type: 'lanes:run' }])
            dispatchEvent(new MessageEvent('message', { data, source: window }));
        dispatchEvent(new Event('message'))";
    page.script(others, vec![]).await;
    runs_well(page, &["blocking"]).await;
}

/// After 100 changes of the address in ten seconds Safari throws, and Chromium ignores further ones.
async fn a_slider_that_is_dragged_writes_few_addresses(page: &Page<'_>) {
    let drag = "const [done] = arguments, slider = document.querySelector('[name=size]'), { replaceState } = history;
        let written = 0, at = 0;
        history.replaceState = function (...state) { written += 1; return replaceState.apply(this, state); };
        const moves = setInterval(() => {
            slider.value = at % slider.max;
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            if (++at < 100) return;
            clearInterval(moves);
            setTimeout(() => {
                delete history.replaceState;
                const said = new URLSearchParams(location.search).get('size');
                const shown = slider.nextElementSibling.value.replace(/\\D/g, '');
                done([written, said === shown]);
            }, 800);
        }, 10)";
    let said = page.wait(drag, vec![]).await;
    assert!(said[0].as_u64().is_some_and(|written| written <= 10), "addresses written: {said}");
    assert_eq!(said[1], true, "the address is of an earlier place of the slider");
}

/// Notepad and some shells begin a file with a byte order mark.
async fn a_file_with_a_mark_of_its_encoding_is_read(browser: &Browser, page: &Page<'_>) {
    give(browser, page, &format!("\u{feff}{REPORT}")).await;
    page.until("document.querySelector('.recording')").await;
    assert_eq!(page.script("return document.querySelector('#problems').hidden", vec![]).await, json!(true));
}

/// A parser that recurses at each bracket would run out of stack.
async fn a_file_of_brackets_is_refused(browser: &Browser, page: &Page<'_>) {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        give(browser, page, &format!("{}1{}", open.repeat(200_000), close.repeat(200_000))).await;
        page.until("!document.querySelector('#problems').hidden").await;
        page.press("#problems button").await;
        page.until("document.querySelector('#problems').hidden").await;
    }
}

async fn give(browser: &Browser, page: &Page<'_>, text: &str) {
    let file = browser.has_file("somebody's.json", text);
    page.type_into(".controls input[name=report]", file.to_str().expect("its path is text")).await;
}

/// Screen readers read out every change of a live region; a region that counts samples would drown the result.
async fn a_run_is_announced_once(page: &Page<'_>) {
    let watch = "window.said = [];
        for (const region of document.querySelectorAll('[aria-live], [role=status], [role=alert]'))
            new MutationObserver(() => region.ariaLive !== 'off' && said.push(region.innerText.slice(0, 80)))
                .observe(region, { childList: true, subtree: true, characterData: true })";
    page.script(watch, vec![]).await;
    page.run(busy(&["blocking", "processes"], 4)).await.expect("a good run");
    page.until_results().await;
    let said = page.script("return said", vec![]).await;
    assert!(said.as_array().is_some_and(|said| (1..=3).contains(&said.len())), "{said}");
}

/// Decks unload frames that are far from the current slide, even in the middle of a run, and load them again later.
async fn a_frame_that_is_taken_away_lets_the_next_one_run(browser: &Browser, server: &Server) {
    let deck = Server::start(Site::parent(Frame {
        source: &server.other_address(),
        isolated_parent: false,
        allow: false,
        credentialless: false,
    }));
    let page = Page::open(browser, &deck.address()).await;
    page.is_complete().await; // else the completion message might come from the page that is removed
    let run = page.start(busy(&["processes"], 50)).await;
    page.hear(&run, &["lanes:progress"]).await;
    let reload = "const lanes = document.querySelector('iframe[name=lanes]'), { src } = lanes;
        window.readies = () => recorder.messages.filter(({ type }) => type === 'lanes:ready').length;
        window.before = readies();
        lanes.onload = () => { lanes.onload = null; lanes.src = src; };
        lanes.src = 'about:blank'";
    page.script(reload, vec![]).await;
    page.until("readies() > before").await;
    runs_well(&page, &["processes"]).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// The body that it passes on is no longer compressed, although the headers that it passes on say so.
async fn its_service_worker_passes_on_what_is_compressed(browser: &Browser) {
    let server = Server::start(Site::by_service_worker().compressed());
    let page = Page::open(browser, &server.address()).await;
    let offer = page.capabilities().await.expect("the page is ready");
    assert!(offer.shared_memory);
    runs_well(&page, &["threads"]).await;
    assert_eq!(page.errors().await, [""; 0]);
}

/// Autofill sends events like these. Each one that throws on its way through WebAssembly leaves a part of its stack in
/// use; the 4000th ends the page.
async fn keys_without_a_name_are_ignored(page: &Page<'_>) {
    let send = "for (let at = 0; at < 5000; at++) dispatchEvent(new Event('keydown'));
        for (const target of [window, document]) target.dispatchEvent(new Event('click', { bubbles: true }))";
    page.script(send, vec![]).await;
    assert_eq!(page.errors().await, [""; 0]);
    runs_well(page, &["blocking"]).await;
}

/// On a Russian keyboard, the letter on the key that is R in the Latin layout starts a run. A Latin letter counts on
/// whatever key it is.
async fn letters_of_other_alphabets_are_the_keys_that_they_are_on(page: &Page<'_>) {
    let press = |key: &str, code: &str| {
        format!("dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', code: '{code}' }}))")
    };
    page.script(&press("p", "KeyR"), vec![]).await; // P on a Dvorak keyboard opens no chapter here, and starts no run
    assert_eq!(page.script("return !!document.querySelector('#cancel')", vec![]).await, json!(false));
    page.script(&press("\u{43a}", "KeyR"), vec![]).await;
    page.until("document.querySelector('#cancel')").await;
    page.script(&press("Escape", "Escape"), vec![]).await;
    page.until("document.querySelector('#run')").await;
}

/// That Escape discards the word being composed.
async fn an_escape_of_an_input_method_cancels_nothing(page: &Page<'_>) {
    let run = page.start(busy(&["event-loop"], 50)).await;
    page.hear(&run, &["lanes:progress"]).await;
    let press = "dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true }));
        const [done] = arguments;
        setTimeout(() => done(!!document.querySelector('#cancel')), 1000)";
    assert_eq!(page.wait(press, vec![]).await, json!(true));
    page.cancel(&run).await;
    page.outcome(&run).await.expect_err("it is cancelled");
}

/// A run disables the controls, the one with the focus among them.
async fn the_focus_stays_somewhere(page: &Page<'_>) {
    page.script("document.querySelector('[name=size]').focus()", vec![]).await;
    let run = page.start(busy(&["event-loop"], 50)).await;
    page.hear(&run, &["lanes:progress"]).await;
    page.until("document.activeElement.id === 'cancel'").await;
    page.keys(Key::Escape + "").await; // heard, although the control that had the focus is disabled
    page.outcome(&run).await.expect_err("it is cancelled");
    page.until("['run', ''].includes(document.activeElement.id) && document.activeElement !== document.body").await;
}

/// Gives the page the file that the script `made` assigns to `file`; `text` is the script's argument.
async fn give_made(page: &Page<'_>, made: &str, text: &str) {
    let give = format!(
        "{made}
        const carried = new DataTransfer(), field = document.querySelector('.controls input[name=report]');
        carried.items.add(file);
        field.files = carried.files;
        field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    );
    page.script(&give, vec![text.into()]).await;
}

/// `>` in Windows PowerShell writes UTF-16.
async fn a_file_of_another_encoding_is_read(browser: &Browser, server: &Server) {
    for order in ["true", "false"] {
        let page = Page::open(browser, &server.address()).await;
        let made = format!(
            "const text = '\\ufeff' + arguments[0], view = new DataView(new ArrayBuffer(text.length * 2));
            for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), {order});
            const file = new File([view], 'report.json')"
        );
        give_made(&page, &made, REPORT).await;
        page.until("document.querySelector('.recording') || !document.querySelector('#problems').hidden").await;
        let refused = page.script("return !document.querySelector('#problems').hidden", vec![]).await;
        assert_eq!(refused, json!(false), "little-endian: {order}");
    }
}

/// A visitor who opens the wrong file learns so before its gigabyte is in memory.
async fn a_file_that_is_too_large_is_not_read(page: &Page<'_>) {
    let made = "window.read = 0;
        for (const name of ['text', 'arrayBuffer', 'stream'])
            Blob.prototype[name] = ((own) => function () { read += 1; return own.call(this); })(Blob.prototype[name]);
        Object.defineProperty(Blob.prototype, 'size', { get: () => 2 ** 30, configurable: true });
        const file = new File(['{}'], 'film.json')";
    give_made(page, made, "").await;
    page.until("!document.querySelector('#problems').hidden").await;
    assert_eq!(page.script("return read", vec![]).await, json!(0));
    page.press("#problems button").await;
}

async fn a_file_that_misses_changes_nothing(page: &Page<'_>) {
    let miss = "const carried = new DataTransfer();
        carried.items.add(new File(['{}'], 'report.json'));
        return ['dragover', 'drop'].map((kind) => {
            const event = new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true });
            document.querySelector('.top h1').dispatchEvent(event);
            return event.defaultPrevented;
        })";
    assert_eq!(page.script(miss, vec![]).await, json!([true, true]), "else the browser opens it");
}

/// The browser forgets what is on canvases when its graphics process ends.
async fn what_was_drawn_comes_back(page: &Page<'_>) {
    page.run(busy(&["blocking", "processes"], 1)).await.expect("a good run");
    page.until_results().await;
    // Nothing says when the last chart is drawn: what counts is that no canvas that showed something stays empty.
    let lose = "const canvases = [...document.querySelectorAll('canvas')];
        window.lost = canvases.flatMap((canvas) => {
            const drawn = canvas.toDataURL();
            canvas.width = canvas.width;
            const empty = canvas.toDataURL();
            return drawn === empty ? [] : [{ canvas, empty }];
        });
        window.areEmpty = () => lost.filter(({ canvas, empty }) => canvas.isConnected && canvas.toDataURL() === empty);
        const before = areEmpty().length;
        for (const canvas of canvases)
            for (const kind of ['contextlost', 'contextrestored']) canvas.dispatchEvent(new Event(kind));
        return before";
    let lost = page.script(lose, vec![]).await.as_u64().expect("a number");
    assert!(lost >= 2, "two strategies have lanes, and {lost} canvases showed something");
    page.until("areEmpty().length === 0").await;
}

/// A slide with a dark page in it must not stay white until a megabyte has been loaded.
async fn the_theme_is_there_before_the_module(browser: &Browser, server: &Server) {
    for theme in ["dark", "light"] {
        let address = format!("{}{WITHOUT_MODULE}?theme={theme}", server.address().trim_end_matches('/'));
        let page = Page::go(browser, &address).await;
        page.until(&format!("document.documentElement.dataset.theme === '{theme}'")).await;
    }
}

/// Half of Europe writes decimals with a comma.
async fn a_decimal_comma_is_understood(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    page.type_into("input.typed", "1,5".to_owned() + Key::Tab).await;
    page.until("document.querySelector('input.typed').value === '1.5'").await;
}
