//! The experiment as the query of a URL, both ways.
//!
//! A query is short: it says only what differs from the defaults. Invariant: reading what was written, with the same
//! catalogue, gives the same experiment and no problems.

use form_urlencoded::byte_serialize;

use super::parse::{RECORDING, SWITCH, THEMES, VIEWS, word};
use super::{Catalogue, Experiment, Problem};

impl Experiment {
    /// The experiment that a URL's query describes, with or without its question mark.
    pub fn from_query(query: &str, catalogue: &Catalogue) -> (Self, Vec<Problem>) {
        let query = query.strip_prefix('?').unwrap_or(query);
        let pairs = form_urlencoded::parse(query.as_bytes()).map(|(key, value)| (key.into_owned(), value.into_owned()));
        Self::parse(pairs, catalogue)
    }

    /// The shortest query that describes this experiment, without a question mark; empty for the default one.
    pub fn to_query(&self, catalogue: &Catalogue) -> String {
        let default = Self::default_for(catalogue);
        let first = default.workload.info().id;
        let known = default.with_workload(self.workload).pairs();
        let told = |pair: &(&'static str, String)| match pair.0 {
            "workload" => pair.1 != first,
            _ => !known.contains(pair),
        };
        let pairs = self.pairs().into_iter().filter(told);
        pairs.map(|(key, value)| format!("{key}={}", encoded(&value))).collect::<Vec<_>>().join("&")
    }

    /// The same as [`Experiment::pairs`], for another memory.
    pub fn owned_pairs(&self) -> Vec<(String, String)> {
        self.pairs().into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// Every setting as the URL would say it, in a fixed order; `chapter` only where there is one.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("workload", self.workload.info().id.to_owned())];
        pairs.extend(self.params.iter().map(|(param, value)| (param.key, param.text(value))));
        pairs.extend(self.settings.iter().map(|(param, value)| (param.key, param.text(value))));
        pairs.extend([
            ("strategies", self.strategies.join(",")),
            ("workers", self.workers.to_string()),
            ("samples", self.samples.to_string()),
            ("sweep", word(&SWITCH, self.sweep).to_owned()),
            ("seed", self.seed.to_string()),
            ("autorun", word(&SWITCH, self.autorun).to_owned()),
            ("theme", word(&THEMES, self.theme).to_owned()),
            ("view", word(&VIEWS, self.view).to_owned()),
        ]);
        pairs.extend(self.chapter.clone().map(|chapter| ("chapter", chapter)));
        pairs.push(("trace", word(&RECORDING, self.trace).to_owned()));
        pairs
    }
}

/// Commas stay as they are: they are legal in a query, and people read these.
fn encoded(value: &str) -> String {
    byte_serialize(value.as_bytes()).collect::<String>().replace("%2C", ",")
}
