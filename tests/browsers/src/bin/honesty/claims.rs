//! What a verdict claims, derived from the names of its rules, forms and clauses.

use std::collections::BTreeMap;

use lab::report::Report;
use lab::verdict::{Fact, Finding};
use serde::{Deserialize, Serialize};

use Claim::*;

/// A claim, which can be true or false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The strategy finished sooner, or got more done, because its workers computed at the same time.
    Parallel,
    /// The strategy got a larger share of busy cores, and gained nothing by computing at the same time.
    Share,
    /// The strategy finished sooner for another reason, or for none that is given.
    Sooner,
    /// The page froze while the strategy ran.
    Freeze,
    /// The page stayed alive while the strategy ran.
    Alive,
    /// Heat or power saving slowed the machine down.
    Heat,
    /// Other programs had the cores.
    Others,
    /// There were fewer cores than workers, or than claimed.
    Cores,
    /// The whole machine stood still.
    Stalled,
}

impl Claim {
    /// The claims about a strategy.
    pub const OF_STRATEGIES: [Self; 5] = [Parallel, Share, Sooner, Freeze, Alive];
    /// The claims about a run, which are reasons.
    pub const OF_RUNS: [Self; 4] = [Heat, Others, Cores, Stalled];

    /// The claim as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Parallel => "in parallel",
            Share => "a larger share",
            Sooner => "sooner otherwise",
            Freeze => "froze",
            Alive => "alive",
            Heat => "heat",
            Others => "other programs",
            Cores => "too few cores",
            Stalled => "stood still",
        }
    }
}

/// What each rule, form or clause claims. A form that is not listed claims what its rule does; a rule or a clause that
/// is not listed claims nothing.
const CLAIMS: &[(&str, Option<Claim>)] = &[
    ("parallel-speed-up", Some(Parallel)),
    ("more-done", Some(Parallel)),
    ("lock-released", Some(Parallel)),
    ("larger-share", Some(Share)),
    ("sooner", Some(Sooner)),
    ("not-parallelism", Some(Sooner)),
    // says that the strategy is not the cause
    ("not-parallelism/cores", None),
    ("waits-overlapped", Some(Sooner)),
    ("waits-and-parallelism", Some(Sooner)),
    ("page-froze", Some(Freeze)),
    // says that the strategy is not the cause
    ("page-froze/by-itself", None),
    ("meanwhile/froze", Some(Freeze)),
    ("meanwhile/froze-by-itself", None),
    ("meanwhile/alive", Some(Alive)),
    ("meanwhile/usually-alive", Some(Alive)),
    ("yet/alive", Some(Alive)),
    ("alive-without-parallelism/while", Some(Alive)),
    ("other-programs", Some(Others)),
    // these sentences about samples that differ claim no reason
    ("other-programs/uneven", None),
    ("other-programs/uneven-in-turns", None),
    ("other-programs/uneven-untold", None),
    ("more-workers-than-cores", Some(Cores)),
    ("claimed-against-had", Some(Cores)),
    ("claimed-against-had/others", Some(Others)),
    ("stalled", Some(Stalled)),
];

/// Words that claim something even in a sentence of an unlisted rule. The sentence that the machine slowed down and
/// that a page cannot see why names heat among other causes, and does not claim it.
const WORDS: [(&str, Claim); 2] = [("times as fast", Sooner), ("heat or power saving may", Heat)];

/// The parts of a run's report that are judged.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    /// The browser, as it calls itself.
    pub browser: String,
    /// What the page said instead of a report; `None` if there was a report.
    pub failed: Option<String>,
    /// The outcome of each strategy that has a result, by the strategy's id.
    pub outcomes: BTreeMap<String, Outcome>,
    /// Every finding and caveat of the verdict.
    pub said: Vec<Said>,
}

