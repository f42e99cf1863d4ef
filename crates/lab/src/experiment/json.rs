//! The experiment as JSON, both ways: the URL's keys, with numbers as numbers and `strategies` as a list.
//!
//! Reports store their experiments in this form, and experiments are read back from it; messages carry the same pairs.

use serde_json::{Map, Value};

use super::{ClaimedCores, Experiment, Problem, parse};

/// The greatest whole number that JavaScript's numbers hold together with all smaller ones
/// (`Number.MAX_SAFE_INTEGER`); greater ones are written as text.
const SAFE: u64 = (1 << 53) - 1;

impl Experiment {
    /// The experiment that a message's or a report's `experiment` describes. Keys whose value is `null` count as
    /// absent; settings, which older reports have among the keys, are left out.
    pub fn from_json(value: &Value, cores: ClaimedCores) -> (Self, Vec<Problem>) {
        let Value::Object(pairs) = value else {
            return (Self::default_for(cores), vec![Problem::Shapeless { value: plain(value) }]);
        };
        let present = pairs.iter().filter(|(_, value)| !value.is_null());
        let (experiment, _, problems) = parse(present.map(|(key, value)| (key.clone(), text(key, value))), cores);
        (experiment, problems)
    }

    /// The whole experiment, by the URL's keys.
    pub fn to_json(&self) -> Map<String, Value> {
        let typed = |(key, text): (&'static str, String)| (key.to_owned(), self.typed(key, text));
        self.pairs().into_iter().map(typed).collect()
    }

    fn typed(&self, key: &str, text: String) -> Value {
        match key {
            "strategies" => self.strategies.iter().map(|strategy| strategy.meta().id).collect(),
            "sweep" => self.sweep.into(),
            _ => match text.parse::<u64>() {
                Ok(number) if number <= SAFE => number.into(),
                _ => text.into(),
            },
        }
    }
}

/// What the URL would say for `value`.
fn text(key: &str, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if key == "strategies" => list.iter().map(|id| text("", id)).collect::<Vec<_>>().join(","),
        // JavaScript has one kind of number: 2.0 is 2
        Value::Number(_) => plain(value).trim_end_matches(".0").to_owned(),
        other => plain(other),
    }
}

fn plain(value: &Value) -> String {
    serde_json::to_string(value).expect("a JSON value is JSON")
}
