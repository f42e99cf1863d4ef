//! The lanes: a row for each strategy on one shared time axis, and its picture if it makes one.

mod named;
mod pictures;
mod player;
mod row;
mod samples;
mod sizes;

pub use self::pictures::Pictures;
pub use player::Player;
pub use row::{Axis, Rows};
