//! "Which approach fits my project?": the project as a form, the ranking with its reasons, what would change it, and a
//! trial.
//!
//! The form holds texts. The analyst reads them, decides, and answers in words, so that the page itself reads and
//! writes no numbers. Invariant: what is shown belongs to the form as it is now, or the page says that it is being
//! worked out.

mod asking;
mod changes;
mod check;
mod deciding;
mod files;
mod form;
mod link;
mod message;
mod parts;
mod ranking;
mod typed;
mod wrong;

use leptos::prelude::*;
use words::decision as say;

use crate::state::{Lab, expect_page};
use changes::Changes;
use check::Check;
use deciding::Deciding;
use files::{Files, MeasuredTimes};
use form::ProjectForm;
pub use message::decide;
use ranking::{Answers, Rankings};

/// All of it. The lab, shown as `children`, is where a trial runs.
#[component]
pub fn Decide(lab: Lab, children: Children) -> impl IntoView {
    let page = expect_page();
    let deciding = Deciding::new(page);
    provide_context(deciding);
    deciding.begin();
    view! {
        <section class="decide" id="decide" aria-label=say::RANKING.text()>
            <div class="project">
                <ProjectForm />
                <MeasuredTimes />
                <Files />
            </div>
            <div class="decided">
                <Answers />
                <Rankings />
                <Changes />
            </div>
            <Check lab>{children()}</Check>
        </section>
    }
}
