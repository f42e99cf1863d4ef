//! What is measured, and for how long: everything, or the parts and browsers that are named on the command line.
//!
//! Parts that take rounds take them for a given time, so that the whole takes as long on a slow machine.

use std::env;
use std::time::{Duration, Instant};

use browsers::Engine;

/// One thing to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Lanes against its peers.
    Race,
    /// Lanes' processes against JavaScript's.
    Processes,
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
    /// How soon caches and memory answer, on the page and natively.
    Chase,
    /// How soon a slow machine can use the page.
    Interactive,
    /// How soon the page answers a press.
    Responsive,
    /// A large run, drawn while it goes on.
    Drawing,
    /// A large run, played.
    Playing,
    /// The page's memory after many runs.
    Memory,
    /// What is expected of projects.
    Decide,
    /// Simulated against measured.
    Simulation,
}

const PARTS: [(&str, Part); 15] = [
    ("race", Part::Race),
    ("processes", Part::Processes),
    ("recording", Part::Recording),
    ("smooth", Part::Smooth),
    ("workloads", Part::Workloads),
    ("scaling", Part::Scaling),
    ("costs", Part::Costs),
    ("chase", Part::Chase),
    ("interactive", Part::Interactive),
    ("responsive", Part::Responsive),
    ("drawing", Part::Drawing),
    ("playing", Part::Playing),
    ("memory", Part::Memory),
    ("decide", Part::Decide),
    ("simulation", Part::Simulation),
];

/// How long the race of one browser takes: some twenty rounds, because one unlucky wake-up in a sample of 20 ms counts.
pub const RACE: Duration = Duration::from_secs(90);
/// How long the race of the processes of one browser takes.
pub const PROCESSES: Duration = Duration::from_secs(60);
/// How long a browser's two strategies may take to tell what recording costs.
pub const RECORDING: Duration = Duration::from_secs(100);
/// How long all workloads of one browser take.
pub const WORKLOADS: Duration = Duration::from_secs(45);
/// How long the sweeps of one workload take.
pub const SCALING: Duration = Duration::from_secs(20);

/// The browsers that are measured in.
const ENGINES: [(&str, Engine); 2] = [("chromium", Engine::Chromium), ("firefox", Engine::Firefox)];

/// What to measure.
pub struct Plan {
    /// All, if none is named.
    parts: Vec<Part>,
    /// The same.
    engines: Vec<Engine>,
}

impl Plan {
    /// What the command line says.
    ///
    /// # Panics
    /// When it names something that there is not.
    pub fn from_command_line() -> Self {
        let mut plan = Self { parts: Vec::new(), engines: Vec::new() };
        for name in env::args().skip(1) {
            match (find(&PARTS, &name), find(&ENGINES, &name)) {
                (Some(part), _) => plan.parts.push(part),
                (_, Some(engine)) => plan.engines.push(engine),
                _ => panic!("there is no {name}, but {}, chromium, firefox", PARTS.map(|(name, _)| name).join(", ")),
            }
        }
        plan
    }

    /// The browsers to measure in.
    pub fn engines(&self) -> Vec<Engine> {
        if self.engines.is_empty() { ENGINES.map(|(_, engine)| engine).into() } else { self.engines.clone() }
    }

    /// Whether everything is measured.
    pub fn is_complete(&self) -> bool {
        self.parts.is_empty() && self.engines.is_empty()
    }

    /// Whether this part is measured.
    pub fn has(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
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

fn find<T: Copy>(named: &[(&str, T)], name: &str) -> Option<T> {
    named.iter().find(|(known, _)| *known == name).map(|(_, meant)| *meant)
}
