//! The player of what the lanes show.

use std::rc::Rc;

use analyst::Reported;
use leptos::prelude::*;
use pictures::ShownRow;
use pictures::player::Played;
use words::en;

use crate::player::{Bar, Marks};
use crate::state::{Lab, Tracks, here};

/// Its controls, once there is something to be played.
#[component]
pub fn Player() -> impl IntoView {
    let (_, lab) = here();
    Effect::new(move || {
        let source =
            lab.outcome.get().map(|reported| Rc::new(move || tracks(lab, &reported)) as Rc<dyn Fn() -> Tracks>);
        lab.play
            .bring(source.filter(|_| lab.outcome.with_untracked(|outcome| outcome.as_ref().is_some_and(has_lanes))));
    });
    view! { <Bar play=lab.play name=en::PLAYER caption=en::MOMENT_TABLE of="" /> }
}

/// What the tasks of a strategy do at the moment.
#[component]
pub fn RowMarks(id: String) -> impl IntoView {
    let (_, lab) = here();
    let track = Signal::derive(move || {
        let outcome = lab.outcome.get()?;
        playable(&outcome).position(|row| row.strategy == id)
    });
    view! { <Marks play=lab.play track /> }
}

/// The rows that can be played.
fn playable(reported: &Reported) -> impl Iterator<Item = &ShownRow> {
    reported.shown.rows.iter().filter(|row| row.trace.is_some())
}

fn has_lanes(reported: &Rc<Reported>) -> bool {
    playable(reported).any(|row| row.trace.as_ref().is_some_and(|trace| trace.spans() > 0))
}

fn tracks(lab: Lab, reported: &Reported) -> Tracks {
    // in a sample that did its work several times in a row, a task's spans belong to several of these times
    let phases = |row: &ShownRow| if row.repeats.is_some() { Vec::new() } else { reported.shown.phases.clone() };
    let track = |row: &ShownRow| Some(Played::of(&row.name, row.trace.as_ref()?, &phases(row)));
    Tracks {
        tracks: playable(reported).filter_map(track).collect(),
        axis: lab.canvases.with_value(|canvases| canvases.micros()),
    }
}
