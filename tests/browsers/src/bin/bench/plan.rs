//! What is measured, and for how long: everything, or the parts and browsers named on the command line.
//!
//! Parts that are measured in rounds go on for a fixed time, so that the whole takes as long on a slow machine.

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
    /// Whether the page stays smooth during a run.
    Smooth,
    /// Every workload that computes.
    Workloads,
    /// Sweeps over one to four workers.
    Scaling,
    /// The costs that the page itself measures.
    Costs,
    /// How soon caches and memory answer, on the page and natively.
    Chase,
    /// How soon a slow machine can use the page.
    Interactive,
    /// How soon the page answers a press.
    Responsive,
    /// A large run, drawn while it runs.
    Drawing,
    /// A large run, played back.
    Playing,
    /// The page's memory after many runs.
    Memory,
    /// Projects: expected times against measured ones.
    Decide,
    /// Simulated makespans against measured ones.
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

/// How long the race in one browser takes: about twenty rounds, because one unlucky wake-up in a sample of 20 ms
/// counts.
pub const RACE: Duration = Duration::from_secs(90);
/// How long the race of the processes in one browser takes.
pub const PROCESSES: Duration = Duration::from_secs(60);
/// How long measuring the cost of recording may take in one browser, for two strategies together.
pub const RECORDING: Duration = Duration::from_secs(100);
/// How long all workloads together take in one browser.
pub const WORKLOADS: Duration = Duration::from_secs(45);
/// How long the sweeps of one workload take.
pub const SCALING: Duration = Duration::from_secs(20);

/// The browsers in which everything is measured.
const ENGINES: [(&str, Engine); 2] = [("chromium", Engine::Chromium), ("firefox", Engine::Firefox)];

/// What to measure.
pub struct Plan {
    /// The parts to measure; all, if empty.
    parts: Vec<Part>,
    /// The browsers to measure in; all, if empty.
    engines: Vec<Engine>,
}

impl Plan {
    /// The plan given on the command line.
    ///
    /// # Panics
    /// When the command line names neither a part nor a browser.
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

    /// Measures a part if the plan has it, and prints how long that took; `None` if the plan does not have it.
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
