//! Every word on the page can be translated: in the pseudo-language, which puts each of its texts in brackets, no
//! letter is outside of brackets; and nothing becomes too wide when texts are two fifths longer.
//!
//! What is not the page's own text is not translated: code, names of browsers and programming languages, numbers with
//! their units, and the texts of chapters with their questions and the rows of their scales. In a chapter the page's
//! own text is in the places that the chapter's HTML has for labs and other parts. Widths are checked in Chromium, the
//! only browser here that can be made as narrow as a phone, and states that are the same in all engines are walked there.

use std::cell::RefCell;
use std::path::Path;

use browsers::{Browser, Engine, Fault, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::chapters;

in_every_engine!(story);

/// A phone and a laptop.
const WIDTHS: [u32; 2] = [390, 1280];
/// A race that is over within a second.
const SHORT: &str = "size=200&samples=2&workers=2";
/// A race that still runs after everything has been checked.
const LONG: &str = "workload=primes&size=5000000&samples=50&workers=2&strategies=processes";
/// Other experiments: a sweep, whose chart has laws; activity; and many lanes.
const OTHERS: [(&str, &str); 3] = [
    ("workload=grain&size=20&work=5&strategies=threads,processes&workers=3&samples=2&sweep=1", "after a sweep"),
    ("workload=activity&size=4&time=50&strategies=blocking,gil,offload&workers=4&samples=1", "after activity"),
    ("workload=proxy&size=20&samples=2&workers=8&strategies=EVERY", "with many lanes and every strategy"),
];
/// Settings of which none is legal.
const ILLEGAL: &str = "workload=nonsense&size=0&strategies=nobody&samples=many&view=none&sweep=2&workres=2&size=7";
/// Chapters that together have all that a text can embed: questions of each kind, a law, a scale of times.
const TEXTS: [&str; 4] = ["waiting", "scaling", "event-loop", "interleaved"];
/// A project of several days, which some approaches cannot do, and for which a small change matters; and one in which
/// little is legal.
const PROJECT: &str = "units=100000&cores=4&memory_mb=200&shared=yes&parts=waits:20~90,interpreted:6000";
const NO_PROJECT: &str = "units=0&every_ms=soon&parts=waits:5,naps:3&shared=perhaps&preset=none";
/// Elements that can be opened, one at a time, because opening one closes the other.
const SHEETS: [&str; 2] = ["details:has(.matrix)", "details:has(.params)"];

/// What was found in all states, to be reported together at the end.
struct Walk<'b> {
    browser: &'b Browser,
    found: RefCell<Vec<String>>,
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped().with_document("/labs.html", include_str!("../pages/labs.html")));
    let english = Page::open(browser, &server.address()).await;
    assert_eq!(english.script("return document.documentElement.lang", vec![]).await, "en");
    let outside = english.script(OUTSIDE, vec![]).await;
    assert!(outside.as_array().is_some_and(|all| all.len() > 50), "who looks finds what is there: {outside}");
    let english = Page::open(browser, &format!("{}chapters/decide/", server.address())).await;
    english.until("document.querySelector('.answers p')").await;
    let outside = english.script(OUTSIDE, vec![]).await;
    assert!(outside.as_array().is_some_and(|all| all.len() > 50), "in a chapter, too: {outside}");

    let walk = Walk { browser, found: RefCell::default() };
    walk.through_a_run(&server).await;
    walk.through_what_goes_wrong(&server).await;
    // the same words everywhere; what is above also depends on what an engine lacks
    if browser.engine == Engine::Chromium {
        walk.through_other_work(&server).await;
        walk.through_a_recording(&server).await;
        walk.through_several_labs(&server).await;
        walk.through_texts(&server).await;
        walk.through_a_project(&server).await;
    }
    let found = walk.found.into_inner();
    assert!(found.is_empty(), "{} of them:\n{}", found.len(), found.join("\n"));
    a_language_that_is_not_there_is_english(browser, &server).await;
}

/// The page says so in a message, and its `lang` attribute says so, too.
async fn a_language_that_is_not_there_is_english(browser: &Browser, server: &Server) {
    let page = Page::open(browser, &format!("{}?lang=xx", server.address())).await;
    let problem = page.script("return document.querySelector('#problems li')?.innerText", vec![]).await;
    let said = ["The language xx could not be had", "404", "the page speaks English"];
    assert!(said.iter().all(|part| problem.as_str().is_some_and(|problem| problem.contains(part))), "{problem}");
    assert_eq!(page.script("return document.documentElement.lang", vec![]).await, "en", "for who reads it aloud");
    assert_eq!(page.errors().await, [""; 0]);
}

