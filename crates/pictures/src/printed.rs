//! What tasks printed, in order, under a strategy.

use lab::experiment::Experiment;
use lab::measure::{letters, printed, printed_so_far};
use strategies::trace::Trace;

/// All lines of a sample that is over; `None` where tasks do not print or nothing was recorded.
pub fn all_printed(experiment: &Experiment, trace: &Trace) -> Option<String> {
    experiment.workload.prints(0)?;
    printed(trace, |task| experiment.workload.prints(task)).map(letters)
}

/// The lines so far of a sample that is still running; `None` where tasks do not print. A task that keeps control
/// prints all its lines in one turn.
pub fn printed_until_now(experiment: &Experiment, trace: &Trace) -> Option<String> {
    let workload = experiment.workload;
    workload.prints(0)?;
    let at_once = workload.keeps_control(&experiment.params);
    Some(letters(printed_so_far(trace, |task| workload.prints(task).map(|lines| if at_once { lines } else { 1 }))))
}
