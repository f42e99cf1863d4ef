//! All that is shown of a report: its words, its lanes, its numbers, its charts and tables.

use lab::report::{Report, Run};
use serde::{Deserialize, Serialize};
use strategies::trace::Trace;
use words::{Arg, en, exact_duration, exact_factor, interval};

use crate::law::{Dot, dots};
use crate::results::{baseline, name, why_not};
use crate::scene::Figure;
use crate::table::Table;
use crate::{activity, all_printed, held_up, lanes, latency, pairs, results, scaling};

/// All that is shown of a report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The main finding, as one sentence.
    pub headline: String,
    /// The other findings, as sentences.
    pub findings: Vec<String>,
    /// Reasons to be careful with the results, as sentences.
    pub caveats: Vec<String>,
    /// One for each strategy: its lanes and its numbers.
    pub rows: Vec<ShownRow>,
    /// The charts of what no lane shows.
    pub charts: Vec<Chart>,
    /// The points that a sweep measured, to be drawn beside a law; empty without a sweep.
    pub dots: Vec<Dot>,
    /// The results.
    pub results: Table,
    /// Each strategy compared with each other one; `None` if fewer than three were measured.
    pub pairs: Option<Table>,
    /// What each lane did.
    pub lanes: Table,
    /// Where it ran, as pairs of a heading and a text.
    pub machine: Vec<(String, String)>,
    /// When and where it was made, as a sentence about a recording.
    pub made: String,
    /// What was run, as pairs of URL keys and values.
    pub experiment: Vec<(String, String)>,
    /// Whether it was made by a real CPython, so that what is modelled here was real there.
    pub of_cpython: bool,
    /// Why its tasks cannot be replayed on a simulated machine; `None` if they can.
    pub not_again: Option<String>,
    /// How many tasks each phase had.
    pub phases: Vec<usize>,
}

/// What is shown of one strategy; of several numbers of workers, the greatest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ShownRow {
    /// The strategy's id.
    pub strategy: String,
    /// What it is called; its id, if this version does not know it.
    pub name: String,
    /// Why it could not run, as a clause; `None` otherwise.
    pub unavailable: Option<String>,
    /// The median, if it may be shown.
    pub median: Option<String>,
    /// The text beside the median: its interval, or what is compared.
    pub beside: Option<String>,
    /// How it compares with the baseline; `None` if there is no comparison.
    pub versus: Option<String>,
    /// A note that the lanes show the work done several times in a row; `None` otherwise.
    pub repeats: Option<String>,
    /// What the lanes show, for readers who cannot see them.
    pub summary: String,
    /// What its lanes did in the sample that is nearest the median; `None` if there is no trace.
    pub trace: Option<Trace>,
    /// What its tasks printed in that sample; `None` if they print nothing.
    pub printed: Option<String>,
}

/// Pictures of one subject, with their words and their tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// A label of a word or two.
    pub label: String,
    /// What it shows.
    pub heading: String,
    /// How it is to be read; empty where the captions say so.
    pub text: String,
    /// The pictures.
    pub figures: Vec<Figure>,
    /// Tables that are shown with them.
    pub tables: Vec<Table>,
    /// The label that opens the hidden table.
    pub details: String,
    /// The pictures as a table; `None` if there are no pictures.
    pub hidden: Option<Table>,
}

impl Shown {
    /// Everything, from the report alone.
    pub fn of(report: &Report) -> Self {
        let (headline, of) = words::headline(&report.verdict);
        let others = |said: &[lab::verdict::Finding]| {
            said.iter().filter(|finding| Some(*finding) != of).map(words::finding).collect::<Vec<_>>()
        };
        Self {
            findings: others(&report.verdict.findings),
            caveats: others(&report.verdict.caveats),
            headline,
            rows: report
                .strategies()
                .into_iter()
                .filter_map(|id| report.shown(id))
                .map(|run| ShownRow::of(run, report))
                .collect(),
            charts: [scaling::chart, activity::chart, latency::chart, held_up::chart]
                .into_iter()
                .filter_map(|chart| chart(report))
                .collect(),
            dots: dots(report),
            results: results::results(report),
            pairs: pairs::pairs(report),
            lanes: lanes::lanes(report),
            machine: machine(report),
            made: made(report),
            experiment: report.what_ran().owned_pairs(),
            of_cpython: report.is_of_cpython(),
            not_again: not_again(report),
            phases: phases(report),
        }
    }
}

