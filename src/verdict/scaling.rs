//! What a sweep over numbers of workers says: where the gain ends, and which law it follows.
//!
//! Invariant: only of work that computes, and of workers that can compute at the same time: nothing else says anything
//! about cores. How much workers gained up to where the gain ends is told like any other gain.

use super::evidence::Evidence;
use super::wording::{caveat, counted, factor, finding, listed, plain, team};
use super::{Finding, Rule};
use crate::experiment::Nature;
use crate::measure::decimal;
use crate::measure::scaling::{Claim, Curve};

/// More workers brought next to nothing more, or still did beyond the claimed cores.
pub struct GainEnds;

impl Rule for GainEnds {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let ends = |curve: &&Curve| {
            let cores = counted(curve.claimed_cores, "claimed core", "claimed cores");
            let [low, high] = curve.knee.ci95?;
            let last = curve.points.last().map(|point| point.workers);
            let knee = team(&curve.strategy, curve.knee.workers);
            let interval = if low == high { String::new() } else { format!(" ({low} to {high})") };
            let text = match curve.knee.claim {
                Claim::More => format!("{} still gained by more workers than {cores}", plain(&curve.strategy)),
                _ if Some(high) == last => return None,
                _ => format!("more than {knee}{interval} brought next to nothing more, on {cores}"),
            };
            Some(finding("gain-ends", Some(&curve.strategy), text))
        };
        curves(evidence).iter().filter_map(ends).collect()
    }
}

/// Amdahl's law: a part of the work cannot be shared.
pub struct SerialPart;

impl Rule for SerialPart {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let serial = |curve: &&Curve| {
            let law = curve.amdahl.known()?;
            let (name, [low, high]) = (plain(&curve.strategy), law.serial.ci95);
            let text = match law.limit().filter(|_| low > 0.0) {
                Some(limit) => format!(
                    "by Amdahl’s law, {} % ({} to {}) of the work under {name} cannot be shared, so no number of workers \
                     finishes more than {} times sooner",
                    percent(law.serial.value),
                    percent(low),
                    percent(high),
                    factor(limit)
                ),
                None => {
                    format!("by Amdahl’s law, at most {} % of the work under {name} cannot be shared", percent(high))
                }
            };
            Some(finding("serial-part", Some(&curve.strategy), text))
        };
        curves(evidence).iter().filter_map(serial).collect()
    }
}

/// Gunther's law: beyond some number, workers cost more than they bring.
pub struct BestNumber;

impl Rule for BestNumber {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let best = |curve: &&Curve| {
            let optimum = curve.usl.known()?.optimum?;
            let [best, low, high] =
                [optimum.value, optimum.ci95[0], optimum.ci95[1]].map(|workers| decimal(workers, 0));
            let text = format!(
                "by Gunther’s law, {} would be soonest with about {best} workers ({low} to {high}): more cost more than \
                 they bring",
                plain(&curve.strategy)
            );
            Some(finding("best-number", Some(&curve.strategy), text))
        };
        curves(evidence).iter().filter_map(best).collect()
    }
}

/// A law cannot be told, or neither can.
pub struct NoLaw;

impl Rule for NoLaw {
    fn judge(&self, evidence: &Evidence) -> Vec<Finding> {
        let refused = |curve: &&Curve| {
            let (what, why) = match (curve.amdahl.refused(), curve.usl.refused()) {
                (Some(why), Some(_)) => ("no law of scaling can", why),
                (Some(why), None) => ("Amdahl’s law cannot", why),
                (None, Some(why)) => ("Gunther’s law cannot", why),
                (None, None) => return None,
            };
            Some((format!("{what} be told of "), plain(&curve.strategy), format!(": {why}")))
        };
        let curves = curves(evidence);
        let refusals: Vec<_> = curves.iter().filter_map(refused).collect();
        // for the same reason, in one sentence
        let mut sentences: Vec<(&str, Vec<String>, &str)> = Vec::new();
        for (what, who, why) in &refusals {
            match sentences.iter_mut().find(|(known, _, reason)| known == what && reason == why) {
                Some((_, all, _)) => all.push(who.clone()),
                None => sentences.push((what, vec![who.clone()], why)),
            }
        }
        sentences.into_iter().map(|(what, who, why)| caveat("no-law", format!("{what}{}{why}", listed(&who)))).collect()
    }
}

fn percent(share: f64) -> String {
    decimal(share * 100.0, if share < 0.0995 { 1 } else { 0 })
}

fn curves<'a>(evidence: &Evidence<'a>) -> Vec<&'a Curve> {
    let experiment = evidence.experiment;
    let able = experiment.nature() == Nature::Compute && experiment.can_be_split();
    let parallel = |curve: &&Curve| {
        let own = evidence.measurements().into_iter().find(|own| own.strategy == curve.strategy);
        own.is_some_and(|own| own.parallel)
    };
    evidence.scaling.iter().filter(|_| able).filter(parallel).collect()
}
