//! Lanes and pictures on canvases, live and when a run is over.

mod canvas;
mod draw;
mod palette;
mod picture;
mod strip;

pub use canvas::Canvases;
pub use draw::{CROWD, FEW};
