//! The list of all texts, from which a language's file is made.

use std::collections::BTreeMap;

use lab::verdict::{PHRASES, RULES};

use super::{Message, costs, decision, en, plugin, problem, scale};

impl Message {
    /// Every message of the page, wherever it stands.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [en::ALL, costs::ALL, decision::ALL, problem::ALL, scale::ALL].into_iter().flatten()
    }
}

/// Every text that can come on screen, by its key, in English.
pub fn every_text() -> BTreeMap<String, String> {
    let messages = Message::all().map(|message| (message.key.to_owned(), message.english.to_owned()));
    let owned = |kind: &str, (key, text): (&str, &str)| (format!("{kind}.{key}"), text.to_owned());
    let rules = RULES.iter().flat_map(|rule| rule.says()).map(|said| owned("rule", *said));
    let phrases = PHRASES.iter().map(|said| owned("phrase", *said));
    messages.chain(rules).chain(phrases).chain(plugin::every_text()).collect()
}
