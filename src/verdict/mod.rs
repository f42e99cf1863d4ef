//! Words: what the measurements mean, one rule a type, one sentence a finding.
//!
//! Invariant: no sentence claims more than its numbers. A strategy is "sooner" only where [`Comparison::Better`] says
//! so; a page "never stopped" only where its heartbeat was recorded; and if the tab was hidden, nothing is said about
//! time. The most telling finding comes first: [`RULES`] is in that order.
//!
//! [`Comparison::Better`]: crate::measure::Comparison::Better

mod caveats;
mod evidence;
mod limits;
mod page;
mod scaling;
mod speed;
mod wording;

pub use evidence::{Conditions, Evidence};

use serde::{Deserialize, Serialize};

/// Whether a sentence is a result or a doubt about the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// What was found.
    Finding,
    /// Why to be careful with what was found.
    Caveat,
}

/// One sentence of the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule says so: lower case and hyphens, the same for ever.
    pub id: String,
    /// Result or doubt.
    pub kind: Kind,
    /// The strategy that it is about, by id, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategy: Option<String>,
    /// The sentence.
    pub text: String,
}

/// Everything that can be said of a run, the most telling first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What was found.
    pub findings: Vec<Finding>,
    /// Why to be careful with it.
    pub caveats: Vec<Finding>,
}

impl Verdict {
    /// Asks every rule.
    pub fn of(evidence: &Evidence) -> Self {
        let said = RULES.iter().flat_map(|rule| rule.judge(evidence));
        let (findings, caveats) = said.partition(|finding| finding.kind == Kind::Finding);
        Self { findings, caveats }
    }

    /// The one sentence to show if there is room for one: the first finding, or else the first caveat. What could not run
    /// comes last, because something else did.
    pub fn headline(&self) -> Option<&Finding> {
        let found = self.findings.iter().find(|finding| finding.id != limits::UNAVAILABLE);
        found.or(self.caveats.first()).or(self.findings.first())
    }
}

/// One thing that can be said, and when.
pub trait Rule: Sync {
    /// What it has to say: nothing, or one sentence, or one for each strategy that it holds for.
    fn judge(&self, evidence: &Evidence) -> Vec<Finding>;
}

/// Every rule, the most telling first.
pub static RULES: &[&dyn Rule] = &[
    &caveats::HiddenTab,
    &speed::WaitsOverlapped,
    &speed::SeveralAtOnce,
    &scaling::GainEnds,
    &limits::SharedMeans,
    &scaling::SerialPart,
    &scaling::BestNumber,
    &limits::CannotBeSplit,
    &limits::TooLittleWork,
    &limits::StartUpOutweighsGain,
    &speed::TookTurns,
    &page::AliveWithoutParallelism,
    &speed::NoDifference,
    &speed::Later,
    &page::Froze,
    &limits::Unavailable,
    &caveats::NoBaseline,
    &caveats::OneSample,
    &caveats::NotParallelism,
    &caveats::UnsteadyMachine,
    &caveats::SlowedDown,
    &caveats::OtherPrograms,
    &caveats::OnBattery,
    &caveats::CoarseTimer,
    &caveats::Lengthened,
    &caveats::MoreWorkersThanCores,
    &caveats::StartUpApart,
    &caveats::LostSpans,
    &scaling::NoLaw,
];

#[cfg(test)]
mod tests;