impl Walk<'_> {
    /// The page in the pseudo-language.
    async fn open(&self, server: &Server, query: &str) -> Page<'_> {
        let page = Page::open(self.browser, &format!("{}?lang=en-XA&{query}", server.address())).await;
        let lang = page.script("return document.documentElement.lang", vec![]).await;
        assert_eq!(lang, "en-XA", "{query}");
        let title = page.script("return document.title", vec![]).await;
        assert!(title.as_str().is_some_and(|title| title.starts_with('[')), "{title}");
        page
    }

    async fn through_a_run(&self, server: &Server) {
        let page = self.open(server, SHORT).await;
        self.look(&page, "idle").await;
        page.press("#run").await;
        page.until_results().await;
        page.press("#what-if > summary").await;
        page.press("#simulate").await;
        page.until("document.querySelector('#what-if-table')").await;
        page.press("#costs > summary").await;
        page.press("#measure-costs").await;
        page.until("document.querySelector('#costs progress')").await;
        self.look(&page, "while costs are measured").await;
        page.until("document.querySelector('#costs-table')").await;
        page.script("for (const one of document.querySelectorAll('#method, .elsewhere')) one.open = true", vec![])
            .await;
        self.look(&page, "after a run, with everything asked for").await;
        for player in ["player", "simulated-player"] {
            page.press(&format!("#{player} .step")).await;
        }
        for table in ["moment-as-table", "simulated-moment-as-table"] {
            page.press(&format!("#{table} > summary")).await;
        }
        self.look(&page, "with a moment of what was and of what would be").await;

        let page = self.open(server, LONG).await;
        page.press("#run").await;
        page.until("document.querySelector('#cancel') && document.querySelector('#progress').value > 0").await;
        self.look(&page, "while it runs").await;
        page.press("#cancel").await;
        page.until("document.querySelector('#run')").await;
        self.look(&page, "after a run that was cancelled").await;
    }

    async fn through_other_work(&self, server: &Server) {
        let every = strategies::ALL.iter().map(|strategy| strategy.meta().id).collect::<Vec<_>>().join(",");
        for (query, when) in OTHERS {
            let page = self.open(server, &query.replace("EVERY", &every)).await;
            page.press("#run").await;
            page.until_results().await;
            self.look(&page, when).await;
        }
        for workload in workloads::ALL {
            let id = workload.info().id;
            let page = self.open(server, &format!("workload={id}&strategies={every}&workers=2")).await;
            self.look(&page, &format!("with {id} chosen")).await;
        }
    }

    async fn through_what_goes_wrong(&self, server: &Server) {
        self.look(&self.open(server, ILLEGAL).await, "with something illegal").await;

        server.fail(Fault::ARRAY_MISSING);
        let page = self.open(server, "workload=arrays&size=4&samples=1&workers=2").await;
        page.press("#run").await;
        page.until("document.querySelector('#headline.failed')").await;
        server.heal();
        self.look(&page, "after a run that failed").await;

        server.fail(Fault::WORKER_MISSING);
        let page = self.open(server, &format!("{SHORT}&strategies=event-loop,processes")).await;
        page.press("#run").await;
        page.until_results().await;
        server.heal();
        self.look(&page, "after a run in which no worker could be started").await;
        page.press("#what-if > summary").await;
        page.press("#simulate").await;
        page.until("document.querySelector('#what-if .why')").await;
        self.look(&page, "where nothing can be simulated").await;

        let plain = Server::start(Site::plain());
        let page = self.open(&plain, SHORT).await;
        self.look(&page, "where threads are unavailable").await;
        page.press("#run").await;
        page.until_results().await;
        self.look(&page, "after a run where threads are unavailable").await;
    }

    /// Text that is made for other programs is English in every language.
    async fn through_a_recording(&self, server: &Server) {
        let page = self.open(server, SHORT).await;
        let run = page.start(json!({ "workload": "primes", "size": 100_000, "samples": 3, "workers": 2 })).await;
        let result = page.hear(&run, &["lanes:result", "lanes:error"]).await;
        let report = &result["report"];
        let said = report["verdict"].to_string();
        assert!(report["verdict"]["findings"][0]["text"].is_string() && !said.contains("[["), "{said}");
        let texts = [&report["verdict"]["findings"][0]["text"], &report["runs"][0]["answer"]];
        assert!(texts.iter().all(|text| text.as_str().is_some_and(|text| !text.contains('['))), "{texts:?}");

        let page = self.open(server, "").await;
        let file = self.browser.has_file("a report.json", &report.to_string());
        page.type_into("input[name=report]", file.to_str().expect("its path is text")).await;
        page.until("document.querySelector('.recording')").await;
        self.look(&page, "with a recording").await;
        let file = self.browser.has_file("no report.json", "no report");
        page.type_into("input[name=report]", file.to_str().expect("its path is text")).await;
        page.until("!document.querySelector('#problems').hidden").await;
        self.look(&page, "with a file that is no report").await;
    }

    async fn through_several_labs(&self, server: &Server) {
        let page = Page::open(self.browser, &format!("{}labs.html?lang=en-XA", server.address())).await;
        // the text around them is the test's own
        let place = "for (const text of document.querySelectorAll('main > p, main > h1')) text.remove();
            document.title = '[]'";
        page.script(place, vec![]).await;
        self.look(&page, "with three labs").await;
        page.press("#run-3").await;
        page.until("document.querySelector('#cancel-3') && document.querySelector('#progress-3').value > 0").await;
        self.look(&page, "while one of three labs runs").await;
        page.press("#cancel-3").await;
        page.until("document.querySelector('#run-3')").await;
    }

    /// Chapters before any run; a scale that shows all rows; a run of a question with its player; and all guesses.
    async fn through_texts(&self, server: &Server) {
        for name in TEXTS {
            let page = self.open_text(server, &format!("chapters/{name}/"), "fresh=1").await;
            self.look_at_words(&page, &format!("in {name}")).await;
            match name {
                "waiting" => self.through_a_scale(&page).await,
                "scaling" => self.through_a_law(&page).await,
                "event-loop" => {
                    self.through_a_question(&page, ".rank").await;
                    self.through_a_question(&page, ".sort").await;
                }
                _ => self.through_a_question(&page, ".point").await,
            }
        }
        let page = self.open_text(server, "sheet/", "").await;
        page.until("document.querySelectorAll('[data-place=guesses] tbody tr').length > 2").await;
        self.look_at_words(&page, "with all guesses").await;
        page.press("#forget").await;
        page.until("!document.querySelector('#forget')").await;
        self.look_at_words(&page, "without guesses").await;
    }

    async fn through_a_scale(&self, page: &Page<'_>) {
        page.type_into(".scale-row input.typed", "3 min".to_owned() + Key::Tab).await;
        page.until("!document.querySelector('.scale-row [type=submit]').disabled").await;
        page.press(".scale-row [type=submit]").await;
        page.until("document.querySelector('.scale-row .sentence')").await;
        // as if each button were pressed
        page.script("for (const show of document.querySelectorAll('.scale-row .show')) show.click()", vec![]).await;
        page.until("document.querySelectorAll('.scale-row').length === document.querySelectorAll('.scale-row .sentence').length")
            .await;
        self.look_at_words(page, "with a scale of which all is shown").await;
        let typed = "const field = document.querySelector('.scale-row input.typed');
            field.value = 'soon';
            field.dispatchEvent(new Event('change', { bubbles: true }))";
        page.press(".scale-row .again").await;
        page.script(typed, vec![]).await;
        page.until("document.querySelector('.scale-row [aria-invalid=true]')").await;
        self.look_at_words(page, "with a time that is none").await;
    }

    async fn through_a_law(&self, page: &Page<'_>) {
        let typed = "const field = document.querySelector('.law input.typed');
            field.value = arguments[0];
            field.dispatchEvent(new Event('change', { bubbles: true }))";
        for part in ["0", "100", "none"] {
            page.script(typed, vec![part.into()]).await;
            if part == "none" {
                page.until("document.querySelector('.law [role=alert]')").await;
            }
            self.look_at_words(page, &format!("with a law of {part}")).await;
        }
    }

    /// The first question of this kind: guessed, run and marked, with the player open.
    async fn through_a_question(&self, page: &Page<'_>, kind: &str) {
        for number in chapters::asking(page).await {
            let ask = chapters::id(page, "ask", number).await;
            if page.count(&format!("{ask} {kind}")).await == 0 {
                continue;
            }
            chapters::choose(page, &ask).await;
            page.press(&format!("{ask} .because .choice:last-of-type input")).await;
            page.press(&chapters::id(page, "commit", number).await).await;
            page.until(&format!("document.querySelector('{ask} .sentence')")).await;
            let player = chapters::id(page, "player", number).await;
            page.press(&format!("{player} .step:nth-of-type(3)")).await;
            page.until(&format!("document.querySelector('{player}.open')")).await;
            page.press(&format!("{} > summary", chapters::id(page, "moment-as-table", number).await)).await;
            return self.look_at_words(page, &format!("after a question of the kind {kind}")).await;
        }
        panic!("there is no question of the kind {kind}");
    }

    /// Decide, which answers without a run.
    async fn through_a_project(&self, server: &Server) {
        let page = self.open_text(server, "chapters/decide/", PROJECT).await;
        page.until("document.querySelector('.answers p') && document.querySelector('.impossible')").await;
        self.look_at_words(&page, "with a project's first answer").await;
        page.until("document.querySelector('.change')").await;
        self.look_at_words(&page, "with what would change it").await;

        page.press("#measured-times summary").await;
        page.script("document.querySelector('[name=times]').value = arguments[0]", vec!["fetch,7\nparse,3\n".into()])
            .await;
        page.press("[name=fill-in]").await;
        page.until("document.querySelector('#measured-times .note')").await;
        self.look_at_words(&page, "with a project of times").await;
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        page.type_into("[name=open-costs]", manifest.to_str().expect("its path is text")).await;
        page.until("document.querySelector('#wrong-python')").await;
        self.look_at_words(&page, "with costs that are none").await;
        page.script(TOO_LARGE, vec!["[name=open-project]".into()]).await;
        page.until("document.querySelector('#project-files .unread')").await;
        assert_eq!(page.count("#wrong-project").await, 0, "a file that was not read is not said to be no project");
        self.look_at_words(&page, "with a project that is too large").await;

        let page = self.open_text(server, "chapters/decide/", NO_PROJECT).await;
        page.until("document.querySelector('#wrong-units')").await;
        self.look_at_words(&page, "with a project that is none").await;
    }

    /// A chapter, or the sheet, whose own words stay English.
    async fn open_text(&self, server: &Server, folder: &str, query: &str) -> Page<'_> {
        let page = Page::open(self.browser, &format!("{}{folder}?lang=en-XA&{query}", server.address())).await;
        let places =
            page.script("return [...document.querySelectorAll('[data-place]')].map(({ lang }) => lang)", vec![]).await;
        let all_told = places.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|lang| lang == "en-XA"));
        assert!(all_told, "{folder}: {places}");
        page
    }

    /// Checks the words of the page as it is, at one width.
    async fn look_at_words(&self, page: &Page<'_>, when: &str) {
        assert_eq!(page.errors().await, [""; 0], "{when}");
        self.note(page.script(OUTSIDE, vec![]).await, when);
    }

    /// Checks words and widths with each sheet open, at each width.
    async fn look(&self, page: &Page<'_>, when: &str) {
        assert_eq!(page.errors().await, [""; 0], "{when}");
        for sheet in SHEETS {
            page.script(OPEN, vec![sheet.into(), true.into()]).await;
            self.note(page.script(OUTSIDE, vec![]).await, when);
            if self.browser.engine == Engine::Chromium {
                for width in WIDTHS {
                    self.browser.resize(width, 800).await;
                    let wide = page.script(TOO_WIDE, vec![]).await;
                    self.note(wide, &format!("{when}, {sheet} open, {width} px wide"));
                }
            }
            page.script(OPEN, vec![sheet.into(), false.into()]).await;
        }
    }

    /// Keeps each finding once, with its first example and the state in which it was first seen.
    fn note(&self, found: Value, when: &str) {
        let found: Vec<String> = serde_json::from_value(found).expect("texts");
        let mut all = self.found.borrow_mut();
        for one in found {
            let thing = one.split(" (").next().unwrap_or_default();
            if !all.iter().any(|known| known.starts_with(thing)) {
                all.push(format!("{one}: {when}"));
            }
        }
    }
}

