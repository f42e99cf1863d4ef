//! A text (a chapter, or a page of somebody's own) with what it has places for: labs, Decide, the scale of times.

use lab::experiment::{Experiment, from_query};
use leptos::prelude::*;

use super::lab_view::LabView;
use super::places::{all, chapter, emptied, show_in};
use crate::decide::Decide;
use crate::scale::{RowGuess, Scale};
use crate::state::{Come, LabQuestion, PageState};

/// Shows a lab in each place for one (`<div data-lab="workload=primes">`), and all else that the text has a place for.
pub fn show(page: PageState) {
    let fresh = page.settings.with_untracked(|settings| settings.fresh);
    let places = all("[data-lab]");
    // all labs are there before the first is shown: each knows whether it is alone
    let labs = places.iter().map(|place| {
        let query = place.get_attribute("data-lab").unwrap_or_default();
        let (experiment, _, problems) = from_query(&query, page.cores);
        let asked = place.get_attribute("data-ask").and_then(|asked| LabQuestion::read(&asked, fresh));
        page.add(experiment, &problems, asked, places.len() == 1)
    });
    let labs: Vec<_> = labs.collect();
    let mut answered: Vec<_> = labs.iter().filter_map(|lab| lab.asked).map(LabQuestion::answered).collect();
    let alone = places.is_empty();
    for (lab, place) in labs.into_iter().zip(places) {
        place.set_text_content(None); // what stood there for visitors without scripts
        let law = place.has_attribute("data-law");
        lab.opened.update(|opened| *opened &= !law);
        show_in(place, page, move || view! { <LabView lab law /> });
    }
    if let Some(place) = emptied("[data-place=decide]") {
        let lab = page.add(Experiment::opening(page.cores), &[], None, alone);
        show_in(place, page, move || view! { <Decide lab><LabView lab /></Decide> });
    }
    if let Some(place) = emptied("[data-place=scale]") {
        let guessed = RowGuess::of_all(&place.get_attribute("data-scale").unwrap_or_default(), fresh);
        answered.extend(guessed.iter().map(|row| row.answered()));
        show_in(place, page, move || view! { <Scale guessed /> });
    }
    if let Some(name) = chapter() {
        Come::follow(name, answered);
    }
}
