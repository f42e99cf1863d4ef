//! What is asked about: something that a report has measured.
//!
//! Written as words with spaces between them: `speedup threads`, `sooner threads blocking`.

use lab::measure::Ratio;
use lab::report::{Measured, Report};
use serde::{Deserialize, Serialize};

use crate::cell::MatrixCell;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Times as fast, or as much.
    Times,
    /// Milliseconds.
    Milliseconds,
    /// Cores.
    Cores,
    /// Tasks.
    Tasks,
    /// Workers: whole numbers only.
    Workers,
}

impl Unit {
    /// A guess in this unit, rounded if the unit has whole numbers only: 2.3 workers are 2.
    pub fn whole(self, guess: f64) -> f64 {
        if self == Self::Workers { guess.round() } else { guess }
    }
}

/// Something that a report decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// How many times as fast the first strategy was as the second; where the time was set, how many times as much it
    /// got done.
    Speedup(String, String),
    /// How long a strategy took.
    Time(String),
    /// The page's longest silence under a strategy.
    Freeze(String),
    /// How many of a strategy's lanes were on a core at once.
    Parallelism(String),
    /// How many tasks were under way at once under a strategy.
    UnderWay(String),
    /// The time within which 95 of 100 tasks were done after their arrival.
    Latency95(String),
    /// Which strategy was done first: a strategy's id, or `same`.
    First,
    /// Whether the first strategy was done sooner than the second, or got more done: `yes`, `no`, or `same`.
    Sooner(String, String),
    /// Whether the page froze under a strategy: `yes` or `no`.
    Froze(String),
    /// All strategies in the order in which they were done.
    Order,
    /// The order in which lines were printed under a strategy: `A1`, `B1`, ...
    Printed(String),
    /// The speed-up of a strategy over blocking, for each number of workers.
    Scaling(String),
    /// How many workers are enough under a strategy: the knee of its curve, see [`lab::measure::scaling::Knee`].
    Workers(String),
    /// Which calls kept others waiting under a strategy.
    HeldUp(String),
    /// Which strategy has this place in the matrix of scheduling and memory: its id.
    Cell(MatrixCell),
}

/// The shape of a measure's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureShape {
    /// One number.
    Number(Unit),
    /// One of several words.
    Word,
    /// An order.
    Order,
    /// A number for each number of workers.
    Curve,
    /// Yes or no for each of several words.
    Each,
}

/// The words of all measures, with the strategies that each takes.
pub const LEGAL: &str = "speedup A B, time A, freeze A, parallelism A, under-way A, latency95 A, first, sooner A B, froze A, order, \
                         printed A, scaling A, workers A, held-up A (A and B are strategies), cell SCHEDULING MEMORY (taken or given, \
                         shared or isolated)";

/// The word for no difference seen.
pub const SAME: &str = "same";
/// The words for true and false.
pub const YES_NO: [&str; 2] = ["yes", "no"];

impl Measure {
    /// The measure that these words name; `None` if they name none, or an unknown strategy.
    pub fn read(words: &str) -> Option<Self> {
        let mut words = words.split_whitespace();
        let name = words.next()?;
        let mut strategy = || words.next().filter(|id| strategies::find(id).is_some()).map(str::to_owned);
        let measure = match name {
            "speedup" => Self::Speedup(strategy()?, strategy()?),
            "time" => Self::Time(strategy()?),
            "freeze" => Self::Freeze(strategy()?),
            "parallelism" => Self::Parallelism(strategy()?),
            "under-way" => Self::UnderWay(strategy()?),
            "latency95" => Self::Latency95(strategy()?),
            "first" => Self::First,
            "sooner" => Self::Sooner(strategy()?, strategy()?),
            "froze" => Self::Froze(strategy()?),
            "order" => Self::Order,
            "printed" => Self::Printed(strategy()?),
            "scaling" => Self::Scaling(strategy()?),
            "workers" => Self::Workers(strategy()?),
            "held-up" => Self::HeldUp(strategy()?),
            "cell" => Self::Cell(MatrixCell::read(words.next()?, words.next()?)?),
            _ => return None,
        };
        words.next().is_none().then_some(measure)
    }

