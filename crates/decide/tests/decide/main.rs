//! The decision as its users see it: projects read, approaches ranked, answers changed.

mod fields;
mod flips;
mod properties;
mod recorded;
mod scenarios;
