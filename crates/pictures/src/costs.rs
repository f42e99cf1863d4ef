//! What things cost on a machine, as a report of its own and as a table: medians with their intervals.

use lab::measure::{Interval, interval_of_median, median};
use serde::{Deserialize, Serialize};
use strategies::costs::{Cost, CostId};
use words::{Message, dash, en};

use crate::table::Table;

/// The version of the report's shape.
pub const SCHEMA: u32 = 1;

/// What was measured, and where.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MeasuredCosts {
    /// Each cost with its samples.
    pub costs: Vec<Cost>,
    /// The number of cores that the machine claims to have.
    pub claimed_cores: usize,
    /// The browser's engine.
    pub engine: String,
    /// The clock's step, in milliseconds.
    pub timer_resolution_ms: f64,
    /// Whether another window or frame of Lanes may have measured at the same time; `None` where the browser cannot
    /// tell.
    pub another_instance: Option<bool>,
}

/// The report as it is written. Costs are in microseconds, the timer's resolution in milliseconds.
#[derive(Debug, Clone, Serialize)]
pub struct CostReport {
    schema: u32,
    kind: &'static str,
    claimed_cores: usize,
    engine: String,
    timer_resolution_ms: f64,
    another_instance: Option<bool>,
    costs: Vec<CostRecord>,
}

/// The result for one cost, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CostFigure {
    /// Which cost.
    pub id: CostId,
    /// Its median.
    pub us: f64,
    /// The ends of its 95 % interval; both equal the median if there is no interval.
    pub interval: Interval,
}

#[derive(Debug, Clone, Serialize)]
struct CostRecord {
    id: CostId,
    what: &'static str,
    median_us: f64,
    ci95_us: Option<Interval>,
    samples_us: Vec<f64>,
}

impl MeasuredCosts {
    /// The report; costs that were not measured are left out.
    pub fn report(&self) -> CostReport {
        let cost = |id: CostId| {
            let (_, samples) = self.costs.iter().find(|(known, _)| *known == id)?;
            Some(CostRecord {
                id,
                what: words::costs::what(id).english,
                median_us: median(samples)?,
                ci95_us: interval_of_median(samples),
                samples_us: samples.clone(),
            })
        };
        CostReport {
            schema: SCHEMA,
            kind: "costs",
            claimed_cores: self.claimed_cores,
            engine: self.engine.clone(),
            timer_resolution_ms: self.timer_resolution_ms,
            another_instance: self.another_instance,
            costs: CostId::ALL.into_iter().filter_map(cost).collect(),
        }
    }
}

impl CostReport {
    /// The numbers alone, to be drawn.
    pub fn figures(&self) -> Vec<CostFigure> {
        let figure = |cost: &CostRecord| {
            let CostRecord { id, median_us: us, ci95_us, .. } = *cost;
            CostFigure { id, us, interval: ci95_us.unwrap_or([us; 2]) }
        };
        self.costs.iter().map(figure).collect()
    }

    /// The table.
    pub fn table(&self) -> Table {
        let columns = [en::WHAT, en::MEDIAN, en::INTERVAL_95].map(Message::text).to_vec();
        let rows = self.costs.iter().map(row).collect();
        Table::new("costs-table", en::COSTS_TABLE.text(), columns, rows)
    }
}

fn row(cost: &CostRecord) -> Vec<String> {
    let time = words::costs::time;
    let interval = cost.ci95_us.map(|[low, high]| words::times(time(low), time(high)));
    vec![words::costs::what(cost.id).text(), time(cost.median_us), dash(interval)]
}
