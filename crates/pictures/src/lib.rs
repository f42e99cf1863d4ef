//! Pictures: reports and words become tables and scenes, as data, to be drawn or exported.
//!
//! Invariant: what is shown of a run depends on its [`Report`](lab::report::Report) alone, so a run that was just made, a
//! file and a recording look the same.

mod activity;
pub mod costs;
pub mod decision;
mod doubling;
mod held_up;
mod lanes;
mod latency;
pub mod law;
pub mod moment;
mod pairs;
pub mod player;
mod printed;
mod results;
mod reveal;
mod scaling;
pub mod scene;
mod shown;
pub mod slider_scale;
pub mod table;
pub mod time_axis;
pub mod what_if;

pub use lanes::{COLOURS as LANE_COLOURS, context_name};
pub use printed::{all_printed, printed_until_now};
pub use reveal::{OnAxis, Reveal};
pub use scene::{Figure, Scene, Shape};
pub use shown::{Chart, Shown, ShownRow};
pub use table::{Cell, Table};
