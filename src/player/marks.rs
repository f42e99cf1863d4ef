//! What the tasks of a trace do at the moment: a mark for each, where they are few, and how many do what.

use leptos::prelude::*;

use crate::state::Play;

/// The marks of the track of this number, while a moment is shown. For those who see; others have the table.
#[component]
pub fn Marks(play: Play, track: Signal<Option<usize>>) -> impl IntoView {
    move || {
        let (tracks, number) = (play.tracks()?, track.get()?);
        let marked = tracks.tracks.get(number)?.marked();
        let own = tracks.clone();
        let marks = Memo::new(move |_| own.tracks[number].marks(play.told()));
        let mark = move |task: usize| {
            let own = move |part: fn(&pictures::player::TaskMark) -> &String| {
                marks.with(|marks| marks.get(task).map(|mark| part(mark).clone()).unwrap_or_default())
            };
            view! { <i class=move || own(|mark| &mark.class) title=move || own(|mark| &mark.says)>{(task + 1).to_string()}</i> }
        };
        let counts = move || tracks.tracks[number].counts(play.told());
        Some(view! {
            <div class="now" aria-hidden="true">
                {(marked > 0).then(|| view! { <span class="tasks">{(0..marked).map(mark).collect_view()}</span> })}
                <span class="counts">{counts}</span>
            </div>
        })
    }
}
