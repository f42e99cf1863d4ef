//! The page put together: header, controls, lanes, words, tables.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

use super::controls::Controls;
use super::costs::Costs;
use super::markup::{focus, items};
use super::method::{Method, TakeAway};
use super::rows::Rows;
use super::screen::Screen;
use super::state::{Stage, State};
use super::tables::{Charts, Tables};
use super::verdict::{Details, Words};
use super::what_if::WhatIf;
use super::{address, deck, keyboard, session};
use pictures::catalogue;
use lab::experiment::{Experiment, Theme, View};
use crate::platform::{claimed_cores, isolation, prepare, seen, timer_resolution};

/// Starts the page, if this is one: in a worker there is no window, and nothing happens.
pub fn start() {
    if web_sys::window().is_none() {
        return;
    }
    prepare();
    let state = open();
    mount_to_body(move || view! { <App state /> });
    if let Some(starting) = document().get_element_by_id("starting") {
        starting.remove(); // only now: until then it is where the page says why it does not start
    }
    address::bind(state);
    keyboard::bind(state);
    deck::bind(state);
    if state.experiment.with_untracked(|experiment| experiment.autorun) {
        spawn_local(async move {
            seen().await; // a talk's link may open in the background, where every time would be void
            session::run(state, None).ok();
        });
    }
}

/// The state that the URL describes.
fn open() -> State {
    let catalogue = catalogue(claimed_cores());
    let (experiment, problems) = address::read(&catalogue);
    Owner::new().set();
    State {
        experiment: RwSignal::new(experiment),
        problems: RwSignal::new(problems),
        stage: RwSignal::new(Stage::Idle),
        outcome: RwSignal::new_local(None),
        last_ms: RwSignal::new(Default::default()),
        costs: RwSignal::new(Vec::new()),
        key: RwSignal::new(true),
        catalogue: StoredValue::new(catalogue),
        isolation: StoredValue::new(isolation()),
        timer_resolution: timer_resolution(),
        screen: StoredValue::new_local(Rc::new(Screen::default())),
    }
}

#[component]
fn App(state: State) -> impl IntoView {
    let embedded = Memo::new(move |_| state.experiment.with(|experiment| experiment.view == View::Embed));
    let theme = Memo::new(move |_| state.experiment.with(|experiment| experiment.theme));
    Effect::new(move || {
        let name = match theme.get() {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        if let Some(root) = document().document_element() {
            root.set_attribute("data-theme", name).ok();
            root.set_attribute("data-view", if embedded.get() { "embed" } else { "full" }).ok();
        }
        state.screen.get_value().recolour();
    });
    let system = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    if let Some(system) = system {
        let on_change = Closure::<dyn Fn()>::new(move || state.screen.get_value().recolour());
        system.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref()).ok();
        on_change.forget(); // as long as the page
    }
    clear_what_no_longer_fits(state);
    window_event_listener(leptos::ev::resize, move |_| state.screen.get_value().draw());
    view! {
        <Header state />
        <main>
            // above the controls, whose sheets lie over what follows them
            <Problems state />
            <Controls state />
            <Words state />
            <Rows state />
            <Details state />
            <Charts state />
            <section class="pictures" id="pictures" aria-label="The picture that each strategy made"></section>
            <Tables state />
            <WhatIf state />
            <Costs state />
            <div class="foot">
                <Method state />
                <TakeAway state />
            </div>
        </main>
        <footer class="credits" inner_html=CREDITS></footer>
    }
}

/// Where it comes from.
const CREDITS: &str =
    "<p>Lanes grew out of the talk “Principles of Concurrency and Parallelism in Python” by Josh Karpel (2024).</p>";

/// What was run belongs to what was chosen then: another choice of work, size or strategies clears it.
fn clear_what_no_longer_fits(state: State) {
    let chosen = Memo::new(move |_| {
        state.experiment.with(|experiment| Experiment {
            view: View::default(),
            theme: Theme::default(),
            chapter: None,
            autorun: false,
            ..experiment.clone()
        })
    });
    Effect::new(move |before: Option<Experiment>| {
        let now = chosen.get();
        if before.is_some_and(|before| before != now) && !state.running() {
            state.outcome.set(None);
            state.stage.set(Stage::Idle);
            state.screen.get_value().clear();
        }
        now
    });
}

#[component]
fn Header(state: State) -> impl IntoView {
    let next = move || match state.experiment.with(|experiment| experiment.theme) {
        Theme::Auto => (Theme::Light, "theme: system"),
        Theme::Light => (Theme::Dark, "theme: light"),
        Theme::Dark => (Theme::Auto, "theme: dark"),
    };
    view! {
        <header class="top">
            <h1>"Lanes"</h1>
            <p>"the same work, several ways, on your CPU"</p>
            <button type="button" id="theme" on:click=move |_| {
                let theme = next().0;
                state.experiment.update(|experiment| experiment.theme = theme);
            }>{move || next().1}</button>
        </header>
    }
}

/// What of a URL or a control was not legal.
#[component]
fn Problems(state: State) -> impl IntoView {
    let dismiss = move |_| {
        state.problems.set(Vec::new());
        focus("#run"); // the button that had the focus is gone
    };
    view! {
        <div id="problems" role="alert" hidden=move || state.problems.with(Vec::is_empty)>
            <ul inner_html=move || state.problems.with(|problems| items(problems))></ul>
            <button type="button" on:click=dismiss>"Dismiss"</button>
        </div>
    }
}
