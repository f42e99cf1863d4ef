//! The page put together: labs, and on a page of its own a header and a footer around the one.
//!
//! A page that has places for labs (`<div data-lab="workload=primes">`, in its HTML) gets a lab in each; one that has
//! none is the front page, whose lab the URL describes.

use lab::experiment::{Experiment, Problem, Settings, Theme, View, from_query};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use words::en;

use super::broken::Broken;
use super::browser::fetch_text;
use super::controls::{Controls, OneParam};
use super::decide::Decide;
use super::lanes::{Axis, Pictures, Player, Rows};
use super::link::panics;
use super::questions::{Ask, Behind, Guesses, front};
use super::results::{
    Charts, Costs, Details, Headline, Law, Method, Problems, RecordingLabel, SERIAL, Tables, TakeAway, WhatIf,
};
use super::scale::{RowGuess, Scale};
use super::state::{self, Come, Lab, LabQuestion, PageState, expect_page, open_file};
use super::{deck, keyboard, translated};

/// Starts the page, if this is one: in a worker there is no window, and nothing happens.
pub fn start() {
    if web_sys::window().is_none() {
        return;
    }
    panics::tell_by(panics::on_the_page);
    let (experiment, settings, problems) = state::read(lab::experiment::ClaimedCores(crate::browser::claimed_cores()));
    if lead(&settings) {
        return;
    }
    match settings.lang.clone().filter(|lang| *lang != "en") {
        None => open(experiment, settings, problems, None),
        Some(lang) => spawn_local(async move {
            let file = fetch_text(&format!("words/{lang}.tsv")).await;
            if let Ok(file) = &file {
                words::speak(Some(words::Catalogue::read(file)));
                // what a chapter's text says stays English
                let spoken = if is_text() { "[data-lab], [data-place]" } else { ":root" };
                all(spoken).iter().for_each(|part| _ = part.set_attribute("lang", &lang));
            }
            open(experiment, settings, problems, Some(file.map_err(|why| (lang, why))));
        }),
    }
}

/// The question over the race that the page opens with, where it can be marked: nobody who chose something else is asked.
fn question_over(page: PageState, experiment: &Experiment) -> Option<predict::Question> {
    let opening =
        *experiment == Experiment::opening(page.cores) && page.settings.with_untracked(|own| own.view == View::Full);
    let several = experiment.workers > 1 && page.isolation.shared_memory();
    (opening && several).then(|| front(experiment.workers))
}

/// Goes to the chapter that the front page's URL names, if there is one; in a slide the name is the deck's own.
fn lead(settings: &Settings) -> bool {
    let wanted = settings.chapter.as_deref().filter(|name| chapters::is_one(name) && settings.view == View::Full);
    let Some(name) = wanted.filter(|_| !is_text()) else { return false };
    let look: Vec<_> =
        settings.pairs().into_iter().filter(|(key, _)| ["theme", "lang", "fresh"].contains(key)).collect();
    let look: Vec<_> = look.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    let address = format!("{}chapters/{name}/?{}", root(), look.join("&"));
    window().location().replace(&address).is_ok()
}

/// Where the page's files lie, however deep the page itself: `www/start.js` noted it.
fn root() -> String {
    document().document_element().and_then(|root| root.get_attribute("data-root")).unwrap_or_default()
}

/// Whether the page is a text, with or without labs; else it is the front page.
fn is_text() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-text"))
}

/// A language's file, or which it was and why there is none.
type LanguageFile = Result<String, (String, strategies::Failure)>;

