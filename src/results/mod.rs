//! What came of a run, or of a file: words, charts, tables, and what else can be asked.

mod chart;
mod costs;
mod headline;
mod law;
mod method;
mod problems;
mod recording;
mod scene;
mod what_if;

pub use chart::{Charts, Tables};
pub use costs::{Costs, CostsTable, HowFar, MeasureCosts};
pub use headline::{Details, Headline};
pub use law::{Law, SERIAL};
pub use method::{Method, TakeAway};
pub use problems::Problems;
pub use recording::RecordingLabel;
pub use what_if::WhatIf;
