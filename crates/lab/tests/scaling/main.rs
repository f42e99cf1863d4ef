//! The numbers of a scaling sweep, checked with sweeps whose law is known because they were made up.

mod any_input;
mod knee;
mod laws;
mod made;
mod refusals;
