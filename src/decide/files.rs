//! The project as a file, measured times, and the costs of the visitor's own Python.

use analyst::ProjectInput;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use words::decision as say;

use super::deciding::here;
use super::wrong::Wrong;
use crate::browser::read_text;
use crate::fields::{FileButton, SaveButton};

/// Times that are pasted, from which the form fills in its parts.
#[component]
pub fn MeasuredTimes() -> impl IntoView {
    let deciding = here();
    let times = NodeRef::<html::Textarea>::new();
    let fill = move |_| {
        let Some(times) = times.get_untracked() else { return };
        deciding.take(ProjectInput::Measured { before: deciding.known(), times: times.value() });
    };
    let note = move || {
        let note = deciding.decided.with(|decided| decided.as_ref().map(|decided| decided.note.clone()));
        note.filter(|note| !note.is_empty()).map(|note| view! { <p class="note">{note}</p> })
    };
    view! {
        <details class="folded" id="measured-times">
            <summary>{say::MEASURED_TIMES.text()}</summary>
            <p class="hint">{say::MEASURED_TIMES_MEAN.text()}</p>
            <textarea name="times" rows="5" spellcheck="false" aria-label=say::MEASURED_FIELD.text() node_ref=times></textarea>
            <button type="button" name="fill-in" on:click=fill>{say::FILL_IN.text()}</button>
            <div aria-live="polite">{note}</div>
            <Wrong key="measured" />
        </details>
    }
}

/// The project as JSON, to save or to open; and the choice of whose Python's costs count.
#[component]
pub fn Files() -> impl IntoView {
    let deciding = here();
    let json = NodeRef::<html::Textarea>::new();
    let project = Memo::new(move |_| {
        deciding.decided.with(|decided| decided.as_ref().map(|decided| decided.project.clone())).unwrap_or_default()
    });
    let [no_project, no_costs] = [(); 2].map(|()| RwSignal::new(None));
    let take = move |_| {
        no_project.set(None);
        json.get_untracked().into_iter().for_each(|json| deciding.take(ProjectInput::Json(json.value())));
    };
    let opened = move |file: File| read(file, no_project, move |text| deciding.take(ProjectInput::Json(text)));
    let costs = move |file: File| read(file, no_costs, move |text| deciding.python.set(Some(text)));
    let shipped = move |_| {
        no_costs.set(None);
        deciding.python.set(None);
    };
    let decision = move || {
        let decided = deciding.decided.get_untracked()?;
        Some(deciding.changes_json.with_value(|changes| decided.with_changes(changes)))
    };
    let own = move || deciding.python.with(Option::is_some);
    view! {
        <details class="folded" id="project-files">
            <summary>{say::AS_FILE.text()}</summary>
            <textarea name="project" rows="8" spellcheck="false" aria-label=say::AS_JSON.text() node_ref=json
                prop:value=move || project.get()></textarea>
            <div class="files">
                <button type="button" name="take-project" on:click=take>{say::TAKE_JSON.text()}</button>
                <FileButton name="open-project" label=say::OPEN_PROJECT on_file=opened />
                <SaveButton name="lanes-project.json" label=say::DOWNLOAD_PROJECT
                    text=Box::new(move || Some(project.get_untracked())) />
                <SaveButton name="lanes-decision.json" label=say::DOWNLOAD_DECISION text=Box::new(decision) />
            </div>
            <Unread why=no_project />
            <Wrong key="project" />
            <p class="hint">{say::PYTHON_MEANS.text()}</p>
            <div class="files">
                <FileButton name="open-costs" label=say::OPEN_COSTS on_file=costs />
                <button type="button" hidden=move || !own() on:click=shipped>
                    {say::SHIPPED_COSTS.text()}
                </button>
            </div>
            <Unread why=no_costs />
            <Wrong key="python" />
        </details>
    }
}

/// Why the last file that was opened could not be read, if it could not.
#[component]
fn Unread(why: RwSignal<Option<String>>) -> impl IntoView {
    move || why.get().map(|why| view! { <p class="wrong unread" role="status">{why}</p> })
}

/// Reads a file's text; where it cannot be read nothing changes, and `wrong` says why.
fn read(file: File, wrong: RwSignal<Option<String>>, then: impl FnOnce(String) + 'static) {
    spawn_local(async move {
        match read_text(&file).await {
            Ok(text) => {
                wrong.set(None);
                then(text);
            }
            Err(why) => wrong.set(Some(words::failure(&why))),
        }
    });
}
