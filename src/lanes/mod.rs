//! The lanes: a row a strategy on one shared time axis, and its picture if it makes one.

mod pictures;
mod row;
mod samples;
mod sizes;

pub use self::pictures::Pictures;
pub use row::{Axis, Rows};
