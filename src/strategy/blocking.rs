//! One task after the other on the page's thread, which can do nothing else until all are done.

use super::*;

/// Runs everything in one go, on the page's own thread.
pub struct Blocking;

static META: Meta = Meta {
    id: "blocking",
    name: "blocking",
    line: "One task after the other on the page's thread. Until the last is done, the page cannot react.",
    scheduling: Scheduling::None,
    memory: Memory::Shared,
    place: Place::Page,
    parallel: false,
    front: false,
    opening: true,
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "a for loop", file: "blocking.py" },
        Equivalent { language: "Rust", name: "a for loop", file: "blocking.rs" },
        Equivalent { language: "Go", name: "a for loop", file: "blocking.go" },
        Equivalent { language: "JavaScript", name: "a for loop", file: "blocking.js" },
    ],
};

impl Strategy for Blocking {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            for index in 0..batch.board.len() {
                let answer = stage.finish(0, batch.board.task(index), &mut *batch.task(index)).await?;
                batch.board.put(index, 0, answer);
            }
            Ok(())
        })
    }
}