    /// The shape of its answer.
    pub fn shape(&self) -> MeasureShape {
        match self {
            Self::Speedup(..) => MeasureShape::Number(Unit::Times),
            Self::Time(_) | Self::Freeze(_) | Self::Latency95(_) => MeasureShape::Number(Unit::Milliseconds),
            Self::Parallelism(_) => MeasureShape::Number(Unit::Cores),
            Self::UnderWay(_) => MeasureShape::Number(Unit::Tasks),
            Self::Workers(_) => MeasureShape::Number(Unit::Workers),
            Self::First | Self::Sooner(..) | Self::Froze(_) | Self::Cell(_) => MeasureShape::Word,
            Self::Order | Self::Printed(_) => MeasureShape::Order,
            Self::Scaling(_) => MeasureShape::Curve,
            Self::HeldUp(_) => MeasureShape::Each,
        }
    }

    /// Whether its result depends on the number of cores.
    pub fn wants_cores(&self) -> bool {
        !matches!(self, Self::Froze(_) | Self::UnderWay(_) | Self::Printed(_) | Self::HeldUp(_) | Self::Cell(_))
    }

    /// The ids of the strategies that it names; empty if it is about all that ran.
    pub fn strategies(&self) -> Vec<&str> {
        match self {
            Self::Speedup(one, other) | Self::Sooner(one, other) => vec![one, other],
            Self::Time(one)
            | Self::Freeze(one)
            | Self::Parallelism(one)
            | Self::UnderWay(one)
            | Self::Latency95(one)
            | Self::Froze(one)
            | Self::Printed(one)
            | Self::Scaling(one)
            | Self::Workers(one)
            | Self::HeldUp(one) => vec![one],
            Self::First | Self::Order | Self::Cell(_) => Vec::new(),
        }
    }

    /// The number that it names, with its interval; `None` if the report does not have it, or if it is not a number.
    pub fn number(&self, report: &Report) -> Option<Ratio> {
        let own = |id: &str| measured(report, id);
        let plain = |value: f64| Ratio { value, ci95: None };
        match self {
            Self::Speedup(one, other) => own(one)?.against(&own(other)?),
            Self::Time(one) => {
                let numbers = own(one)?.numbers;
                Some(Ratio { value: numbers.median_ms, ci95: numbers.ci95_ms })
            }
            Self::Freeze(one) => own(one)?.numbers.usual_freeze_ms.map(plain),
            Self::Parallelism(one) => own(one)?.numbers.parallelism,
            Self::UnderWay(one) => own(one)?.numbers.under_way,
            Self::Latency95(one) => {
                let quantile = &own(one)?.numbers.latency.as_ref()?.p95;
                Some(Ratio { value: quantile.ms, ci95: quantile.ci95_ms })
            }
            Self::Workers(one) => {
                let knee = report.scaling.iter().find(|curve| curve.strategy == *one)?.knee;
                Some(Ratio { value: knee.workers as f64, ci95: knee.ci95.map(|ends| ends.map(|end| end as f64)) })
            }
            _ => None,
        }
    }
}

/// The strategy's run with its numbers; `None` if the tab was hidden, or if there are no numbers.
pub(crate) fn measured<'a>(report: &'a Report, id: &str) -> Option<Measured<'a>> {
    if report.machine.hidden {
        return None;
    }
    report.shown(id)?.measured()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for text in ["speedup threads blocking", "scaling threads", "workers threads", "first", "cell given isolated"] {
            assert_eq!(Measure::read(text).map(|measure| measure.words()).as_deref(), Some(text));
        }
        for text in ["workers", "workers nobody", "workers threads blocking"] {
            assert_eq!(Measure::read(text), None, "{text}");
        }
    }

    #[test]
    fn there_are_whole_workers_only() {
        assert_eq!([Unit::Workers, Unit::Cores].map(|unit| unit.whole(2.4)), [2.0, 2.4]);
    }
}
