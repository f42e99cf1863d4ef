//! Why an approach performs as it does: reasons as data, read off the project and the estimate.

use serde::{Serialize, Serializer, ser::SerializeMap};
use strategies::Memory;

use super::approach::WorkerKind;
use super::model::{Estimate, Model, Unfit};

/// A reason: its name, and its facts. A fact's name ends with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingReason {
    /// Its name; `words::decision` has its sentence.
    pub rule: &'static str,
    /// Its facts.
    pub facts: Vec<(&'static str, f64)>,
}

/// A reason of less weight, as a share of the whole, is left out.
const WORTH_A_WORD: f64 = 0.1;
/// Keeping a loop busy for no longer than this is not noticed, in milliseconds: a frame.
const NOTICED_MS: f64 = 16.0;
/// If cores compute for more than this share of the time, all of them count as used.
const BUSY: f64 = 0.8;

impl RankingReason {
    fn new(rule: &'static str, facts: &[(&'static str, f64)]) -> Self {
        Self { rule, facts: facts.to_vec() }
    }

    /// Its sentence.
    pub fn text(&self) -> String {
        words::decision::reason(self.rule, self.facts.iter().copied())
    }
}

/// With its sentence, for readers of the file.
impl Serialize for RankingReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.facts.len() + 2))?;
        map.serialize_entry("rule", self.rule)?;
        for (name, value) in &self.facts {
            map.serialize_entry(name, value)?;
        }
        map.serialize_entry("text", &self.text())?;
        map.end()
    }
}

/// The reason why an approach cannot do a project.
pub fn unfit(model: &Model<'_>, why: Unfit) -> RankingReason {
    match why {
        Unfit::NeedsOneMemory => RankingReason::new("needs-one-memory", &[]),
        Unfit::Memory(mb) => RankingReason::new("needs-memory", &[("mb", mb), ("at_hand", model.project.memory_mb)]),
        Unfit::NoCosts => RankingReason::new("no-costs", &[]),
    }
}

/// The reasons that decide how an approach performs, the weightiest first.
pub fn findings(model: &Model<'_>, estimate: &Estimate) -> Vec<RankingReason> {
    let (project, costs) = (model.project, &model.costs);
    let [waits, interpreted, compiled, moves] = project.totals();
    let [interpreted, moves] = [interpreted * costs.slower, model.moving_ms(moves)];
    let computes = interpreted + compiled + moves;
    let Estimate { workers, start_ms, makespan_ms, .. } = *estimate;
    let whole = start_ms + makespan_ms;
    let (team, loops) = (model.approach.team, model.approach.loops);
    let isolated = model.approach.strategy().meta().memory == Memory::Isolated;
    let mut found: Vec<(f64, RankingReason)> = Vec::new();
    let mut say = |weight: f64, rule, facts: &[(&'static str, f64)]| {
        if weight >= WORTH_A_WORD {
            found.push((weight, RankingReason::new(rule, facts)));
        }
    };

    if let Some(pace) = model.grows(estimate) {
        say(2.0, "grows", &[("every_ms", project.every_ms), ("ms", pace)]);
    }
    let much = |share: f64| if share > 0.4 { share } else { 0.0 };
    if model.approach.takes_turns() {
        say(much(interpreted / whole), "one-lock", &[("ms", interpreted), ("of_ms", computes)]);
    } else if team == WorkerKind::Alone {
        say(much(computes / whole), "one-core", &[("ms", computes), ("of_ms", whole)]);
    }
    if team == WorkerKind::Alone && !loops {
        say(waits / whole, "waits-alone", &[("ms", waits), ("of_ms", whole)]);
    } else if !loops && project.every_ms == 0.0 {
        say(much(waits / workers as f64 / whole), "waits-in-turn", &[("workers", workers as f64), ("ms", waits)]);
    } else if loops && waits > 2.0 * whole {
        say(1.0, "waits-overlap", &[("ms", waits), ("of_ms", whole)]);
    }
    if team == WorkerKind::Alone && loops {
        let kept = model.keeps_ms();
        say(if kept > NOTICED_MS { 0.9 } else { 0.0 }, "keeps-loop", &[("ms", kept)]);
    }
    if isolated {
        let mb = project.data_mb() * f64::from(project.units);
        let ms = costs.machine.copy_us_per_mb * mb / 1000.0;
        say(ms / whole.min(computes.max(1.0)), "copies", &[("ms", ms), ("mb", mb)]);
        let handing = costs.front_us * f64::from(project.units) / 1000.0;
        say(handing / whole, "handing-out", &[("us", costs.front_us), ("ms", handing)]);
    }
    say(start_ms / whole, "start-up", &[("workers", workers as f64), ("ms", start_ms), ("of_ms", whole)]);
    let longest = model.longest_ms();
    say(if longest > 0.8 * makespan_ms { longest / makespan_ms } else { 0.0 }, "longest", &[("ms", longest)]);
    let used = estimate.cpu_ms / (makespan_ms * f64::from(project.cores));
    if used > BUSY && project.cores > 1 {
        say(used, "all-cores", &[("cores", project.cores.into()), ("percent", (100.0 * used).min(100.0))]);
    }
    if let Some((units, mb)) = model.few_units(workers) {
        say(0.5, "few-units", &[("units", units), ("mb", mb)]);
    }
    if team != WorkerKind::Alone && workers == model.most_workers() && model.memory_limits() {
        say(0.6, "memory-limits", &[("workers", workers as f64)]);
    }
    if team != WorkerKind::Alone && workers == 1 {
        say(0.3, "no-gain", &[]);
    }
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found.into_iter().map(|(_, finding)| finding).collect()
}
