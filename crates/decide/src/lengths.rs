//! How long parts of units take by themselves, under an approach's costs: what is known without a simulation.

use workloads::spread::quantile;

use super::costs::ApproachCosts;
use super::model::Model;
use super::project::{Amount, Part};

/// One thread alone moves memory at about half the rate of all together.
const MOVES_ALONE: f64 = 2.0;

impl Model<'_> {
    /// How long the longest of all units takes if it is alone, in milliseconds. Where amounts differ, the longest of
    /// very many is not among the simulated ones.
    pub(crate) fn longest_ms(&self) -> f64 {
        let last = 1.0 - 0.5 / f64::from(self.project.units);
        let parts = self.project.parts.iter().map(|part| {
            let Amount { p50, p95 } = part.amount();
            let length = |amount: f64| if let Part::Waits(_) = part { amount } else { self.length_ms(*part, amount) };
            let usual = length(p50);
            (usual, length(quantile(p50, p95, last)) - usual)
        });
        let (usual, more): (f64, f64) =
            parts.fold((0.0, 0.0), |(sum, most), (usual, more)| (sum + usual, most.max(more)));
        usual + more
    }

    /// The same with computing, overheads and copying on top, in milliseconds.
    pub(crate) fn alone_ms(&self) -> f64 {
        let mb = (self.project.in_kb + self.project.out_kb) / 1000.0;
        self.longest_ms() + self.computes_ms() + mb * self.costs.machine.copy_us_per_mb / 1000.0
    }

    /// The longest wait among `of` units, in milliseconds.
    pub(crate) fn longest_wait_ms(&self, of: usize) -> f64 {
        let place = 1.0 - 0.5 / of as f64;
        let longest = |part: &Part| match part {
            Part::Waits(Amount { p50, p95 }) => quantile(*p50, *p95, place),
            _ => 0.0,
        };
        self.project.parts.iter().map(longest).fold(0.0, f64::max)
    }

    /// How long one unit in 20 keeps a loop busy at least, in milliseconds: what it computes in one go.
    pub(crate) fn keeps_ms(&self) -> f64 {
        let long = |part: &Part| self.length_ms(*part, part.amount().p95);
        self.project.parts.iter().map(long).fold(0.0, f64::max)
    }

    /// About the 95th percentile of what a unit waits, in milliseconds.
    pub(crate) fn waits_p95_ms(&self) -> f64 {
        let waits = self.project.parts.iter().filter(|part| matches!(part, Part::Waits(_)));
        waits.map(|part| part.amount().p95).sum()
    }

    /// How long moving `mb` MB takes one thread, in milliseconds.
    pub(crate) fn moving_ms(&self, mb: f64) -> f64 {
        mb * self.costs.machine.memory_us_per_mb * MOVES_ALONE / 1000.0
    }

    /// What a unit computes on average, in milliseconds.
    pub(crate) fn computes_ms(&self) -> f64 {
        let ApproachCosts { unit_us, wait_us, hop_us, .. } = self.costs;
        let parts = self.project.parts.iter().map(|part| match part {
            Part::Waits(_) => wait_us / 1000.0,
            _ => self.length_ms(*part, part.amount().mean()) + hop_us / 1000.0,
        });
        unit_us / 1000.0 + parts.sum::<f64>()
    }

    /// How long a part that computes takes for this amount, in milliseconds.
    pub(crate) fn length_ms(&self, part: Part, amount: f64) -> f64 {
        match part {
            Part::Waits(_) => 0.0,
            Part::Interpreted(_) => amount * self.costs.slower,
            Part::Compiled(_) => amount,
            Part::Moves(_) => self.moving_ms(amount),
        }
    }
}