/// Shows the page in its language.
fn open(experiment: Experiment, settings: Settings, problems: Vec<Problem>, language: Option<LanguageFile>) {
    Owner::new().set();
    let fresh = settings.fresh;
    let unspoken = language.as_ref().and_then(|language| language.as_ref().err().cloned());
    let page = PageState::new(settings, language.and_then(Result::ok));
    mount_to_body(Broken); // first: what follows may break, too
    let places = all("[data-lab]");
    if places.is_empty() && !is_text() {
        if page.language_file().is_some() {
            document().set_title(&en::TITLE.text());
        }
        let asked = question_over(page, &experiment).map(|question| LabQuestion::of(question, fresh));
        let lab = page.add(experiment, &problems, asked, true);
        lab.opened.set(true); // the race is there beside its question
        match place("#page") {
            Some(place) => mount_to(place, move || view! { <FrontPage page lab /> }).forget(),
            None => mount_to_body(move || view! { <FrontPage page lab /> }),
        }
        state::bind(page, lab);
    } else {
        let labs = places.iter().map(|place| {
            let query = place.get_attribute("data-lab").unwrap_or_default();
            let (experiment, _, problems) = from_query(&query, page.cores);
            let asked = place.get_attribute("data-ask").and_then(|asked| LabQuestion::read(&asked, fresh));
            page.add(experiment, &problems, asked, places.len() == 1)
        });
        let labs: Vec<_> = labs.collect();
        let mut asked: Vec<_> = labs.iter().filter_map(|lab| lab.asked).map(LabQuestion::answered).collect();
        for (lab, place) in labs.into_iter().zip(places.clone()) {
            place.set_text_content(None); // what stood there for those who have no script
            let law = place.has_attribute("data-law");
            lab.opened.update(|opened| *opened &= !law);
            mount_to(place, move || view! { <EmbeddedLab page lab law /> }).forget();
        }
        if let Some(place) = place("[data-place=decide]") {
            let lab = page.add(Experiment::opening(page.cores), &[], None, places.is_empty());
            mount_to(place, move || {
                provide_context(page);
                view! { <Decide lab><EmbeddedLab page lab /></Decide> }
            })
            .forget();
        }
        if let Some(place) = place("[data-place=scale]") {
            let guessed = RowGuess::of_all(&place.get_attribute("data-scale").unwrap_or_default(), fresh);
            asked.extend(guessed.iter().map(|row| row.answered()));
            mount_to(place, move || {
                provide_context(page);
                view! { <Scale guessed /> }
            })
            .forget();
        }
        if let Some(name) = chapter() {
            Come::follow(name, asked);
        }
    }
    if let Some((lang, why)) = unspoken {
        let why = words::clause(&why).into();
        let problem = en::NO_LANGUAGE.with(&[("lang", lang.as_str().into()), ("why", why)]);
        page.labs.with_value(|labs| {
            labs.first().inspect(|lab| lab.problems.update(|problems| problems.push(problem)));
        });
    }
    if let Some(starting) = document().get_element_by_id("starting") {
        starting.remove(); // only now: until then it is where the page says why it does not start
    }
    if let Some(place) = place("[data-place=theme]") {
        mount_to(place, move || view! { <ThemeButton page /> }).forget();
    }
    if let Some(place) = place("[data-place=costs]") {
        mount_to(place, move || {
            provide_context(page);
            view! { <Costs open=true /> }
        })
        .forget();
    }
    for place in all("[data-come]") {
        let come = Come::in_chapter(&place.get_attribute("data-come").unwrap_or_default());
        place.set_text_content(come.map(Come::text).as_deref());
    }
    if let Some(place) = place("[data-place=guesses]") {
        mount_to(place, || view! { <Guesses /> }).forget();
    }
    keep_the_look(page);
    translated::keep_up();
    stay_when_a_file_is_dropped();
    keyboard::bind(page);
    deck::bind(page);
    spawn_local(page.complete_itself());
    if page.settings.with_untracked(|settings| settings.autorun) {
        spawn_local(state::autorun(page));
    }
}

/// The chapter that the page is, if it is one.
fn chapter() -> Option<String> {
    document().document_element()?.get_attribute("data-text").filter(|name| !name.is_empty())
}

/// All of these that the page's HTML has.
fn all(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// A place that the page's HTML has for something, empty of what stood there for those who have no script.
fn place(selector: &str) -> Option<HtmlElement> {
    let place: HtmlElement = document().query_selector(selector).ok().flatten()?.dyn_into().ok()?;
    place.set_text_content(None);
    Some(place)
}

/// A file that misses the lab it was meant for would replace the page, with all results.
fn stay_when_a_file_is_dropped() {
    let of_files = |event: &web_sys::DragEvent| {
        event.data_transfer().is_some_and(|carried| carried.types().includes(&"Files".into(), 0))
    };
    let stay = move |event: web_sys::DragEvent| {
        if of_files(&event) {
            event.prevent_default();
        }
    };
    window_event_listener(leptos::ev::dragover, stay);
    window_event_listener(leptos::ev::drop, stay);
}

/// What the visitor, the system or the paper may want otherwise, and the style sheet's colours go by.
const LOOKS: [&str; 4] =
    ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)", "print"];

/// Theme and view are the whole document's.
fn keep_the_look(page: PageState) {
    let recolour = move || page.labs.with_value(|labs| labs.iter().for_each(|lab| lab.canvases.get_value().recolour()));
    let look = Memo::new(move |_| page.settings.with(|settings| (settings.theme, settings.view)));
    Effect::new(move || {
        let (theme, view) = look.get();
        if let Some(root) = document().document_element() {
            root.set_attribute("data-theme", theme.word()).ok();
            root.set_attribute("data-view", view.word()).ok();
        }
        recolour();
    });
    // what was on canvases is gone when the browser's graphics process ended, or the machine slept
    let restored = Closure::<dyn Fn()>::new(recolour);
    document()
        .add_event_listener_with_callback_and_bool("contextrestored", restored.as_ref().unchecked_ref(), true)
        .ok();
    restored.forget(); // as long as the page
    for query in LOOKS {
        let Some(query) = window().match_media(query).ok().flatten() else { continue };
        let on_change = Closure::<dyn Fn()>::new(recolour);
        query.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref()).ok();
        on_change.forget(); // as long as the page
    }
    // what a canvas shows is printed as it is, so it is drawn for paper before the browser lays that out
    for (event, paper) in [("beforeprint", true), ("afterprint", false)] {
        let on_print = Closure::<dyn Fn()>::new(move || {
            if let Some(root) = document().document_element() {
                root.toggle_attribute_with_force("data-paper", paper).ok();
            }
            recolour();
        });
        window().add_event_listener_with_callback(event, on_print.as_ref().unchecked_ref()).ok();
        on_print.forget(); // as long as the page
    }
}

