//! What the visitor chooses: native controls, written as HTML. One effect shows the experiment in them, one listener
//! takes what they say. Each bears the name that its setting has in the URL.

use js_sys::Reflect;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{Element, Event};
use workloads::{Nature, Param};

use super::ladder::{grouped, number, step, steps};
use super::markup::{element, fill, focus};
use super::session;
use super::state::{Stage, State};
use super::turn;
use lab::experiment::{Catalogue, Experiment, SAMPLES, View};
use lab::measure::decimal;
use strategies::{self, Memory, Scheduling};

/// The bar of controls, with Run and Cancel.
#[component]
pub fn Controls(state: State) -> impl IntoView {
    Effect::new(move |shown: Option<[String; 3]>| state.experiment.with(|experiment| show(state, experiment, shown)));
    window_event_listener(ev::click, |event| {
        if event_target::<Element>(&event).closest(".more").ok().flatten().is_none() {
            shut();
        }
    });
    let claimed = state.catalogue.with_value(|catalogue| catalogue.claimed_cores);
    let embedded = state.experiment.with_untracked(|experiment| experiment.view == View::Embed);
    // a slider tells of each step; a button, that it was pressed
    let take_from = move |kind: &'static str| {
        move |event: Event| {
            if event_target::<Element>(&event).get_attribute("type").is_some_and(|own| own == kind) {
                take(state, &event);
            }
        }
    };
    let (slid, pressed) = (take_from("range"), take_from("button"));
    view! {
        <form class="controls" on:submit=move |event| event.prevent_default()
            on:input=slid on:change=move |event| take(state, &event) on:click=move |event| pressed(event.into())>
            <fieldset disabled=move || state.running() inner_html=bar(claimed, embedded)></fieldset>
            <Go state />
        </form>
    }
}

/// All controls but the parameters', which depend on what is chosen, and without what they say. In a slide, size and
/// workers lie in the sheet: the lanes need the room.
fn bar(claimed: usize, embedded: bool) -> String {
    let often = format!(
        "<div id=\"size\"></div>\
         <div class=\"field stepper\" role=\"group\" aria-label=\"Workers\"><span>Workers</span>\
         <button type=\"button\" name=\"fewer\" aria-label=\"One worker less\">−</button>\
         <output id=\"workers\" aria-live=\"polite\"></output>\
         <button type=\"button\" name=\"more\" aria-label=\"One worker more\">+</button>\
         <small>of {claimed} claimed</small></div>"
    );
    let (in_line, in_sheet) = if embedded { ("", &often[..]) } else { (&often[..], "") };
    let (work, [fewest, utmost]) = (workloads_by_nature(), [SAMPLES.start(), SAMPLES.end()]);
    format!(
        "<legend class=\"unseen\">Experiment</legend>\
         <label class=\"field\"><span>Work</span><select id=\"workload\" name=\"workload\">{work}</select></label>\
         {in_line}<div class=\"sheets\"><details class=\"more\" name=\"sheet\"><summary>Strategies<small id=\"chosen\"></small></summary>\
         <div class=\"sheet\" id=\"matrix\"></div></details>\
         <details class=\"more\" name=\"sheet\"><summary>More</summary><div class=\"sheet\">{in_sheet}<div id=\"params\"></div>\
         <label class=\"field\"><span>Samples</span><input type=\"number\" name=\"samples\" min=\"{fewest}\" max=\"{utmost}\"></label>\
         <label class=\"field\"><span>Seed</span><input type=\"number\" name=\"seed\" min=\"0\"></label>\
         <label class=\"check\"><input type=\"checkbox\" name=\"sweep\"> Every number of workers</label>\
         <small>Runs each strategy with one worker, with two, and so on (beyond 16 ever fewer numbers), and charts what more of \
         them bring. \
         It takes several times as long. Ticking it adds threads with a GIL for comparison, and goes on to twice the \
         claimed cores unless you chose how many workers.</small>\
         <label class=\"check\"><input type=\"checkbox\" name=\"key\" checked> The key R runs</label>\
         </div></details></div>"
    )
}

fn workloads_by_nature() -> String {
    let natures = [
        (Nature::Compute, "Computes"),
        (Nature::Mixed, "Computes and waits"),
        (Nature::Wait, "Waits"),
        (Nature::Deadline, "Computes until a deadline"),
    ];
    let group = |(nature, title)| {
        let infos = workloads::ALL.iter().map(|workload| workload.info()).filter(|info| info.nature == nature);
        let options: String = infos.map(|info| option(info.id, info.title)).collect();
        format!("<optgroup label=\"{title}\">{options}</optgroup>")
    };
    natures.map(group).concat()
}

fn option(word: &str, title: &str) -> String {
    format!("<option value=\"{word}\">{title}</option>")
}

