//! The form's texts: as they were typed, legal or not.

use analyst::{Pairs, ProjectInput};
use decide::{KINDS, NUMBERS, PARTS_MOST};
use leptos::prelude::*;

/// What was typed. Copies refer to the same state.
#[derive(Clone, Copy)]
pub struct Typed {
    /// The numbers, in the order of [`NUMBERS`].
    pub numbers: [RwSignal<String>; NUMBERS.len()],
    /// Whether all units arrive at once.
    pub at_once: RwSignal<bool>,
    /// Whether units share state.
    pub shared: RwSignal<bool>,
    /// The parts, in order.
    pub parts: RwSignal<Vec<PartTyped>>,
    /// How many parts there ever were: the next one's id.
    ever: StoredValue<usize>,
}

/// A part as it was typed.
#[derive(Clone, Copy, PartialEq)]
pub struct PartTyped {
    /// It stays the same when the part is moved.
    pub id: usize,
    /// The place of its kind among [`KINDS`].
    pub kind: RwSignal<usize>,
    /// The median.
    pub half: RwSignal<String>,
    /// The 95th percentile; empty if it is the same.
    pub most: RwSignal<String>,
}

/// The number that says how often a unit arrives.
const EVERY: &str = "every_ms";
/// Its value if all units arrive at once.
const AT_ONCE: &str = "0";
/// What a first arrival, and a new part, begin with.
const USUAL: &str = "10";

impl Typed {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            numbers: std::array::from_fn(|_| RwSignal::new(String::new())),
            at_once: RwSignal::new(true),
            shared: RwSignal::new(false),
            parts: RwSignal::new(Vec::new()),
            ever: StoredValue::new(0),
        }
    }

    /// The texts by their names; for callers that have to track all of them.
    pub fn pairs(self) -> Pairs {
        let pair = |key: &str, text: String| (key.to_owned(), text);
        let numbers = NUMBERS.iter().zip(self.numbers).map(|(number, text)| {
            let none = number.key == EVERY && self.at_once.get();
            pair(number.key, if none { AT_ONCE.into() } else { text.get() })
        });
        let shared = pair("shared", if self.shared.get() { "yes" } else { "no" }.into());
        let parts = self.parts.get();
        let none = parts.is_empty().then(|| pair("parts", String::new()));
        let parts = parts.iter().enumerate().map(|(at, part)| (format!("parts.{at}"), part.text()));
        numbers.chain([shared]).chain(none).chain(parts).collect()
    }

    /// Fills the form from an answer's project; texts that were typed stay as they were typed, legal or not.
    pub fn fill(self, project: &Pairs, given: &ProjectInput) {
        self.take(project);
        if let ProjectInput::Pairs { pairs, .. } = given {
            self.take(pairs);
        }
    }

    fn take(self, pairs: &Pairs) {
        for (key, text) in pairs {
            if let Some(at) = NUMBERS.iter().position(|number| number.key == key) {
                let none = key == EVERY && text == AT_ONCE;
                if key == EVERY {
                    self.at_once.set(none);
                }
                self.numbers[at].set(if none { String::new() } else { text.clone() });
            } else if key == "shared" {
                self.shared.set(text == "yes");
            } else if key == "parts" {
                let parts = text.split(',').filter(|text| !text.trim().is_empty()).take(PARTS_MOST);
                // a part that names no kind has no place in the form; the problem is named below it
                let parts = parts.filter_map(|text| PartTyped::of(self.id(), text)).collect();
                self.parts.set(parts);
            }
        }
    }

    fn id(self) -> usize {
        self.ever.update_value(|ever| *ever += 1);
        self.ever.get_value()
    }

    /// Adds a part like the last one.
    pub fn add_part(self) {
        let kind = self.parts.with_untracked(|parts| parts.last().map_or(0, |part| part.kind.get_untracked()));
        let part = PartTyped::new(self.id(), kind, USUAL, "");
        self.parts.update(|parts| parts.push(part));
    }

    /// Makes units arrive one by one from now on, or all at once.
    pub fn arrive(self, one_by_one: bool) {
        let every = NUMBERS.iter().zip(self.numbers).find(|(number, _)| number.key == EVERY);
        if let Some((_, text)) = every.filter(|(_, text)| one_by_one && text.with_untracked(String::is_empty)) {
            text.set(USUAL.into());
        }
        self.at_once.set(!one_by_one);
    }
}

impl PartTyped {
    fn new(id: usize, kind: usize, half: &str, most: &str) -> Self {
        let text = |text: &str| RwSignal::new(text.trim().to_owned());
        Self { id, kind: RwSignal::new(kind), half: text(half), most: text(most) }
    }

    /// The part in a link's text; `None` if it names no kind.
    fn of(id: usize, text: &str) -> Option<Self> {
        let (kind, amount) = text.split_once(':')?;
        let kind = KINDS.iter().position(|(name, _)| *name == kind.trim())?;
        let (half, most) = amount.split_once('~').unwrap_or((amount, ""));
        Some(Self::new(id, kind, half, most))
    }

    /// The part as a link's text.
    fn text(self) -> String {
        let (kind, half, most) = (KINDS[self.kind.get()].0, self.half.get(), self.most.get());
        if most.trim().is_empty() { format!("{kind}:{half}") } else { format!("{kind}:{half}~{most}") }
    }
}