/// How a strategy did.
#[derive(Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// The median of its samples, in milliseconds.
    pub median: f64,
    /// How many times as fast as `blocking` it was, if that is known.
    pub speedup: Option<f64>,
    /// The time of each sample, in milliseconds.
    #[serde(default)]
    pub samples: Vec<f64>,
    /// Its observed parallelism: the mean number of lanes on a core at once, if that is known.
    #[serde(default)]
    pub parallelism: Option<f64>,
}

/// A finding or a caveat.
#[derive(Debug, Serialize, Deserialize)]
pub struct Said {
    /// The id of the strategy that it is about; `None` if it is about the run.
    pub about: Option<String>,
    /// Its rule.
    pub rule: String,
    /// The name of the form in which the rule says it.
    pub form: String,
    /// The names of the clauses in it.
    pub clauses: Vec<String>,
    /// Its sentence.
    pub text: String,
}

impl Told {
    /// Takes the parts that are judged from the outcome of a run in this browser.
    pub fn of(browser: String, outcome: &Result<Report, String>) -> Self {
        let told =
            Self { browser, failed: outcome.as_ref().err().cloned(), outcomes: BTreeMap::new(), said: Vec::new() };
        let Ok(report) = outcome else { return told };
        let with_numbers = report.runs.iter().filter_map(|run| Some((run, run.numbers.as_ref()?)));
        let outcomes = with_numbers.map(|(run, numbers)| {
            let outcome = Outcome {
                median: numbers.median_ms,
                speedup: numbers.speedup,
                samples: run.samples_ms.clone(),
                parallelism: numbers.parallelism.map(|ratio| ratio.value),
            };
            (run.strategy.clone(), outcome)
        });
        let outcomes = outcomes.collect();
        let said = report.verdict.findings.iter().chain(&report.verdict.caveats).map(Said::of).collect();
        Self { outcomes, said, ..told }
    }

    /// Whether a sentence claims this of `strategy`; `None`: whether any sentence claims it.
    pub fn claims(&self, claim: Claim, strategy: Option<&str>) -> bool {
        self.sentence(claim, strategy).is_some()
    }

    /// The first sentence that makes the claim, about `strategy` or, if that is `None`, about anything.
    pub fn sentence(&self, claim: Claim, strategy: Option<&str>) -> Option<&str> {
        let about = |said: &&Said| strategy.is_none() || said.about.as_deref() == strategy;
        self.said.iter().filter(about).find(|said| said.claims(claim)).map(|said| said.text.as_str())
    }
}

impl Said {
    fn of(finding: &Finding) -> Self {
        let mut clauses = Vec::new();
        finding.facts.values().for_each(|fact| add_clauses(fact, &mut clauses));
        let team = finding.facts.get("who").and_then(|who| match who {
            Fact::Team { strategy, .. } | Fact::Strategy(strategy) => Some(strategy.clone()),
            _ => None,
        });
        Self {
            about: finding.about.clone().or(team),
            rule: finding.rule.clone(),
            form: finding.form.clone(),
            clauses,
            text: finding.text.clone(),
        }
    }

    fn claims(&self, claim: Claim) -> bool {
        let listed = |name: &str| CLAIMS.iter().find(|(known, _)| *known == name).map(|(_, claim)| *claim);
        let told = listed(&self.form).or_else(|| listed(&self.rule));
        let unknown = || WORDS.iter().find(|(words, _)| self.text.contains(words)).map(|(_, claim)| *claim);
        let clauses = self.clauses.iter().filter_map(|name| listed(name)?);
        told.unwrap_or_else(unknown).into_iter().chain(clauses).any(|own| own == claim)
    }
}

/// Adds the names of the clauses in a fact to `names`, nested ones included.
fn add_clauses(fact: &Fact, names: &mut Vec<String>) {
    match fact {
        Fact::Phrase { form, facts } => {
            names.push(form.clone());
            facts.values().for_each(|fact| add_clauses(fact, names));
        }
        Fact::List(facts) => facts.iter().for_each(|fact| add_clauses(fact, names)),
        _ => {}
    }
}
