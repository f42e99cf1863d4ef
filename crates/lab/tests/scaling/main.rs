//! The numbers of a scaling sweep, held against sweeps whose law is known because they were made up.

#[path = "scaling/any_input.rs"]
mod any_input;
#[path = "scaling/knee.rs"]
mod knee;
#[path = "scaling/laws.rs"]
mod laws;
#[path = "scaling/made.rs"]
mod made;
#[path = "scaling/refusals.rs"]
mod refusals;
