//! Predictions: what a visitor commits to before a run, and how the run marks it.
//!
//! Invariant: what is right is computed from a report and never written in a text. A guess that the report cannot
//! decide is not marked, and the reason is given. No sentence is made here; `words` does that.

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
