//! What the tasks of a trace do at the moment: a mark for each if they are few, and how many tasks do what, which
//! explains the marks, too.

use leptos::prelude::*;
use pictures::player::{TaskCount, TaskMark, counts};

use crate::state::Play;

/// The marks of the track with this number, while a moment is shown. Hidden from screen readers, which have the table.
#[component]
pub fn Marks(play: Play, track: Signal<Option<usize>>) -> impl IntoView {
    let of_track = move || play.told().zip(track.get()).filter(|(told, number)| *number < told.moments.len());
    // the marks are made once: what they show changes many times a second
    let marked = Memo::new(move |_| of_track().map(|(told, number)| told.tracks.tracks[number].marked()));
    let marks = Memo::new(move |_| {
        of_track().map(|(told, number)| told.tracks.tracks[number].marks(&told.moments[number])).unwrap_or_default()
    });
    let count = |TaskCount { class, says }| view! { <span class="count"><i class=class>"#"</i>" "{says}</span> };
    let counts =
        move || of_track().map(|(told, number)| counts(&told.moments[number]).into_iter().map(count).collect_view());
    move || {
        let marked = marked.get()?;
        let mark = move |task: usize| {
            let own = move |part: fn(&TaskMark) -> &String| {
                marks.with(|marks| marks.get(task).map(|mark| part(mark).clone()).unwrap_or_default())
            };
            view! { <i class=move || own(|mark| &mark.class) title=move || own(|mark| &mark.says)>{(task + 1).to_string()}</i> }
        };
        Some(view! {
            <div class="now" aria-hidden="true">
                {(marked > 0).then(|| view! { <span class="tasks">{(0..marked).map(mark).collect_view()}</span> })}
                <span class="counts">{counts}</span>
            </div>
        })
    }
}
