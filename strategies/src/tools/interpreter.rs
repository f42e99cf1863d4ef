//! What strategies under CPython's lock have in common: their parameters, and what follows from them.

use workloads::{Param, Params};

use super::{Lock, Stepper};
use crate::{Parallelism, SampleContext};

/// The lock's parameters, whatever takes turns under it.
pub(crate) static PARAMS: [Param; 2] = [
    Param {
        key: "interval",
        label: "GIL: switch interval",
        unit: "µs",
        min: 100,
        max: 100_000,
        default: 5_000,
        demo: 5_000,
        ..Param::NUMBER
    },
    Param { key: "release", label: "GIL: steps that release it", unit: "%", max: 100, ..Param::NUMBER },
];

/// How much of the work several threads under the lock may compute at the same time.
pub(crate) fn parallelism(strategy_params: &Params) -> Parallelism {
    if strategy_params.get("release") > 0 { Parallelism::OutsideLock } else { Parallelism::None }
}

/// A free lock with the interval that was set.
pub(crate) fn lock(sample: &SampleContext<'_>) -> Lock {
    Lock::new(f64::from(sample.strategy_params.get("interval")) / 1000.0)
}

/// A lane that works under the lock, except for the share of its steps that was set.
pub(crate) fn stepper<'a>(lock: &'a Lock, lane: usize, sample: &'a SampleContext<'a>) -> Stepper<'a> {
    Stepper::under(lock, sample.strategy_params.get("release"), lane, sample)
}
