//! The verdict: what the measurements mean, one rule a file, one finding for each thing that can be said.
//!
//! Invariant: no finding claims more than its numbers. A strategy is "sooner" only where [`Comparison::Better`] says
//! so; a page "never stopped" only where its heartbeat was recorded; and if the tab was hidden, nothing is said about
//! time. The most telling finding comes first: [`RULES`] is in that order.
//!
//! [`Comparison::Better`]: crate::measure::Comparison::Better

mod evidence;
mod finding;
mod phrases;
mod rules;

pub use evidence::Evidence;
pub use finding::{Fact, Finding, FindingKind};
pub use phrases::PHRASES;
pub use rules::RULES;

use serde::{Deserialize, Serialize};

/// Everything that can be said of a run, the most telling first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What was found.
    pub findings: Vec<Finding>,
    /// Why to be careful with it.
    pub caveats: Vec<Finding>,
}

impl Verdict {
    /// Asks every rule.
    pub fn of(evidence: &Evidence) -> Self {
        let mut said: Vec<Finding> = Vec::new();
        for finding in RULES.iter().flat_map(|rule| rule.judge(evidence)) {
            if !said.contains(&finding) {
                said.push(finding); // several comparisons, or numbers of workers, may give the same finding
            }
        }
        let (findings, caveats) = said.into_iter().partition(|finding| finding.kind == FindingKind::Finding);
        Self { findings, caveats }
    }

    /// The one finding to show if there is room for one: the first, or else the first caveat. That a strategy could not
    /// run comes last, because another one did.
    pub fn headline(&self) -> Option<&Finding> {
        let found = self.findings.iter().find(|finding| finding.rule != rules::UNAVAILABLE);
        found.or(self.caveats.first()).or(self.findings.first())
    }

    /// All findings and caveats.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Finding> {
        self.findings.iter_mut().chain(&mut self.caveats)
    }
}

/// One thing that can be said, and when.
pub trait Rule: Sync {
    /// Its forms and, for each, the sentence in English, without its capital and its full stop: `{name}` stands for a
    /// fact of that name, `{name?one:many}` for the first word if the fact is one, and for the second if it is many.
    /// What a rule says stands in its own file; how its facts are written, and whether in another language, is decided
    /// where words are made.
    fn says(&self) -> &'static [(&'static str, &'static str)];

    /// The findings of this rule: none, one, or one for each strategy that it holds for.
    fn judge(&self, evidence: &Evidence) -> Vec<Finding>;
}
