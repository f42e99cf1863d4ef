//! The result of some work, as data: equal work gives equal summaries, and different work different ones.
//!
//! Its words are made elsewhere, from the pattern in [`Info::answer`](crate::Info::answer).

use serde::{Deserialize, Serialize};

/// A whole answer: a digest of it, and facts that people understand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Distinguishes answers: a checksum or a hash in hexadecimal digits, or the number itself; empty where the facts
    /// say everything.
    pub digest: String,
    /// Whole numbers by their names in the pattern.
    pub facts: Vec<(String, u64)>,
}

impl Summary {
    /// A summary with this digest and no facts.
    pub fn new(digest: impl Into<String>) -> Self {
        Self { digest: digest.into(), facts: Vec::new() }
    }

    /// The same with one more fact.
    pub fn with(mut self, name: &str, value: impl TryInto<u64>) -> Self {
        self.facts.push((name.into(), value.try_into().unwrap_or(u64::MAX)));
        self
    }
}
