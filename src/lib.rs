//! Lanes: the same work under different strategies, seen on the visitor's own CPU.
//!
//! Data flows one way: experiment -> run -> trace -> measurement -> verdict -> what people see. `tests/layers.rs`
//! enforces who may import whom; only `platform` and `ui` know the browser, and natively only what computes in `ui` is
//! there.

pub mod analysis;
pub mod experiment;
pub mod measure;
pub mod report;
pub mod run;
pub mod simulate;
pub mod strategy;
pub mod trace;
pub mod verdict;

#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod platform;
#[cfg(any(not(target_arch = "wasm32"), feature = "page"))]
pub mod ui;
