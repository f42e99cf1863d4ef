//! `autorun=1`: a run that starts by itself, as soon as somebody can see it.
//!
//! A talk's link may open in the background, and a deck loads its frames long before their slides are shown: a run at
//! that time would be seen by nobody, slowed down by the browser, and in the way of what is shown meanwhile.

use futures_util::future::select_all;
use leptos::prelude::*;

use super::{PageState, RunState, run};
use crate::browser::{seen, visible};
use crate::link::give_way;

/// Waits until a lab is within view, and runs the one with the largest visible area, unless anything ran before.
pub async fn autorun(page: PageState) {
    let views: Vec<_> = page.labs.with_value(|labs| labs.iter().map(|lab| lab.view.get_value()).collect());
    loop {
        seen().await;
        select_all(views.iter().map(|view| Box::pin(view.come()))).await;
        give_way().await; // labs that come into view at the same moment are reported one after the other
        if visible() {
            break;
        }
    }
    let untouched = page
        .labs
        .with_value(|labs| labs.iter().all(|lab| lab.progress.with_untracked(|progress| *progress == RunState::Idle)));
    if let Some(lab) = page.lab_in_view().filter(|_| untouched) {
        run(page, lab, None);
    }
}
