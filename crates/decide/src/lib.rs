//! Which approach fits a project: the project in its owners' terms, a model that runs the strategies on the simulated
//! machine, and a ranking with its reasons.
//!
//! ```text
//! form, link, JSON -> project --+
//!                               +--> model -> search -> ranking -> flips
//! costs of a machine, a Python -+
//! ```
//! Invariant: there is no second model. What an approach does with a unit is what the lab's strategies do with a task.

mod amount;
mod approach;
mod check;
mod costs;
mod decision;
mod fields;
mod finding;
mod flips;
mod lengths;
mod measured;
mod memory;
mod model;
mod presets;
mod project;
mod ranking;
mod recorded;
mod search;
mod simulated;

pub use approach::{APPROACHES, Approach, Language};
pub use check::{Checked, DOUBTED, Trial, check, tried};
pub use costs::{ApproachCosts, NotCosts, Python, Sources};
pub use decision::{ApproachResult, BestByLanguage, CostsOf, Decision};
pub use fields::{AMOUNT_MOST, NUMBERS, PARTS_MOST, ProjectNumber, keys, read, read_json};
pub use finding::{RankingReason, findings, unfit};
pub use flips::{Flip, Flips, Standing};
pub use measured::{Timed, Untimed, measured};
pub use model::{CLOSER, Estimate, FIRST_LOOK, Model, Unfit};
pub use presets::{PRESETS, preset};
pub use project::{Amount, KINDS, Part, Project};
pub use ranking::{CLOSE, Ranked, rank};
pub use recorded::{Beside, Recorded, Scenario, TELLS};
pub use search::best;