/// Gives the file field that the argument selects a file that is larger than the page reads.
const TOO_LARGE: &str = "const field = document.querySelector(arguments[0]);
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(51e6)], 'large.json'));
    field.files = carried.files;
    field.dispatchEvent(new Event('change', { bubbles: true }))";

/// Opens or closes the first sheet that the first argument selects; the second argument says which.
const OPEN: &str = "document.querySelector(arguments[0]).open = arguments[1]";

/// Texts that have a letter outside of brackets: visible, hidden or read out. In a chapter only what the page put into
/// its places, without texts that come from the chapter: those of a question, and of a scale's rows.
const OUTSIDE: &str = r"
    const NAMES = /Lanes|\b(Chromium|Firefox|WebKit) [\d.]+|\d[\d.,]*[ \u00a0]?(ns|µs|ms|s|min|h|px|kB|MB|GB|KiB|MiB)\b/gu;
    const PLACES = '[data-lab], [data-place], [data-come], #broken';
    const given = new Set([...document.querySelectorAll('[data-ask], [data-scale]')].flatMap(({ dataset }) => {
        const asked = [...new URLSearchParams(dataset.ask ?? '')].flatMap(([key, value]) => {
            if (key === 'option') return [value.replace(/^[^:]*: /u, '')];
            return ['because', 'mistaken', 'try'].includes(key) ? value.split(' | ') : [value];
        });
        return [...asked, ...new URLSearchParams(dataset.scale ?? '').values()].map((text) => text.trim());
    }));
    const outside = (text) => {
        for (let before; before !== text;) {
            before = text;
            text = text.replace(/\[[^[\]]*\]/gu, '');
        }
        // one of these may be followed by words of the page: in an attribute after a colon
        return /\p{L}/u.test(text.replace(NAMES, '')) && !given.has(text.replace(/: *$/u, '').trim());
    };
    const ours = (element) => !('text' in document.documentElement.dataset) || element.closest(PLACES);
    const place = (element) => {
        const named = (part) => part.localName + (part.id && '#' + part.id) + [...part.classList].map((name) => '.' + name).join('');
        return [element.parentElement, element].filter((part) => part).map(named).join(' > ');
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const { parentElement: element, data } = walker.currentNode;
        // code, keys, what programs print, the names of programming languages; chapters, whose texts are in English so far, and
        // their questions where all guesses stand
        const SKIPPED = 'script, style, noscript, code, pre, kbd, samp, .same > summary > b, nav.chapters, [data-place=guesses] tbody th';
        if (ours(element) && !element.closest(SKIPPED) && outside(data)) {
            found.push(`“${data.trim()}” in ${place(element)}`);
        }
    }
    const SAID = ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label', 'data-copied'];
    for (const element of [...document.body.querySelectorAll(SAID.map((name) => `[${name}]`))].filter(ours)) {
        for (const name of SAID.filter((name) => outside(element.getAttribute(name) ?? ''))) {
            found.push(`“${element.getAttribute(name)}”, ${name} of ${place(element)}`);
        }
    }
    return [...new Set(found)];";

/// Elements that are wider than their place, except those that scroll on purpose; of two nested ones, the inner one.
const TOO_WIDE: &str = r"
    const named = (part) => part.localName + [...part.classList].map((name) => '.' + name).join('');
    const place = (element) => `${named(element.parentElement)} > ${named(element)}`;
    const example = (element) => `(${element.textContent.trim().slice(0, 40)})`;
    const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.unseen, svg');
    const scrolls = (element) => element.matches('.scroll, pre');
    const page = document.scrollingElement;
    const narrow = [...document.body.querySelectorAll('*')].filter((element) => seen(element) && !scrolls(element)
        && getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1);
    const outside = [...document.body.querySelectorAll('*')].filter((element) => seen(element)
        && !element.closest('.scroll, pre') && element.getBoundingClientRect().right > page.clientWidth + 1);
    const inner = (all) => all.filter((one) => !all.some((other) => other !== one && one.contains(other)));
    return [...new Set([
        ...(page.scrollWidth > page.clientWidth ? [`the page is wider than the window`] : []),
        ...inner(narrow).map((one) => `${place(one)} is too narrow for what is in it ${example(one)}`),
        ...inner(outside).map((one) => `${place(one)} is beyond the window's edge ${example(one)}`),
    ])];";
