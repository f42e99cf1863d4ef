//! Latency: from a task's arrival until it is done, where tasks arrive. Waiting in line counts.

use serde::{Deserialize, Serialize};
use strategies::trace::{TaskRecord, Trace};

use super::stats::{Interval, interval_of_median, median};

/// How long tasks took from their arrival until they were done. A quantile is taken over the tasks of each sample; the
/// value here is the median over samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TaskLatency {
    /// Half of the tasks took no longer.
    pub p50: Quantile,
    /// 95 of 100 took no longer.
    pub p95: Quantile,
    /// 99 of 100 took no longer.
    pub p99: Quantile,
}

/// A quantile of latency, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quantile {
    /// How long.
    pub ms: f64,
    /// The 95 % bootstrap interval of the median over samples; none with a single sample.
    pub ci95_ms: Option<Interval>,
}

impl TaskLatency {
    /// The latency over these samples; `None` if no task arrived in one of them, or without samples.
    pub fn of(samples: &[Trace]) -> Option<Self> {
        let sorted = |trace: &Trace| {
            let mut all: Vec<_> = trace.tasks.iter().filter_map(TaskRecord::latency).collect();
            all.sort_unstable();
            all
        };
        let samples: Vec<_> = samples.iter().map(sorted).collect();
        let quantile = |percent: usize| {
            let each: Option<Vec<f64>> = samples.iter().map(|sorted| nearest_rank(sorted, percent)).collect();
            let each = each?;
            Some(Quantile { ms: median(&each)?, ci95_ms: interval_of_median(&each) })
        };
        Some(Self { p50: quantile(50)?, p95: quantile(95)?, p99: quantile(99)? })
    }
}

/// The least latency that `percent` of a hundred do not exceed, in milliseconds; `None` if there are none. `sorted` is
/// in microseconds.
fn nearest_rank(sorted: &[u32], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    Some(f64::from(*sorted.get(rank.checked_sub(1)?)?) / 1000.0)
}

#[cfg(test)]
mod tests {
    use strategies::trace::TraceBuilder;

    use super::*;

    /// A hundred tasks that arrive one after the other, each of which takes `times` milliseconds times its number.
    fn sample(times: u32) -> Trace {
        let tasks: Vec<_> = (1..=100).map(|at| (Some(at * 500), at * 500 + at * times * 1000)).collect();
        TraceBuilder::new().tasks(&tasks).build()
    }

    #[test]
    fn a_quantile_is_one_of_the_latencies_and_the_median_over_samples() {
        let TaskLatency { p50, p95, p99 } = TaskLatency::of(&[sample(1), sample(3), sample(2)]).expect("tasks arrived");
        assert_eq!([p50.ms, p95.ms, p99.ms], [100.0, 190.0, 198.0]);
        assert!(p50.ci95_ms.is_some_and(|[low, high]| low <= 100.0 && high >= 100.0));
        assert_eq!(TaskLatency::of(&[sample(1)]).expect("tasks arrived").p99, Quantile { ms: 99.0, ci95_ms: None });
    }

    #[test]
    fn where_nothing_arrives_there_is_none() {
        let there = TraceBuilder::new().tasks(&[(None, 500), (None, 700)]).build();
        assert_eq!(TaskLatency::of(&[sample(1), there]), None);
        assert_eq!(TaskLatency::of(&[]), None);
    }

    #[test]
    fn of_few_tasks_the_slowest_is_the_99_of_100() {
        let few = TraceBuilder::new().tasks(&[(Some(1000), 2000), (None, 9000), (Some(0), 4000)]).build();
        let TaskLatency { p50, p99, .. } = TaskLatency::of(&[few]).expect("two arrived");
        assert_eq!([p50.ms, p99.ms], [1.0, 4.0]);
    }
}
