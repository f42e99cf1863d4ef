//! One task after the other on the page's thread, which can do nothing else until all are done.

use super::*;

/// Runs everything in one go, on the page's own thread.
pub struct Blocking;

static META: Meta = Meta {
    id: "blocking",
    name: "blocking",
    plain: "blocking",
    plural: false,
    team: "blocking",
    line: "One task after the other on the page's thread. Until the last is done, the page cannot react.",
    scheduling: Scheduling::None,
    memory: Memory::Shared,
    place: Place::Page,
    parallel: false,
    front: false,
    opening: true,
    contrast: false,
    without_sharing: None,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "a for loop" },
        Equivalent { language: "Rust", name: "a for loop" },
        Equivalent { language: "Go", name: "a for loop" },
        Equivalent { language: "JavaScript", name: "a for loop" },
    ],
    samples: true,
};

impl Strategy for Blocking {
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
            for index in 0..batch.answers.len() {
                batch.answers.put(index, 0, sample.finish(0, batch.task(index)).await?);
            }
            Ok(())
        })
    }
}
