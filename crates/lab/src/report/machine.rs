//! Where a report's run took place.

use serde::{Deserialize, Serialize};
use strategies::Isolation;

/// The machine and the browser, as far as a page can know them, and the circumstances of the run. It is also sent to
/// the analyst, in a format that has every field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// What `navigator.hardwareConcurrency` claims.
    pub claimed_cores: usize,
    /// Whether memory can be shared between workers.
    pub isolation: IsolationRecord,
    /// The usual step of the page's clock, in milliseconds; one of the large steps, if it moves unevenly.
    pub timer_resolution_ms: f64,
    /// The browser's engine and version, as far as it tells.
    pub engine: String,
    /// How long the same fixed spin took before and after the run, in milliseconds.
    #[serde(default)]
    pub calibration_ms: Option<[f64; 2]>,
    /// Whether it ran on battery; `None` if the browser does not say.
    #[serde(default)]
    pub on_battery: Option<bool>,
    /// Whether the tab was hidden at any time during the run, which voids it.
    #[serde(default)]
    pub hidden: bool,
    /// Whether the lab was out of view at any time during the run: scrolled away, or in a frame that was not shown.
    #[serde(default)]
    pub out_of_view: bool,
    /// Whether another window or frame of Lanes may have measured at the same time: one of the two held the turn and
    /// did not answer. `None` if the browser cannot tell.
    #[serde(default)]
    pub another_instance: Option<bool>,
}

/// Whether the page may share memory with its workers, and why it may or may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IsolationRecord {
    /// Whether a shared memory reached a worker.
    pub shared_memory: bool,
    /// How that came about, as text.
    #[serde(default)]
    pub how: String,
    /// How that came about; `None` before schema 2.
    #[serde(default)]
    pub kind: Option<Isolation>,
}

impl From<Isolation> for IsolationRecord {
    fn from(kind: Isolation) -> Self {
        Self { shared_memory: kind.shared_memory(), how: String::new(), kind: Some(kind) }
    }
}