/// The control of a parameter: a slider for a number, a list for a choice.
fn control(param: &Param) -> String {
    let (key, label) = (param.key, param.label);
    let control = if param.words.is_empty() {
        let [first, last] = steps(param);
        format!("<input type=\"range\" name=\"{key}\" min=\"{first}\" max=\"{last}\"><output></output>")
    } else {
        let options: String = param.words.iter().map(|word| option(word, word)).collect();
        format!("<select name=\"{key}\">{options}</select>")
    };
    format!("<label class=\"field\"><span>{label}</span>{control}</label>")
}

/// The strategies where they stand: who decides when a task gives way, and what contexts see of each other's memory.
fn matrix(experiment: &Experiment) -> String {
    let metas = || strategy::ALL.iter().filter_map(|one| strategy::find_as(one.meta().id, &experiment.settings));
    let field = |scheduling, memories: &[Memory]| -> String {
        let own = metas().map(|one| one.meta());
        let own = own.filter(|meta| meta.scheduling == scheduling && memories.contains(&meta.memory));
        let tick = |meta: &strategy::Meta| {
            format!("<label class=\"check\"><input type=\"checkbox\" name=\"{}\"> {}</label>", meta.id, meta.name)
        };
        own.map(tick).collect()
    };
    let row = |scheduling, title, meaning| {
        let [shared, isolated] = [Memory::Shared, Memory::Isolated].map(|memory| field(scheduling, &[memory]));
        format!("<tr><th scope=\"row\">{title}<small>{meaning}</small></th><td>{shared}</td><td>{isolated}</td></tr>")
    };
    format!(
        "<fieldset class=\"matrix\"><legend class=\"unseen\">Strategies</legend><table><thead><tr><td></td>\
         <th scope=\"col\">Shared memory<small>all see the same</small></th>\
         <th scope=\"col\">Isolated memory<small>what crosses is copied</small></th></tr></thead><tbody>{}{}\
         <tr><th scope=\"row\">Neither<small>one task after the other</small></th><td colspan=\"2\">{}</td></tr>\
         </tbody></table></fieldset>",
        row(Scheduling::Preemptive, "Preemptive", "the system switches tasks at any time"),
        row(Scheduling::Cooperative, "Cooperative", "tasks give way by themselves"),
        field(Scheduling::None, &[Memory::Shared, Memory::Isolated])
    )
}

/// Shows the experiment in the controls, and makes those anew that depend on it if they have become others.
fn show(state: State, experiment: &Experiment, shown: Option<[String; 3]>) -> [String; 3] {
    let Experiment { workload, params, strategies, .. } = experiment;
    let metas = || strategies.iter().filter_map(|id| strategy::find(id)).map(|one| one.meta());
    let own = params.iter().map(|(param, _)| control(param));
    let others = metas().flat_map(|meta| meta.params).map(control);
    let wanted =
        [control(&workload.info().params[0]), own.skip(1).chain(others).collect::<String>(), matrix(experiment)];
    for (at, place) in ["#size", "#params", "#matrix"].into_iter().enumerate() {
        if shown.as_ref().is_none_or(|shown| shown[at] != wanted[at]) {
            fill(place, &wanted[at]);
        }
    }
    for (key, value) in experiment.pairs() {
        match slider(experiment, key) {
            Some((param, number)) => show_number(param, number),
            None => put(key, "value", value.into()),
        }
    }
    let legal = state.catalogue.with_value(|catalogue| catalogue.workers());
    for (name, workers) in [("fewer", experiment.workers - 1), ("more", experiment.workers + 1)] {
        put(name, "value", workers.into());
        put(name, "disabled", (!legal.contains(&workers)).into());
    }
    fill("#workers", &experiment.workers.to_string());
    for id in state.catalogue.with_value(|catalogue| catalogue.strategies.clone()) {
        put(id, "checked", strategies.contains(&id).into());
        put(id, "disabled", (strategies[..] == [id]).into());
    }
    put("sweep", "checked", experiment.sweep.into());
    fill("#chosen", &format!("{} of {}", strategies.len(), strategy::ALL.len()));
    wanted
}

/// The parameter of this name and its value, if it is one that a slider is for.
fn slider(experiment: &Experiment, key: &str) -> Option<(&'static Param, u32)> {
    let mut all = experiment.params.iter().chain(experiment.settings.iter());
    all.find(|(param, _)| param.key == key && param.words.is_empty())
}

fn show_number(param: &Param, number: u32) {
    let Some(slider) = named(param.key) else { return };
    let text = amount(param, number);
    put(param.key, "value", step(number).into());
    slider.set_attribute("aria-valuetext", &text).ok();
    slider.next_element_sibling().inspect(|output| output.set_text_content(Some(&text)));
}

/// The control of this name, if there is one now.
fn named(key: &str) -> Option<Element> {
    element(&format!(".controls [name={key}]"))
}

/// Sets a property of the control of this name.
fn put(key: &str, property: &str, value: JsValue) {
    if let Some(control) = named(key) {
        Reflect::set(&control, &property.into(), &value).ok();
    }
}

