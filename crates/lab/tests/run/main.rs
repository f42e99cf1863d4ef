//! The pipeline of a run, on its own seam.

mod mock;
mod race;
mod sweep;