impl ShownRow {
    fn of(run: &Run, report: &Report) -> Self {
        let trace = report.trace(run);
        let shown = Self {
            strategy: run.strategy.clone(),
            name: name(&run.strategy),
            unavailable: why_not(run),
            summary: summary(run),
            printed: trace.as_ref().and_then(|trace| all_printed(&report.what_ran(), trace)),
            trace,
            ..Self::default()
        };
        let Some(numbers) = &run.numbers else { return shown };
        let as_much = || en::AS_MUCH_AS.with(&[("base", baseline(report))]);
        let counted = numbers.output.is_some(); // then the time was given, and says nothing
        Self {
            median: Some(exact_duration(numbers.median_ms)),
            beside: if counted { Some(as_much()) } else { numbers.ci95_ms.map(interval) },
            versus: numbers.versus_baseline().map(|times| exact_factor(times.value)),
            repeats: (run.times() > 1).then(|| en::DRAWN_IN_A_ROW.with(&[("n", Arg::digits(run.times()))])),
            ..shown
        }
    }
}

/// What the lanes show, in a sentence.
fn summary(run: &Run) -> String {
    let strategy: Arg = name(&run.strategy).into();
    let Some(numbers) = &run.numbers else { return en::LANES_WITHOUT_NUMBERS.with(&[("strategy", strategy)]) };
    let time: Arg = exact_duration(numbers.median_ms).into();
    match numbers.longest_freeze_ms {
        Some(freeze) => en::LANES_OF_WITH_FREEZE.with(&[
            ("strategy", strategy),
            ("time", time),
            ("freeze", exact_duration(freeze).into()),
        ]),
        None => en::LANES_OF.with(&[("strategy", strategy), ("time", time)]),
    }
}

fn machine(report: &Report) -> Vec<(String, String)> {
    let machine = &report.machine;
    let memory = machine.isolation.kind.map_or_else(|| machine.isolation.how.clone(), words::isolation);
    let step = exact_duration(machine.timer_resolution_ms);
    let spins = machine.calibration_ms.map(|[before, after]| {
        let [before, after] = [before, after].map(|ms| Arg::from(exact_duration(ms)));
        (en::STEADINESS.text(), en::SPINS.with(&[("before", before), ("after", after)]))
    });
    let facts = [
        (en::BROWSER.text(), machine.engine.clone()),
        (en::CORES.text(), en::CORES_CLAIMED.with(&[("cores", Arg::digits(machine.claimed_cores))])),
        (en::MEMORY.text(), memory),
        (en::CLOCK.text(), en::CLOCK_STEPS.with(&[("step", step.into())])),
    ];
    facts.into_iter().chain(spins).collect()
}

fn made(report: &Report) -> String {
    let (engine, cores) = (report.machine.engine.as_str().into(), Arg::digits(report.machine.claimed_cores));
    match &report.made {
        Some(when) => {
            let when = when.replace('T', " ");
            let when = when.split('.').next().unwrap_or_default().to_owned();
            en::RECORDED_ON.with(&[("when", when.into()), ("engine", engine), ("cores", cores)])
        }
        None => en::RECORDED_ELSEWHERE.with(&[("engine", engine), ("cores", cores)]),
    }
}

fn phases(report: &Report) -> Vec<usize> {
    let experiment = report.what_ran();
    experiment.workload.phases(&experiment.params)
}

/// A simulation replays the tasks of `blocking`, so they must have been measured.
fn not_again(report: &Report) -> Option<String> {
    let blocking = report.runs.iter().find(|run| run.is_blocking() && !run.samples_ms.is_empty());
    match blocking {
        Some(_) if report.machine.hidden => Some(en::HIDDEN_RUN.text()),
        Some(run) if run.numbers.is_some() => None,
        _ => Some(en::NOT_MEASURED.text()),
    }
}
