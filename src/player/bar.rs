//! The player's controls: play, pause, from change to change, the moment on a slider, the speed; and the moment as a
//! table.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use pictures::Table;
use pictures::player::table;
use words::{Arg, Message, en};

use crate::fields::{Slider, TableView};
use crate::state::{Lab, Play, SLOWER, here};

/// Steps of the slider.
const STEPS: u32 = 1000;

/// The controls of a player in a lab. Its name, the caption of its table, and `of` before its ids distinguish it from
/// the lab's other players.
#[component]
pub fn Bar(play: Play, name: Message, caption: Message, of: &'static str) -> impl IntoView {
    let (page, lab) = here();
    // a measurement needs the machine to itself
    Effect::new(move || {
        if page.exclusive.holder().is_some() && play.is_playing() {
            play.toggle();
        }
    });
    move || play.is_there().then(|| view! { <Controls play lab name caption of /> })
}

#[component]
fn Controls(play: Play, lab: Lab, name: Message, caption: Message, of: &'static str) -> impl IntoView {
    let own = move |name: &str| lab.id(&format!("{of}{name}"));
    let keys = move |event: KeyboardEvent| {
        let on = match event.key().as_str() {
            _ if event.ctrl_key() || event.meta_key() || event.alt_key() => return, // the browser's
            "." => true,
            "," => false,
            _ => return,
        };
        event.prevent_default();
        play.step(on);
    };
    let toggle_says = move || if play.is_playing() { en::PAUSE.text() } else { en::PLAY.text() };
    let step = move |on: bool, says: Message, sign: &'static str| {
        view! {
            <button type="button" class="step" title=says.text() aria-label=says.text() on:click=move |_| play.step(on)>{sign}</button>
        }
    };
    let place = move || {
        if play.is_open() { (play.at() / f64::from(play.end().max(1)) * f64::from(STEPS)).round() as u32 } else { 0 }
    };
    let slide = move |wanted: u32| play.seek(f64::from(wanted) / f64::from(STEPS) * f64::from(play.end()));
    let moment = move || {
        let told = play.told()?;
        let [at, end] = [told.at, told.tracks.end()].map(words::moment);
        Some(en::MOMENT_OF.with(&[("at", at.into()), ("end", end.into())]))
    };
    view! {
        <section class="player" class:open=move || play.is_open() id=own("player") aria-label=lab.name_of(name.text()) on:keydown=keys>
            <div class="transport">
                <button type="button" class="toggle" id=own("play") on:click=move |_| play.toggle()>{toggle_says}</button>
                {step(false, en::CHANGE_BACK, "◂")}
                {step(true, en::CHANGE_ON, "▸")}
                <Slider ends=[0, STEPS] value=Signal::derive(place) on_slide=Callback::new(slide)
                    attr:id=own("moment") attr:aria-label=en::MOMENT.text() attr:aria-valuetext=moment />
                // a screen reader gets it from the slider on request; a live region would say it twelve times a second
                <output aria-live="off">{moment}</output>
                {move || play.is_open().then(|| view! { <Speed play /> })}
                {move || play.is_open().then(|| {
                    view! { <button type="button" on:click=move |_| play.show_all()>{en::SHOW_WHOLE.text()}</button> }
                })}
            </div>
        </section>
        {move || play.is_open().then(|| view! { <AsTable play lab caption of /> })}
    }
}

/// How fast it is played.
#[component]
fn Speed(play: Play) -> impl IntoView {
    let choose = move |event| play.set_slower(event_target_value(&event).parse().unwrap_or(1));
    let option = move |times: u32| {
        let says = match times {
            1 => en::AS_IT_WAS.text(),
            times => en::TIMES_SLOWER.with(&[("n", Arg::Digits(times.into()))]),
        };
        view! { <option value=times.to_string() prop:selected=move || play.slower() == times>{says}</option> }
    };
    view! {
        <label class="speed">
            <span>{en::SPEED.text()}</span>
            <select on:change=choose>{SLOWER.map(option)}</select>
        </label>
    }
}

/// What each lane and task does at the moment, in words: made anew only while it is unfolded.
#[component]
fn AsTable(play: Play, lab: Lab, caption: Message, of: &'static str) -> impl IntoView {
    let own = move |name: &str| format!("{of}{name}");
    let open = RwSignal::new(false);
    let toggled = move |event: leptos::ev::Event| open.set(event_target::<web_sys::HtmlDetailsElement>(&event).open());
    let shown = move || {
        let told = play.told().filter(|_| open.get())?;
        let told = table(caption, told.tracks.tracks.iter().zip(&told.moments), told.at);
        Some(view! { <TableView table=Table { id: own(&told.id), ..told } lab=Some(lab) /> })
    };
    view! {
        <details class="folded" id=lab.id(&own("moment-as-table")) on:toggle=toggled>
            <summary>{en::MOMENT_AS_TABLE.text()}</summary>
            {shown}
        </details>
    }
}
