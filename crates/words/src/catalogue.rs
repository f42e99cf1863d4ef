//! Another language: patterns by key.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// A language's patterns, by the keys of [`every_text`](super::every_text).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue(BTreeMap<String, String>);

thread_local! {
    static SPOKEN: RefCell<Option<Catalogue>> = const { RefCell::new(None) };
}

impl Catalogue {
    /// Reads a language's file: a line for each text, its key, a tab, its pattern. Lines without a tab are skipped.
    pub fn read(file: &str) -> Self {
        let line = |line: &str| line.split_once('\t').map(|(key, text)| (key.to_owned(), text.to_owned()));
        Self(file.lines().filter_map(line).collect())
    }

    /// The language's file with these texts: pairs of a key and a pattern.
    pub fn write(texts: impl Iterator<Item = (String, String)>) -> String {
        texts.map(|(key, text)| format!("{key}\t{text}\n")).collect()
    }
}

/// Sets the language of this thread from now on; None is English.
pub fn speak(language: Option<Catalogue>) {
    SPOKEN.set(language);
}

/// What `say` returns with English as the language, whatever the thread's language is.
pub fn in_english<T>(say: impl FnOnce() -> T) -> T {
    let spoken = SPOKEN.take();
    let said = say();
    SPOKEN.set(spoken);
    said
}

/// What `fill` makes of the pattern for `key`: the language's, or else the English one.
pub(crate) fn pattern<T>(key: &str, english: &str, fill: impl FnOnce(&str) -> T) -> T {
    SPOKEN.with_borrow(|spoken| {
        let own = spoken.as_ref().and_then(|language| language.0.get(key));
        fill(own.map_or(english, String::as_str))
    })
}
