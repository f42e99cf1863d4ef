//! Opening a report: it is shown as if it had been made here, labelled a recording.

use leptos::prelude::*;
use words::en;

use crate::fields::FileButton;
use crate::state::{here, open_file};

/// The button for a report.
#[component]
pub fn OpenReport() -> impl IntoView {
    let (page, lab) = here();
    let opened = move |file| {
        open_file(page, lab, file);
        lab.sheet.set(None);
    };
    view! { <FileButton name="report" label=en::OPEN_REPORT on_file=opened /> }
}
