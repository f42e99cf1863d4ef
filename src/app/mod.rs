//! The page put together. A page whose HTML is a text, or has places for labs, gets what it has places for; any other is the
//! front page, with the one lab that the URL describes.

mod front_page;
mod lab_view;
mod look;
mod places;
mod text;

use lab::experiment::{ClaimedCores, Experiment, Problem, Settings, View};
use leptos::prelude::*;
use strategies::Failure;
use wasm_bindgen_futures::spawn_local;
use words::en;

use self::look::{ThemeButton, keep_the_look};
use self::places::{all, fill, is_text};
use super::broken::Broken;
use super::browser::{claimed_cores, fetch_text};
use super::link::panics;
use super::questions::Guesses;
use super::results::Costs;
use super::state::{self, Come, PageState};
use super::{deck, keyboard, translated};

/// Starts the page, if this is one: in a worker there is no window, and nothing happens.
pub fn start() {
    if web_sys::window().is_none() {
        return;
    }
    panics::tell_by(panics::on_the_page);
    let (experiment, settings, problems) = state::read(ClaimedCores(claimed_cores()));
    if went_to_chapter(&settings) {
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

/// Goes to the chapter that the front page's URL names, if it names one; in a slide the name is the deck's own.
fn went_to_chapter(settings: &Settings) -> bool {
    let wanted = settings.chapter.as_deref().filter(|name| chapters::is_one(name) && settings.view == View::Full);
    let Some(name) = wanted.filter(|_| !is_text()) else { return false };
    let look: Vec<_> =
        settings.pairs().into_iter().filter(|(key, _)| ["theme", "lang", "fresh"].contains(key)).collect();
    let look: Vec<_> = look.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    let address = format!("{}chapters/{name}/?{}", places::root(), look.join("&"));
    window().location().replace(&address).is_ok()
}

/// A language's file, or which language it was and why its file could not be loaded.
type LanguageFile = Result<String, (String, Failure)>;

/// Shows the page in its language.
fn open(experiment: Experiment, settings: Settings, problems: Vec<Problem>, language: Option<LanguageFile>) {
    Owner::new().set();
    let not_loaded = language.as_ref().and_then(|language| language.as_ref().err().cloned());
    let page = PageState::new(settings, language.and_then(Result::ok));
    mount_to_body(Broken); // first: what follows may break, too
    if is_text() || !all("[data-lab]").is_empty() {
        text::show(page);
    } else {
        front_page::show(page, experiment, &problems);
    }
    if let Some((lang, why)) = not_loaded {
        say_that_it_stays_english(page, &lang, &why);
    }
    places::end_of_starting();
    fill("theme", page, move || view! { <ThemeButton page /> });
    fill("costs", page, || view! { <Costs open=true /> });
    fill("guesses", page, || view! { <Guesses /> });
    for place in all("[data-come]") {
        let come = Come::in_chapter(&place.get_attribute("data-come").unwrap_or_default());
        place.set_text_content(come.map(Come::text).as_deref());
    }
    keep_the_look(page);
    translated::keep_up();
    lab_view::stay_when_a_file_is_dropped();
    keyboard::bind(page);
    deck::bind(page);
    spawn_local(page.complete_itself());
    if page.settings.with_untracked(|settings| settings.autorun) {
        spawn_local(state::autorun(page));
    }
}

/// Adds to the first lab's problems that the page is in English, and why.
fn say_that_it_stays_english(page: PageState, lang: &str, why: &Failure) {
    let problem = en::NO_LANGUAGE.with(&[("lang", lang.into()), ("why", words::clause(why).into())]);
    page.labs.with_value(|labs| {
        labs.first().inspect(|lab| lab.problems.update(|problems| problems.push(problem)));
    });
}
