//! Experiments: what to run, the run as a pipeline, numbers, findings, and the report, which is the one result.
//!
//! Data flows one way:
//! ```text
//! experiment -> run -> series -> measure -> verdict -> report
//! ```
//! There are no words here: what can be said is data (a [`Finding`](verdict::Finding) with its facts, a
//! [`Problem`](experiment::Problem), a failure), and its sentences are made elsewhere.

pub mod experiment;
pub mod measure;
pub mod report;
pub mod run;
pub mod verdict;
