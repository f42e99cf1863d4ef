//! The costs that the page measures itself on request.

use browsers::{Browser, Engine, Page};
use lab::measure::Interval;
use serde::Deserialize;

use crate::words::{between, cells, table, three_digits};

/// The name of the file that the page saves.
const FILE: &str = "lanes-costs.json";
/// The unit for the other costs: yielding once by a message to oneself, as the event loop does.
const UNIT: &str = "yield-message";
/// The costs that a sentence gives as a multiple of another cost.
const IN_WORDS: [(&str, &str); 5] = [
    ("process-start", UNIT),
    ("process-start", "thread-start"),
    ("message-copied", "message-empty"),
    ("message-copied", "message-transferred"),
    ("yield-timeout", UNIT),
];

/// One cost from the page's own report. Times are in microseconds.
#[derive(Debug, Clone, Deserialize)]
pub struct Cost {
    id: String,
    what: String,
    median_us: f64,
    ci95_us: Option<Interval>,
}

impl Cost {
    /// Its name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What is measured, in words.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Its median, in microseconds.
    pub fn median_us(&self) -> f64 {
        self.median_us
    }
}

/// Presses the button, and reads the file that the page saves.
///
/// # Panics
/// When the page does not measure, or its report cannot be read.
pub async fn measure(browser: &Browser, page: &Page<'_>) -> Vec<Cost> {
    page.script("document.querySelector('#costs').open = true", vec![]).await;
    page.press("#measure-costs").await;
    page.until("document.querySelector('#download-costs, #costs [role=alert]')").await;
    page.press("#download-costs").await;
    let mut report = browser.saved(FILE).await;
    page.script("document.querySelector('#costs').open = false", vec![]).await;
    serde_json::from_value(report["costs"].take()).expect("the report has costs")
}

/// The section of the document: one table, and some ratios in words.
pub fn section(measured: &[(Engine, &Vec<Cost>)]) -> String {
    let mut head = cells(&["what"]);
    for (engine, _) in measured {
        head.extend([format!("{engine:?}"), "95 % interval".into(), "in yields".into()]);
    }
    // costs that not all browsers have come last
    let mut all: Vec<&Cost> = Vec::new();
    for cost in measured.iter().flat_map(|(_, costs)| *costs) {
        if all.iter().all(|known| known.id != cost.id) {
            all.push(cost);
        }
    }
    let row = |cost: &&Cost| {
        let own = measured.iter().flat_map(|(_, costs)| own_cells(costs, &cost.id));
        [cost.what.clone()].into_iter().chain(own).collect()
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    let mut text = format!(
        "As the page measures them when somebody presses \"Measure\"; one yield is giving way by a message to oneself, \
         as the event loop does.\n\n{}\n",
        table(&head, &rows)
    );
    for (engine, costs) in measured {
        for (id, unit) in IN_WORDS {
            text.extend(sentence(*engine, costs, id, unit));
        }
    }
    text
}

/// One browser's part of a row.
fn own_cells(costs: &[Cost], id: &str) -> [String; 3] {
    let none = || String::from("–");
    let Some(cost) = costs.iter().find(|cost| cost.id == id) else { return [none(), none(), none()] };
    let interval = cost.ci95_us.map_or_else(none, |interval| between(interval, time));
    [time(cost.median_us), interval, by(costs, id, UNIT).map_or_else(none, three_digits)]
}

/// The cost `id` divided by the cost `unit`; `None` if one is missing, or if `unit` is not above 0.
fn by(costs: &[Cost], id: &str, unit: &str) -> Option<f64> {
    let median = |id: &str| costs.iter().find(|cost| cost.id == id).map(|cost| cost.median_us);
    Some(median(id)? / median(unit).filter(|unit| *unit > 0.0)?)
}

fn sentence(engine: Engine, costs: &[Cost], id: &str, unit: &str) -> Option<String> {
    let what = |id: &str| costs.iter().find(|cost| cost.id == id).map(|cost| &cost.what);
    let times = three_digits(by(costs, id, unit)?);
    Some(format!("- {engine:?}: \"{}\" costs {times} times as much as \"{}\".\n", what(id)?, what(unit)?))
}

/// A time in microseconds, written with a suitable unit.
fn time(us: f64) -> String {
    match us {
        us if us >= 1000.0 => format!("{} ms", three_digits(us / 1000.0)),
        us if us >= 1.0 => format!("{} µs", three_digits(us)),
        us => format!("{:.0} ns", us * 1000.0),
    }
}
