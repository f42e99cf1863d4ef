//! Activity bars, as the talk draws them: how much each task got done in each millisecond, in one row per task.
//!
//! Each row is one shape, as high as the counts, so that a picture of hundreds of milliseconds stays light. A row has
//! the colour of the lane that computed its task.

use std::collections::BTreeMap;

use lab::report::{Report, Run};
use strategies::trace::{Cause, Context};
use words::{Arg, dash, decimal, en, percent};

use crate::lanes::colour;
use crate::results::{self, name};
use crate::scene::{Figure, Scene, Shape, times};
use crate::shown::Chart;
use crate::table::Table;

/// The picture's own scale: its width, and a row's height with its gap.
const WIDTH: f64 = 1000.0;
const ROW: f64 = 22.0;
const GAP: f64 = 3.0;
/// More rows than these are not drawn.
const ROWS: usize = 32;

/// A run that counted, with a name that no other run has.
struct Counted<'a> {
    name: String,
    run: &'a Run,
}

impl Counted<'_> {
    /// The count of all tasks together, in millions.
    fn together(&self) -> f64 {
        millions(self.run.activity.iter().flatten())
    }
}

/// The bars of every run that counted and the table of their totals; `None` if none did.
pub(crate) fn chart(report: &Report) -> Option<Chart> {
    let counted: Vec<_> = report.runs.iter().filter_map(|run| counted(run, report)).collect();
    let tasks = || counted.iter().flat_map(|counted| counted.run.activity.iter().flatten());
    let most = tasks().copied().max().filter(|most| *most > 0)?;
    Some(Chart {
        label: en::ACTIVITY.text(),
        heading: en::ACTIVITY_HEADING.text(),
        text: en::ACTIVITY_MEANS.text(),
        figures: counted.iter().map(|counted| figure(counted, most)).collect(),
        tables: Vec::new(),
        details: en::BARS_AS_TABLE.text(),
        hidden: Some(totals(&counted, report)),
    })
}

fn counted<'a>(run: &'a Run, report: &Report) -> Option<Counted<'a>> {
    if run.numbers.is_none() || run.activity.is_empty() {
        return None;
    }
    let several = report.runs.iter().filter(|other| other.strategy == run.strategy).count() > 1;
    let name = name(&run.strategy);
    let name = match several {
        true => en::WITH_WORKERS.with(&[("strategy", name.into()), ("n", Arg::digits(run.workers))]),
        false => name,
    };
    Some(Counted { name, run })
}

fn figure(counted: &Counted, most: u32) -> Figure {
    let all = &counted.run.activity;
    let rows = &all[..all.len().min(ROWS)];
    let lanes = computed_by(counted.run);
    let shape = |(at, row): (usize, &Vec<u32>)| shape(at, row, most, lanes.get(&(at as u32)).copied());
    let caption = en::TOGETHER_DID
        .with(&[("strategy", counted.name.as_str().into()), ("millions", decimal(counted.together(), 1).into())]);
    let milliseconds = rows.iter().map(Vec::len).max().unwrap_or(0);
    Figure {
        class: "activity".into(),
        scene: Scene {
            width: WIDTH,
            height: ROW * rows.len() as f64,
            stretched: true,
            label: caption.clone(),
            shapes: rows.iter().enumerate().map(shape).collect(),
        },
        caption,
        times: times(milliseconds as f64),
        note: match all.len() {
            last if last > ROWS => en::NOT_DRAWN.with(&[("first", Arg::digits(ROWS + 1)), ("last", Arg::digits(last))]),
            _ => String::new(),
        },
    }
}

fn shape(at: usize, counts: &[u32], most: u32, lane: Option<Context>) -> Shape {
    let (floor, step) = (ROW * (at + 1) as f64 - GAP, WIDTH / counts.len().max(1) as f64);
    let mut path = format!("M0 {floor}");
    for count in counts {
        let height = (ROW - GAP) * f64::from(*count) / f64::from(most);
        path += &format!("V{}h{}", decimal(floor - height, 1), decimal(step, 2));
    }
    Shape::path(lane.map(colour).unwrap_or_default(), format!("{path}V{floor}z"))
}

/// The lane that computed each task of the sample that is drawn, by the task's number; of several lanes, the one that
/// did so for longest. Empty where the sample did the work several times: only the last time was counted.
fn computed_by(run: &Run) -> BTreeMap<u32, Context> {
    let mut longest = BTreeMap::new();
    let lanes = run.trace().filter(|_| run.times() == 1).map(|trace| trace.lanes).unwrap_or_default();
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

/// What each task got done in total, and all of them together. Under blocking one task runs after the other, so there
/// all tasks together get done what one alone would.
fn totals(counted: &[Counted], report: &Report) -> Table {
    let baseline = report.baseline().and_then(|run| counted.iter().find(|counted| std::ptr::eq(counted.run, run)));
    let alone = baseline.map(Counted::together).filter(|alone| *alone > 0.0);
    let row = |counted: &Counted, task: String, millions: f64| {
        let share = alone.map(|alone| percent(millions / alone));
        vec![counted.name.clone(), task, decimal(millions, 1), dash(share)]
    };
    let rows = counted.iter().flat_map(|counted| {
        let each = counted.run.activity.iter().enumerate();
        let each = each.map(|(at, counts)| row(counted, (at + 1).to_string(), millions(counts)));
        each.chain([row(counted, en::TOGETHER.text(), counted.together())]).collect::<Vec<_>>()
    });
    let of_all = en::OF_ALL_OF.with(&[("base", results::baseline(report))]);
    let columns = vec![en::STRATEGY.text(), en::TASK.text(), en::MILLION_ROUNDS.text(), of_all];
    Table::new("activity-table", en::ACTIVITY_TABLE.text(), columns, rows.collect())
}

fn millions<'a>(counts: impl IntoIterator<Item = &'a u32>) -> f64 {
    counts.into_iter().map(|count| f64::from(*count)).sum::<f64>() / 1e6
}