/// The page with one lab.
#[component]
fn FrontPage(page: PageState, lab: Lab) -> impl IntoView {
    provide_context(page);
    view! {
        <Header />
        <main>
            <LabView lab />
            <Costs />
        </main>
        <footer class="credits"><p>{en::CREDITS.text()} " " <a href="licences/">{en::LICENCES.text()}</a></p></footer>
    }
}

/// A lab somewhere in a text.
#[component]
fn EmbeddedLab(page: PageState, lab: Lab, #[prop(optional)] law: bool) -> impl IntoView {
    provide_context(page);
    view! { <LabView lab law /> }
}

/// One experiment with its controls, its lanes and its results.
#[component]
fn LabView(lab: Lab, #[prop(optional)] law: bool) -> impl IntoView {
    provide_context(lab);
    clear_what_no_longer_fits(lab);
    Effect::new(move || {
        if let Some(place) = lab.place.get() {
            lab.view.with_value(|view| view.watch(&place));
        }
    });
    let page = expect_page();
    let label = (!lab.alone).then(|| lab.name());
    let dropped = move |event: leptos::ev::DragEvent| {
        let file = event.data_transfer().and_then(|carried| carried.files()?.get(0));
        if let Some(file) = file {
            event.prevent_default();
            open_file(page, lab, file);
        }
    };
    view! {
        <section class="lab" node_ref=lab.place aria-label=label
            on:dragover=|event| event.prevent_default() on:drop=dropped>
            // above the controls, whose sheets lie over what follows them
            <Problems />
            <Ask />
            {law.then(|| view! { <Law><OneParam key=SERIAL /></Law> })}
            <Behind>
                <Controls />
                <RecordingLabel />
                <Headline />
                <Rows />
                <Axis />
                <Player />
                <Details />
                <Charts />
                <Pictures />
                <Numbers />
                <WhatIf />
                <div class="foot">
                    <Method />
                    <TakeAway />
                </div>
            </Behind>
        </section>
    }
}

/// The tables: in a text they lie folded, because the pictures say what it is about.
#[component]
fn Numbers() -> impl IntoView {
    let (_, lab) = state::here();
    if !is_text() {
        return view! { <Tables /> }.into_any();
    }
    view! {
        <details class="folded" hidden=move || lab.outcome.with(Option::is_none)>
            <summary>{en::ALL_NUMBERS.text()}</summary>
            <Tables />
        </details>
    }
    .into_any()
}

/// What was run belongs to what was chosen then: another choice of work, size or strategies takes it away, and the same choice
/// brings it back.
fn clear_what_no_longer_fits(lab: Lab) {
    let chosen = Memo::new(move |_| lab.experiment.get());
    Effect::new(move |before: Option<Experiment>| {
        let now = chosen.get();
        let another = before.is_some_and(|before| before != now);
        let recorded = lab.recording.with_untracked(|recorded| recorded.as_ref() == Some(&now));
        if another && !lab.running_now() && !recorded {
            lab.recall_or_clear();
        }
        now
    });
}

#[component]
fn Header() -> impl IntoView {
    let page = expect_page();
    view! {
        <header class="top">
            <h1>"Lanes"</h1>
            <p>{en::TAGLINE.text()}</p>
            <a href="#chapters-heading">{en::TO_QUESTIONS.text()}</a>
            <a href="chapters/decide/">{en::TO_DECIDE.text()}</a>
            <ThemeButton page />
        </header>
    }
}

/// Switches between the system's colours, light and dark.
#[component]
fn ThemeButton(page: PageState) -> impl IntoView {
    let theme = move || page.settings.with(|settings| settings.theme);
    let says = move || match theme() {
        Theme::Auto => en::THEME_AUTO,
        Theme::Light => en::THEME_LIGHT,
        Theme::Dark => en::THEME_DARK,
    };
    view! {
        <button type="button" id="theme"
            on:click=move |_| page.settings.update(|settings| settings.theme = settings.theme.next())>
            {move || says().text()}
        </button>
    }
}
