//! Experiment and settings as the query of a URL, both ways.
//!
//! A query is short: it says only what differs from the defaults. Invariant: reading what was written, on a machine
//! with the same number of claimed cores, gives the same experiment and settings and no problems.

use form_urlencoded::byte_serialize;

use super::parse::{RENAMED, parse};
use super::settings::{self, RESERVED};
use super::values::{RECORDING, SWITCH, word};
use super::{ClaimedCores, Experiment, KEYS, Problem, Settings};

/// The experiment and the settings that a URL's query describes, with or without its question mark. Other programs
/// write into URLs, too (`utm_source`): an unknown key is no problem, unless it looks like a misspelt known one.
pub fn from_query(query: &str, cores: ClaimedCores) -> (Experiment, Settings, Vec<Problem>) {
    let (experiment, settings, mut problems) = parse(pairs(query), cores);
    problems.retain(|problem| match problem {
        Problem::Unknown { key, .. } | Problem::Repeated { key } => is_meant_for_us(key),
        Problem::Illegal { .. } | Problem::Shapeless { .. } => true,
    });
    (experiment, settings, problems)
}

/// Whether no key of a query is meant for this page: then the page opens as it does without a query.
pub fn says_nothing(query: &str) -> bool {
    pairs(query).all(|(key, _)| !is_meant_for_us(&key))
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    // punctuation after a link in a sentence, which was taken for a part of the link; no legal value ends with it
    let query = query.trim_end_matches([')', ']', '>', '.', ',', ';', ':', '!', '"', '\'']);
    form_urlencoded::parse(query.as_bytes()).map(|(key, value)| (key.into_owned(), value.into_owned()))
}

/// Whether a key is a known one, of any workload, or is a long known one except for two letters.
fn is_meant_for_us(key: &str) -> bool {
    let params = workloads::ALL.iter().flat_map(|workload| workload.info().params).chain(strategies::params());
    let ours = KEYS.into_iter().chain(settings::KEYS).chain(RESERVED).chain(RENAMED.iter().map(|renamed| renamed.0));
    ours.chain(params.map(|param| param.key))
        .any(|known| known == key || known.len() >= LONG && strsim::levenshtein(known, key) <= LETTERS)
}

/// Keys with fewer letters than this resemble too many others.
const LONG: usize = 5;
/// How many letters may be wrong, missing, or too many.
const LETTERS: usize = 2;

/// The shortest query that describes the experiment and the settings, without a question mark; empty if both are the
/// default.
pub fn to_query(experiment: &Experiment, settings: &Settings, cores: ClaimedCores) -> String {
    let default = Experiment::default_for(cores);
    let first = default.workload.info().id;
    let known = default.with_workload(experiment.workload).pairs();
    let told = |pair: &(&'static str, String)| match pair.0 {
        "workload" => pair.1 != first,
        _ => !known.contains(pair),
    };
    let pairs = experiment.pairs().into_iter().filter(told).chain(settings.pairs());
    pairs.map(|(key, value)| format!("{key}={}", encoded(&value))).collect::<Vec<_>>().join("&")
}

impl Experiment {
    /// The same as [`Experiment::pairs`], with keys that are owned, for another memory.
    pub fn owned_pairs(&self) -> Vec<(String, String)> {
        self.pairs().into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// Every key with its value as the URL would say it, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let ids: Vec<_> = self.strategies.iter().map(|strategy| strategy.meta().id).collect();
        let mut pairs = vec![("workload", self.workload.info().id.to_owned())];
        pairs.extend(self.params.iter().map(|(param, value)| (param.key, param.text(value))));
        pairs.extend(self.strategy_params.iter().map(|(param, value)| (param.key, param.text(value))));
        pairs.extend([
            ("strategies", ids.join(",")),
            ("workers", self.workers.to_string()),
            ("samples", self.samples.to_string()),
            ("sweep", word(&SWITCH, self.sweep).to_owned()),
            ("seed", self.seed.to_string()),
            ("trace", word(&RECORDING, self.trace).to_owned()),
        ]);
        pairs
    }
}

/// Commas stay as they are: they are legal in a query, and people read these.
fn encoded(value: &str) -> String {
    byte_serialize(value.as_bytes()).collect::<String>().replace("%2C", ",")
}
