//! How far a reader has come in each chapter: kept on this device, shown beside the chapters wherever they are listed.

use leptos::prelude::*;
use words::{Arg, en};

use crate::browser::{keep, kept, kept_names};

/// The beginning of the names under which that is kept.
const KEPT: &str = "lanes:chapter:";

/// How many of a chapter's questions were answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Come {
    answered: usize,
    of: usize,
}

impl Come {
    /// How far the reader has come in the chapter of this name; `None` if it was never opened here.
    pub fn in_chapter(name: &str) -> Option<Self> {
        let text = kept(&format!("{KEPT}{name}"))?;
        let (answered, of) = text.split_once('/')?;
        Some(Self { answered: answered.parse().ok()?, of: of.parse().ok()? })
    }

    /// How far it is, in a few words.
    pub fn text(self) -> String {
        match self.of {
            0 => en::OPENED.text(),
            of => en::ANSWERED_OF.with(&[("n", Arg::digits(self.answered)), ("of", Arg::digits(of))]),
        }
    }

    /// Keeps how far the reader is in the chapter of this name, which is open; `asked` says of each of its questions
    /// whether it was answered.
    pub fn follow(name: String, asked: Vec<Signal<bool>>) {
        Effect::new(move || {
            let answered = asked.iter().filter(|answered| answered.get()).count();
            let text = format!("{answered}/{}", asked.len());
            keep(&format!("{KEPT}{name}"), Some(&text));
        });
    }

    /// Forgets all of it.
    pub fn forget_all() {
        kept_names(KEPT).iter().for_each(|name| keep(name, None));
    }
}
