//! A player for traces: what every lane and every task did, moment by moment.

mod bar;
mod marks;
mod veil;

pub use bar::Bar;
pub use marks::Marks;
pub use veil::Veil;
