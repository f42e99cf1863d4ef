//! The numbers of workers that an experiment is run with.

use crate::experiment::Experiment;

/// Up to this many workers a sweep leaves no number out.
const EACH: usize = 16;

/// The numbers of workers that an experiment runs, for a strategy that can have any number.
pub fn numbers_of_workers(experiment: &Experiment) -> Vec<usize> {
    if experiment.sweep { steps(experiment.workers) } else { vec![experiment.workers] }
}

/// Every number of workers up to sixteen, then numbers farther and farther apart up to `most`, so that a sweep is soon
/// done on a machine with many cores.
pub(super) fn steps(most: usize) -> Vec<usize> {
    let sparse = (3..).flat_map(|power| [2 << power, 3 << power]).filter(|workers| *workers > EACH);
    let mut steps: Vec<usize> = (1..=EACH).chain(sparse).take_while(|workers| *workers < most).collect();
    steps.push(most);
    steps
}
