//! The last task first, and so on to the first, on the page's thread: how a strategy is added.

use super::*;

/// Runs everything in one go, from the last task to the first.
pub struct LastFirst;

static META: Meta = Meta {
    id: "last-first",
    name: "last first",
    plain: "last first",
    plural: false,
    team: "last first",
    line: "One task after the other on the page's thread, from the last to the first.",
    scheduling: Scheduling::None,
    memory: Memory::Shared,
    place: Place::Page,
    parallel: false,
    front: false,
    opening: false,
    contrast: false,
    without_sharing: None,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "for task in reversed(tasks)" },
        Equivalent { language: "Rust", name: "for task in tasks.rev()" },
        Equivalent { language: "Go", name: "range slices.Backward(tasks)" },
        Equivalent { language: "JavaScript", name: "tasks.toReversed().forEach" },
    ],
    samples: false,
};

impl Strategy for LastFirst {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            for index in (0..batch.answers.len()).rev() {
                batch.answers.put(index, 0, sample.finish(0, batch.task(index)).await?);
            }
            Ok(())
        })
    }
}
