//! The lanes: a row a strategy on one shared time axis, its picture if it makes one, and how they are drawn.

mod canvas;
mod draw;
mod palette;
mod picture;
mod pictures;
mod row;
mod samples;
mod sizes;

pub use self::pictures::Pictures;
pub use canvas::Canvases;
pub use row::{Axis, Rows};
