//! Words: every sentence on screen, once.
//!
//! What is to be said comes as data: a [`Message`] of the page, a finding with its facts, a failure, a problem. English is
//! the source: messages stand in [`en`], and what a workload, a strategy or a rule says of itself stands in its own file.
//! Another language is a [`Catalogue`], which gives another pattern for each key; what it lacks stays English.
//!
//! The language is set once for a thread ([`speak`]), because all texts of a page are in one language.

mod catalogue;
pub mod costs;
mod decimal;
pub mod decision;
pub mod en;
mod every_text;
mod failure;
mod finding;
mod message;
mod number;
mod pattern;
mod plugin;
mod prediction;
mod problem;
mod pseudo;
mod report;
pub mod scale;

pub use catalogue::{Catalogue, in_english, speak};
pub use decimal::{decimal, rounded};
pub use every_text::every_text;
pub use failure::{clause, failure, isolation, unavailable, unreadable};
pub use finding::{cannot_tell, finding, headline};
pub use message::Message;
pub use number::{dash, duration, exact_duration, exact_factor, grouped, interval, listed, moment, percent, times};
pub use pattern::Arg;
pub use plugin::{
    answer, choice, equivalent, label, modelled_strategy, modelled_workload, option, slot, strategy_line,
    strategy_name, team, unit, workload_blurb, workload_title,
};
pub use prediction::{axis_mark, guessed, held_up, measured_by, reasoned, revealed, typed};
pub use problem::{amount, problem};
pub use pseudo::pseudo;
pub use report::tell;
