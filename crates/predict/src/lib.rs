//! Predictions: what a visitor commits to before a run, and how the run marks it.
//!
//! Invariant: right is computed from a report and never written in a text. What the report cannot decide is not marked,
//! and it is said why. Nothing here makes a sentence; that is `words`.

mod axis;
mod cell;
mod guess;
mod mark;
mod measure;
mod number;
mod question;
pub mod scale;

pub use axis::{Axis, AxisScale};
pub use cell::MatrixCell;
pub use guess::Guess;
pub use mark::{HeldUp, Mark, Marked, Truth, Why, mark};
pub use measure::{Measure, SAME, Unit};
pub use number::{read_number, write_number};
pub use question::{AnswerKind, Flaw, Question, Reason};
