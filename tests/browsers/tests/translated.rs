//! A page that the browser translates keeps up: every new text is shown, old texts disappear, and nothing traps.

use browsers::{Browser, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};

use crate::chapters;

in_every_engine!(story);

/// A race that is over within a second or two.
const RACE: &str = "size=600&samples=3&workers=2";

/// Translates the page as browsers do: each text, also each later one, is replaced by two nested elements with other
/// words, here the same text in capitals. The argument `how` says whether the text is replaced or removed.
const TRANSLATE: &str = "const [how] = arguments;
    const skipped = 'script, style, noscript, textarea, font, svg';
    const translate = (text) => {
        const parent = text.parentElement;
        if (!parent || !text.data.trim() || parent.closest(skipped)) return;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = text.data.toUpperCase();
        outer.append(inner);
        if (how === 'replaced') return text.replaceWith(outer);
        text.before(outer);
        text.remove();
    };
    const all = (root) => {
        const texts = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        if (root.nodeType === Node.TEXT_NODE) texts.push(root);
        while (walker.nextNode()) texts.push(walker.currentNode);
        texts.forEach(translate);
    };
    document.documentElement.lang = 'de';
    document.documentElement.classList.add('translated-ltr');
    all(document.body);
    new MutationObserver((records) => records.flatMap(({ addedNodes }) => [...addedNodes]).filter(({ isConnected }) => isConnected).forEach(all))
        .observe(document.body, { childList: true, subtree: true });";

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for how in ["replaced", "removed"] {
        let page = Page::open(browser, &format!("{}?{RACE}", server.address())).await;
        page.script(TRANSLATE, vec![how.into()]).await;
        let told = said(&page, "#headline").await;
        assert_eq!(told, told.to_uppercase(), "{how}: it is translated");

        page.press("[name=more]").await;
        page.until("document.querySelector('#workers').textContent.trim() === '3'").await;
        page.press("[name=fewer]").await;
        page.until("document.querySelector('#workers').textContent.trim() === '2'").await;
        let theme = said(&page, "#theme").await;
        page.press("#theme").await;
        page.until(&format!("document.querySelector('#theme').textContent !== {}", json!(theme))).await;
        page.script("document.querySelector('#size input').value++; document.querySelector('#size input').dispatchEvent(new Event('input', { bubbles: true }))", vec![]).await;

        page.script(WATCH, vec![]).await;
        page.press("#run").await;
        page.until("document.querySelector('#run') && document.querySelector('#results tbody tr')").await;
        page.until("document.querySelector('#headline').textContent !== watched.headlines.at(0)").await;
        let watched = page.script("return watched", vec![]).await;
        assert!(words(&watched["buttons"]).iter().any(|button| button.starts_with("CANCEL")), "{how}: {watched}");
        assert!(words(&watched["headlines"]).len() >= 3, "{how}: before, while and after: {watched}");
        assert!(said(&page, "#run").await.starts_with("RUN"), "{how}");
        let headline = said(&page, "#headline").await;
        let sentence = page.script("return recorder.last('lanes:result') ?? null", vec![]).await;
        assert_ne!(headline, told, "{how}: {sentence}");
        let numbers = said(&page, "[data-strategy=threads] .numbers").await;
        assert!(numbers.contains("MS") && numbers.contains('×'), "{how}: {numbers}");
        nothing_is_said_twice(&page, how).await;
        assert_eq!(page.errors().await, [""; 0], "{how}");
    }
    chapters_keep_up(browser).await;
    decide_keeps_up(browser).await;
}

/// Chapters with a question of each kind, and the chapter about scaling with its law.
async fn chapters_keep_up(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for name in ["rule", "event-loop", "sharing", "scaling"] {
        let page = Page::open(browser, &format!("{}chapters/{name}/", server.address())).await;
        page.script(TRANSLATE, vec!["replaced".into()]).await;
        let number = chapters::asking(&page).await[0];
        let [ask, commit] = [chapters::id(&page, "ask", number).await, chapters::id(&page, "commit", number).await];
        chapters::choose(&page, &ask).await;
        page.press(&format!("{ask} .because .choice:last-of-type input")).await;
        page.press(&commit).await;
        page.until(&format!("document.querySelector('{ask} .sentence')")).await;
        let told = page.text(&format!("{ask} .reveal")).await;
        assert!(told.contains("YOUR REASON, ") && told == told.to_uppercase(), "{name}: {told}");
        assert_eq!(page.errors().await, [""; 0], "{name}");
    }
}

async fn decide_keeps_up(browser: &Browser) {
    let server = Server::start(Site::shipped());
    let page = Page::open(browser, &format!("{}chapters/decide/", server.address())).await;
    page.until("document.querySelector('.answers p')").await;
    page.script(TRANSLATE, vec!["replaced".into()]).await;
    for (name, best) in [("arrays", "THREAD"), ("crawler", "ROCESS"), ("proxy", "ASYNCIO")] {
        page.press(&format!("[name={name}]")).await;
        page.until(&format!(
            "document.querySelector('[name={name}]').ariaPressed === 'true' &&
                document.querySelector('.answers p')?.innerText.includes('{best}')"
        ))
        .await;
        let answer = page.text(".answers p").await;
        assert_eq!(answer, answer.to_uppercase(), "{name}");
    }
    assert_eq!(page.errors().await, [""; 0]);
}

/// Records what the button and the headline say from now on.
const WATCH: &str = "
    window.watched = { buttons: [], headlines: [] };
    const note = (list, selector) => {
        const text = document.querySelector(selector)?.textContent;
        if (text && list.at(-1) !== text) list.push(text);
    };
    const look = () => {
        note(watched.buttons, '.go button');
        note(watched.headlines, '#headline');
        setTimeout(look, 5);
    };
    look();";

fn words(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

async fn said(page: &Page<'_>, selector: &str) -> String {
    let said =
        page.script("return document.querySelector(arguments[0]).textContent.trim()", vec![selector.into()]).await;
    said.as_str().unwrap_or_default().to_owned()
}

/// Checks that no element has two translations side by side where there was one text.
async fn nothing_is_said_twice(page: &Page<'_>, how: &str) {
    let twice = "return [...document.querySelectorAll('#headline, #theme, #workers, .numbers b, .numbers span, .chosen, #size output')]
        .filter((element) => element.querySelectorAll(':scope > font').length + [...element.childNodes].filter(({ data }) => data?.trim()).length > 1)
        .map((element) => element.outerHTML)";
    assert_eq!(page.script(twice, vec![]).await, json!([]), "{how}");
}