/// A number as people write it: thousands and millions are counted out, a thousand microseconds are a millisecond.
fn amount(param: &Param, number: u32) -> String {
    let (times, unit) = match param.unit {
        "µs" if number >= 1_000 => {
            return format!("{} ms", decimal(f64::from(number) / 1000.0, u32::from(!number.is_multiple_of(1_000))));
        }
        "thousand" => (1_000, ""),
        "million" => (1_000_000, ""),
        unit => (1, unit),
    };
    format!("{} {unit}", grouped(u64::from(number) * times))
}

/// Shuts what lies open over the lanes, and says whether anything did. The focus stays with what was shut.
pub fn shut() -> bool {
    let mut shut = false;
    while let Some(open) = element(".more[open]") {
        if element(".more[open] :focus").is_some() {
            focus(".more[open] > summary");
        }
        open.remove_attribute("open").ok();
        shut = true;
    }
    shut
}

/// Takes what a control says, as the URL would say it; what is not legal shows as a problem and changes nothing.
fn take(state: State, event: &Event) {
    let Some(key) = event_target::<Element>(event).get_attribute("name") else { return };
    let now = state.experiment.get_untracked();
    let mut next = now.clone();
    let value = event_target_value(event);
    let outcome = state.catalogue.with_value(|catalogue| {
        if let Some((param, _)) = slider(&now, &key) {
            let wanted = number(value.parse().unwrap_or_default()).clamp(param.min, param.max);
            return next.set(&key, &wanted.to_string(), catalogue);
        }
        if catalogue.strategies.contains(&key.as_str()) {
            let taken = |id: &&str| now.strategies.contains(id) != (**id == key);
            let wanted: Vec<_> = catalogue.strategies.iter().copied().filter(taken).collect();
            return next.set("strategies", &wanted.join(","), catalogue);
        }
        match (key.as_str(), workloads::find(&value)) {
            ("workload", Some(workload)) => next = now.clone().picking(workload, catalogue),
            ("fewer" | "more", _) => return next.set("workers", &value, catalogue),
            ("key", _) => state.key.update(|key| *key = !*key),
            ("sweep", _) => {
                next.sweep = !now.sweep;
                let shared_memory = state.isolation.get_value().shared_memory;
                if next.sweep {
                    widen(&mut next, shared_memory, catalogue);
                } else {
                    narrow(&mut next, shared_memory, catalogue);
                }
            }
            _ => return next.set(&key, &value, catalogue),
        }
        Ok(())
    });
    state.problems.set(outcome.err().iter().map(ToString::to_string).collect());
    state.experiment.set(next); // also where nothing changed, so that the control says again what holds
}

/// What does not scale beside what does, and past the cores, where the gain should end.
fn widen(sweep: &mut Experiment, shared_memory: bool, catalogue: &Catalogue) {
    let wanted = |id: &&&str| sweep.strategies.contains(id) || (**id == "gil" && shared_memory);
    sweep.strategies = catalogue.strategies.iter().filter(wanted).copied().collect();
    if sweep.workers == catalogue.default_workers() {
        sweep.workers *= 2;
    }
}

/// Takes back what a sweep of the opening race added.
fn narrow(race: &mut Experiment, shared_memory: bool, catalogue: &Catalogue) {
    let opening = Experiment::opening(catalogue);
    let mut widened = opening.clone();
    widen(&mut widened, shared_memory, catalogue);
    if race.strategies == widened.strategies {
        race.strategies = opening.strategies;
    }
    if race.workers == widened.workers {
        race.workers = opening.workers;
    }
}

/// Run or Cancel, and how far a run is.
#[component]
fn Go(state: State) -> impl IntoView {
    let counts = move || match state.stage.get() {
        Stage::Running { done, total } => Some((done, total)),
        _ => None,
    };
    let key = move || if state.running() { Some(("Escape", "Esc")) } else { state.key.get().then_some(("r", "R")) };
    view! {
        <div class="go">
            <progress id="progress" class:resting=move || counts().is_none() aria-label="Samples done"
                max=move || counts().map_or(1, |(_, total)| total.max(1))
                prop:value=move || counts().map_or(0, |(done, _)| done)></progress>
            // one button, so that the keyboard's focus stays on it
            <button type="button"
                id=move || if state.running() { "cancel" } else { "run" }
                class:primary=move || !state.running()
                aria-keyshortcuts=move || key().map(|(name, _)| name)
                on:click=move |_| press(state)>
                {move || if state.running() { "Cancel" } else { "Run" }}
                {move || key().map(|(_, cap)| view! { <kbd aria-hidden="true">{cap}</kbd> })}
            </button>
        </div>
    }
}

fn press(state: State) {
    if matches!(state.stage.get_untracked(), Stage::Running { .. }) {
        turn::cancel();
    } else {
        session::run(state, None).ok();
    }
}
