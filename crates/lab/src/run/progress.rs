//! The progress of a run, as it is reported to the executor.

use super::Executor;
use super::entry::Entry;

/// `done` of `total` samples.
#[derive(Default)]
pub(super) struct SampleProgress {
    done: usize,
    total: usize,
}

impl SampleProgress {
    /// Sets how many samples there will be in all, as far as is known by now.
    pub fn is_of(&mut self, total: usize, executor: &dyn Executor, entries: &[Entry]) {
        self.total = total;
        self.tell(executor, entries);
    }

    /// One more is done.
    pub fn one_more(&mut self, executor: &dyn Executor, entries: &[Entry]) {
        self.done += 1;
        self.tell(executor, entries);
    }

    fn tell(&self, executor: &dyn Executor, entries: &[Entry]) {
        let series: Vec<_> = entries.iter().map(|entry| &entry.series).collect();
        executor.progress(self.done, self.total, &series);
    }
}
