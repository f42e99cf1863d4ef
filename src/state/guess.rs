//! What a visitor believes before a run, and what came of it: kept on this device, never sent.

use std::rc::Rc;

use leptos::prelude::*;
use pictures::Reveal;
use predict::{Guess, Question};

use super::Come;
use crate::browser::{keep, kept, kept_names, try_all_memory_again};

/// A guess that was committed to, and which of the question's reasons was given for it.
pub type Committed = (Guess, Option<usize>);

/// Handles to a lab's question and what came of it; copies refer to the same state.
#[derive(Clone, Copy)]
pub struct LabQuestion {
    /// The question.
    pub question: StoredValue<Rc<Question>, LocalStorage>,
    /// What was guessed, once it was committed to.
    pub guess: RwSignal<Option<Committed>>,
    /// How the last run marked it.
    pub reveal: RwSignal<Option<Reveal>>,
    /// The result of an earlier visit, until there is a newer one.
    pub before: RwSignal<Option<Kept>>,
}

impl LabQuestion {
    /// The question in an element's attribute, with what is kept of it; `None` if the attribute holds none.
    pub fn read(pairs: &str, fresh: bool) -> Option<Self> {
        let pairs = form_urlencoded::parse(pairs.as_bytes()).collect::<Vec<_>>();
        Some(Self::of(Question::from_pairs(pairs.iter().map(|(key, value)| (&**key, &**value))).ok()?, fresh))
    }

    /// A question, with what is kept of it.
    pub fn of(question: Question, fresh: bool) -> Self {
        let name = name(&question);
        if fresh {
            keep(&name, None);
        }
        let before = Kept::read(&name);
        Self {
            question: StoredValue::new_local(Rc::new(question)),
            guess: RwSignal::new(None),
            reveal: RwSignal::new(None),
            before: RwSignal::new(before),
        }
    }

    /// Whether it was answered, now or at an earlier visit.
    pub fn answered(self) -> Signal<bool> {
        Signal::derive(move || self.reveal.with(Option::is_some) | Kept::of(&self).is_some())
    }

    /// What was guessed at an earlier visit, if it is a guess for this question.
    pub fn guessed_before(self) -> Option<Guess> {
        let text = self.before.with_untracked(|before| Some(before.as_ref()?.guess.clone()))?;
        self.question.with_value(|question| Guess::read(&text, &question.kind))
    }

    /// Forgets the guess, so that another can be made.
    pub fn again(self) {
        self.guess.set(None);
        self.reveal.set(None);
    }
}

/// What is kept of a question: three lines, the guess, the question, and what was said of both.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// The guess, as a text.
    pub guess: String,
    /// The question.
    pub asked: String,
    /// Guess and measurement, in a sentence.
    pub said: String,
}

impl Kept {
    /// Keeps what came of a question.
    pub fn keep_of(question: &Question, guess: &Guess, said: String) {
        Self { guess: guess.text(), asked: question.ask.clone(), said }.keep(&name(question));
    }

    /// What is kept of a question.
    fn of(asked: &LabQuestion) -> Option<Self> {
        Self::read(&asked.question.with_value(|question| name(question)))
    }

    /// What is kept of a question that belongs to no experiment, found by its words; if it begins afresh, that is
    /// forgotten first.
    pub fn about(asked: &str, fresh: bool) -> Option<Self> {
        let name = hashed([asked.to_owned()]);
        if fresh {
            keep(&name, None);
            try_all_memory_again();
        }
        Self::read(&name)
    }

    /// Keeps what came of such a question.
    pub fn keep_about(guess: String, asked: String, said: String) {
        let name = hashed([asked.clone()]);
        Self { guess, asked, said }.keep(&name);
    }

    fn read(name: &str) -> Option<Self> {
        let text = kept(name)?;
        let mut lines = text.splitn(3, '\n').map(str::to_owned);
        Some(Self { guess: lines.next()?, asked: lines.next()?, said: lines.next()? })
    }

    fn keep(&self, name: &str) {
        keep(name, Some(&format!("{}\n{}\n{}", self.guess, self.asked, self.said)));
    }

    /// Everything that is kept.
    pub fn all() -> Vec<Self> {
        kept_names(KEPT).iter().filter_map(|name| Self::read(name)).collect()
    }

    /// Forgets everything that is kept.
    pub fn forget_all() {
        kept_names(KEPT).iter().for_each(|name| keep(name, None));
        Come::forget_all();
        try_all_memory_again();
    }
}

/// The beginning of the names under which questions are kept.
const KEPT: &str = "lanes:guess:";

fn name(question: &Question) -> String {
    hashed(question.pairs().into_iter().flat_map(|(key, value)| [key.to_owned(), value]))
}

/// The name under which a question is kept: a hash of what it says (FNV-1a, by Fowler, Noll and Vo), so that a question
/// that was changed is another one.
fn hashed(said: impl IntoIterator<Item = String>) -> String {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    let hash = said.into_iter().flat_map(String::into_bytes).fold(BASIS, step);
    format!("{KEPT}{hash:016x}")
}
