//! What is measured, and for how long: everything, or the parts that are named on the command line.
//!
//! Parts that take rounds take them for a given time, so that the whole takes as long on a slow machine.

use std::env;
use std::time::{Duration, Instant};

/// One thing to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Lanes against its peers.
    Race,
    /// What recording costs.
    Recording,
    /// Whether the page stays smooth.
    Smooth,
    /// Every workload that computes.
    Workloads,
    /// One to four workers.
    Scaling,
    /// What things cost.
    Costs,
    /// A large run, drawn while it goes on.
    Drawing,
    /// The page's memory after many runs.
    Memory,
    /// Simulated against measured.
    Simulation,
}

const PARTS: [(&str, Part); 9] = [
    ("race", Part::Race),
    ("recording", Part::Recording),
    ("smooth", Part::Smooth),
    ("workloads", Part::Workloads),
    ("scaling", Part::Scaling),
    ("costs", Part::Costs),
    ("drawing", Part::Drawing),
    ("memory", Part::Memory),
    ("simulation", Part::Simulation),
];

/// How long the race of one browser takes.
pub const RACE: Duration = Duration::from_secs(35);
/// How long a browser's two strategies may take to tell what recording costs.
pub const RECORDING: Duration = Duration::from_secs(50);
/// How long all workloads of one browser take.
pub const WORKLOADS: Duration = Duration::from_secs(55);
/// How long all sweeps of one browser take.
pub const SCALING: Duration = Duration::from_secs(50);

/// The parts to measure.
pub struct Plan(Vec<Part>);

impl Plan {
    /// What the command line says.
    ///
    /// # Panics
    /// When it names a part that there is not.
    pub fn from_command_line() -> Self {
        let part = |name: String| {
            let known = PARTS.iter().find(|(known, _)| *known == name).map(|(_, part)| *part);
            known.unwrap_or_else(|| panic!("there is no part {name}, but {}", PARTS.map(|(name, _)| name).join(", ")))
        };
        Self(env::args().skip(1).map(part).collect())
    }

    /// Whether everything is measured.
    pub fn is_complete(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this part is measured.
    pub fn has(&self, part: Part) -> bool {
        self.is_complete() || self.0.contains(&part)
    }

    /// Measures a part if it is to be, and says how long that took.
    pub async fn measure<T>(&self, part: Part, measure: impl Future<Output = T>) -> Option<T> {
        if !self.has(part) {
            return None;
        }
        let began = Instant::now();
        let measured = measure.await;
        println!("{part:?} took {:.0} s", began.elapsed().as_secs_f64());
        Some(measured)
    }
}
