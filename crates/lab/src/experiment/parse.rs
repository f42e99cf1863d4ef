//! Turns pairs of keys and values, from any source, into an experiment and settings.
//!
//! Invariant: total. Whatever the pairs, the result is legal and every pair either applied or is named in a problem.

use workloads::Params;

use super::settings::{self, Settings};
use super::values::{RECORDING, SWITCH, choice, illegal, number};
use super::{ClaimedCores, Experiment, KEYS, Legal, Problem, SAMPLES};

/// Parameters of older links, for strategies that have an id of their own today: key, value, the id then, the id now.
pub(super) const RENAMED: [(&str, &str, &str, &str); 2] =
    [("pool", "processes", "offload", "offload-processes"), ("pool", "threads", "offload", "offload")];

/// The experiment and the settings that `pairs` describe, and the problems with pairs that were not legal.
///
/// The workload is set first, wherever it stands; of a repeated key the last value counts. What no legal pair sets is
/// as in [`Experiment::default_for`].
pub fn parse(
    pairs: impl IntoIterator<Item = (String, String)>,
    cores: ClaimedCores,
) -> (Experiment, Settings, Vec<Problem>) {
    let (pairs, mut problems) = last_of_each(pairs);
    let pairs = with_todays_names(pairs);
    let (mut experiment, mut settings) = (Experiment::default_for(cores), Settings::default());
    let (first, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| key == "workload");
    for (key, value) in first.into_iter().chain(rest) {
        let set = settings.set(&key, &value).unwrap_or_else(|| experiment.set(&key, &value, cores));
        problems.extend(set.err());
    }
    (experiment, settings, problems)
}

impl Experiment {
    /// Sets the value of one key, or returns the problem with it. Setting the workload sets its parameters back to
    /// their defaults.
    pub fn set(&mut self, key: &str, value: &str, cores: ClaimedCores) -> Result<(), Problem> {
        match key {
            "workload" => *self = self.clone().with_workload(workload(value)?),
            "strategies" => return self.set_strategies(value),
            "workers" => self.workers = number("workers", value, cores.workers())?,
            "samples" => self.samples = number("samples", value, SAMPLES)?,
            "sweep" => self.sweep = choice("sweep", value, &SWITCH)?,
            "seed" => self.seed = number("seed", value, 0..=u64::MAX)?,
            "trace" => self.trace = choice("trace", value, &RECORDING)?,
            _ => return self.set_param(key, value),
        }
        Ok(())
    }

    /// Sets the strategies that exist, in the given order; the problem names the others.
    fn set_strategies(&mut self, value: &str) -> Result<(), Problem> {
        let (mut taken, mut refused) = (Vec::new(), Vec::new());
        for asked in value.split(',').map(str::trim) {
            match strategies::find(asked) {
                Some(strategy) if taken.contains(&strategy) => {}
                Some(strategy) => taken.push(strategy),
                None => refused.push(asked),
            }
        }
        if !taken.is_empty() {
            self.strategies = taken;
        }
        let legal = || Legal::List(strategies::ALL.iter().map(|strategy| strategy.meta().id).collect());
        if refused.is_empty() { Ok(()) } else { Err(illegal("strategies", &refused.join(","), legal())) }
    }

    fn set_param(&mut self, key: &str, value: &str) -> Result<(), Problem> {
        let of = |params: &Params| params.iter().find(|(param, _)| param.key == key).map(|(param, _)| param);
        let Some(param) = of(&self.params).or_else(|| of(&self.strategy_params)) else {
            let own = self.params.iter().chain(self.strategy_params.iter()).map(|(param, _)| param.key);
            let legal = KEYS.into_iter().chain(settings::KEYS).chain(own).collect();
            return Err(Problem::Unknown { key: key.into(), legal });
        };
        let legal = param.value(value).ok_or_else(|| illegal(param.key, value, Legal::of(param)))?;
        let owner = if of(&self.params).is_some() { &mut self.params } else { &mut self.strategy_params };
        owner.set(key, legal).expect("its key and its range were just looked up");
        Ok(())
    }
}

fn workload(value: &str) -> Result<&'static dyn workloads::Workload, Problem> {
    let legal = || Legal::OneOf(workloads::ALL.iter().map(|workload| workload.info().id).collect());
    workloads::find(value).ok_or_else(|| illegal("workload", value, legal()))
}

/// Replaces the names of older links by today's.
fn with_todays_names(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    for (key, value, then, now) in RENAMED {
        let Some(at) = pairs.iter().position(|(known, said)| known == key && said == value) else { continue };
        pairs.remove(at);
        for (_, ids) in pairs.iter_mut().filter(|(key, _)| key == "strategies") {
            let renamed = ids.split(',').map(|id| if id.trim() == then { now } else { id });
            *ids = renamed.collect::<Vec<_>>().join(",");
        }
    }
    pairs
}

/// The last pair of each key, in their order, and a problem for each key that came more than once.
fn last_of_each(pairs: impl IntoIterator<Item = (String, String)>) -> (Vec<(String, String)>, Vec<Problem>) {
    let pairs: Vec<_> = pairs.into_iter().collect();
    let (mut kept, mut repeated): (Vec<(String, String)>, Vec<String>) = Default::default();
    for (key, value) in pairs.into_iter().rev() {
        if kept.iter().all(|(known, _)| *known != key) {
            kept.push((key, value));
        } else if !repeated.contains(&key) {
            repeated.push(key);
        }
    }
    kept.reverse();
    (kept, repeated.into_iter().rev().map(|key| Problem::Repeated { key }).collect())
}
