//! What was wrong with a setting: data first, one human sentence when shown.
//!
//! Keys and values come from anywhere, so they are shortened and escaped before anybody sees them.

/// Characters of a foreign text that are shown.
const SHOWN: usize = 40;

/// Something that was not legal; the rest of the experiment applies without it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No such setting, for this workload at least.
    #[error("There is no setting {}; the settings are {}.", quoted(.key), .legal.join(", "))]
    Unknown {
        /// The key, as given.
        key: String,
        /// The keys that the workload's experiments have.
        legal: Vec<&'static str>,
    },
    /// A setting with a value that it cannot have.
    #[error("The setting {key} cannot be {}; it can be {legal}.", quoted(.value))]
    Illegal {
        /// The key.
        key: &'static str,
        /// The value, as given.
        value: String,
        /// What would have been legal, in words.
        legal: String,
    },
    /// A setting that was given more than once.
    #[error("The setting {} is given more than once; the last one counts.", quoted(.key))]
    Repeated {
        /// The key, as given.
        key: String,
    },
    /// Something in place of an experiment that has no settings at all.
    #[error("An experiment is a set of named settings, not {}.", quoted(.value))]
    Shapeless {
        /// What was there.
        value: String,
    },
}

/// A foreign text in quotes, short and without anything invisible.
fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(SHOWN).collect();
    let rest = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("“{}{rest}”", shown.escape_debug())
}
