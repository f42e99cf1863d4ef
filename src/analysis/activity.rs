//! Activity bars, as the talk draws them: what each task got done in each millisecond, one row a task.
//!
//! One shape a row, as high as the count: a picture of hundreds of milliseconds stays light. A row has the colour of the
//! lane that computed its task.

use std::collections::BTreeMap;

use super::html::{escaped, table};
use super::lanes::colour;
use super::results::name;
use super::times::times;
use super::words::{dash, percent};
use crate::experiment::{BASELINE, Experiment};
use crate::measure::{Results, decimal};
use crate::trace::{Cause, Context, Series};

/// Pixels of the picture's own scale: width, and a row's height with its gap.
const WIDTH: f64 = 1000.0;
const ROW: f64 = 22.0;
const GAP: f64 = 3.0;
/// More rows than these are not drawn.
const ROWS: usize = 32;

const COLUMNS: [&str; 4] = ["Strategy", "Task", "Million rounds", "Of what blocking got done in all"];

/// A series that counted: its typical sample, under a name that no other has.
struct Counted<'a> {
    name: String,
    series: &'a Series,
    sample: usize,
    tasks: &'a [Vec<u32>],
}

impl Counted<'_> {
    /// By all tasks, in millions.
    fn together(&self) -> f64 {
        millions(self.tasks.iter().flatten())
    }
}

/// The bars of every series that counted and the table of their totals, as HTML; empty if none did.
pub fn charts(results: &Results, series: &[Series], experiment: &Experiment) -> String {
    let counted: Vec<_> = series.iter().filter_map(|own| typical(results, own, series, experiment)).collect();
    let most = counted.iter().flat_map(|counted| counted.tasks.iter().flatten()).copied().max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    let figures: String = counted.iter().map(|counted| figure(counted, most)).collect();
    format!(
        "<section class=\"charts\" aria-label=\"Activity\"><h2>What each task got done, millisecond by millisecond</h2>\
         <p>Each row is a task, as it went in the sample that got done what is nearest the median. The higher a bar, the \
         more rounds of its counting loop the task made in that millisecond. The colour is that of the lane that computed \
         it.</p>{figures}<details><summary>The bars as a table</summary>{}</details></section>",
        totals(&counted)
    )
}

fn typical<'a>(results: &Results, own: &'a Series, all: &[Series], experiment: &Experiment) -> Option<Counted<'a>> {
    let sample = results.get(&own.strategy, own.workers)?.typical;
    let (name, workers) = (name(&own.strategy, experiment), own.workers);
    let several = all.iter().filter(|other| other.strategy == own.strategy).count() > 1;
    Some(Counted {
        name: if several { format!("{name}, {workers} worker{}", if workers == 1 { "" } else { "s" }) } else { name },
        series: own,
        sample,
        tasks: own.activity.get(sample)?,
    })
}

fn figure(counted: &Counted, most: u32) -> String {
    let rows = &counted.tasks[..counted.tasks.len().min(ROWS)];
    let lanes = computed_by(counted);
    let shape = |(at, row): (usize, &Vec<u32>)| shape(at, row, most, lanes.get(&(at as u32)).copied());
    let shapes: String = rows.iter().enumerate().map(shape).collect();
    let words = format!("{}: together {} million rounds", counted.name, decimal(counted.together(), 1));
    let words = escaped(&words);
    let dropped = match counted.tasks.len() {
        all if all > ROWS => format!("<p>Tasks {} to {all} are not drawn; the table has them.</p>", ROWS + 1),
        _ => String::new(),
    };
    let milliseconds = rows.iter().map(Vec::len).max().unwrap_or(0);
    format!(
        "<figure class=\"activity\"><figcaption>{words}</figcaption><svg viewBox=\"0 0 {WIDTH} {}\" \
         preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{words}\">{shapes}</svg>{}{dropped}</figure>",
        ROW * rows.len() as f64,
        times(milliseconds as f64)
    )
}

fn shape(at: usize, counts: &[u32], most: u32, lane: Option<Context>) -> String {
    let (floor, step) = (ROW * (at + 1) as f64 - GAP, WIDTH / counts.len().max(1) as f64);
    let mut path = format!("M0 {floor}");
    for count in counts {
        let height = (ROW - GAP) * f64::from(*count) / f64::from(most);
        path += &format!("V{}h{}", decimal(floor - height, 1), decimal(step, 2));
    }
    let class = lane.map(|lane| format!(" class=\"{}\"", colour(lane))).unwrap_or_default();
    format!("<path{class} d=\"{path}V{floor}z\"/>")
}

/// Which lane computed each task of the sample that is drawn, by its number; the one that did so for longest, if several
/// did. Nobody knows where the sample did the work several times: only the last time was counted.
fn computed_by(&Counted { series, sample, .. }: &Counted) -> BTreeMap<u32, Context> {
    let mut longest = BTreeMap::new();
    let lanes = series.samples.get(sample).filter(|_| series.repeats <= 1).map_or(&[][..], |trace| &trace.lanes);
    for lane in lanes {
        let mut own: BTreeMap<u32, u64> = BTreeMap::new();
        for span in lane.spans.iter().filter(|span| span.cause == Cause::Compute) {
            *own.entry(span.task).or_default() += u64::from(span.length());
        }
        for (task, micros) in own {
            let best = longest.entry(task).or_insert((micros, lane.context));
            if micros > best.0 {
                *best = (micros, lane.context);
            }
        }
    }
    longest.into_iter().map(|(task, (_, lane))| (task, lane)).collect()
}

/// What each task got done in all, and what all of them together did. Under blocking one task after the other runs, so
/// there all together do what one alone would.
fn totals(counted: &[Counted]) -> String {
    let baseline = counted.iter().find(|counted| counted.series.strategy == BASELINE);
    let alone = baseline.map(Counted::together).filter(|alone| *alone > 0.0);
    let row = |counted: &Counted, task: String, millions: f64| {
        let share = alone.map(|alone| percent(millions / alone));
        vec![counted.name.clone(), task, decimal(millions, 1), dash(share)]
    };
    let rows: Vec<_> = counted
        .iter()
        .flat_map(|counted| {
            let each = counted.tasks.iter().enumerate();
            let each = each.map(|(at, counts)| row(counted, (at + 1).to_string(), millions(counts)));
            each.chain([row(counted, "together".into(), counted.together())]).collect::<Vec<_>>()
        })
        .collect();
    table("activity-table", "What each task got done until the deadline", &COLUMNS, &rows)
}

fn millions<'a>(counts: impl IntoIterator<Item = &'a u32>) -> f64 {
    counts.into_iter().map(|count| f64::from(*count)).sum::<f64>() / 1e6
}
