//! A reply in parts: what a process has done of an order, reported while it goes on.
//!
//! An order may legally take minutes, for example because its tasks wait and block. So a process that has worked on one
//! for a while reports, between two steps, what it has done since the last report: the watching side sees it work, and
//! knows that it is alive. An order that takes less is answered in one piece, as if there were no parts.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use crate::trace::{Cause, SPANS_PER_LANE, read};
use crate::{Finished, Host, Pending, Process, Reply, SampleContext};

/// Sends a part of a reply.
pub type Tell<'a> = dyn Fn(Reply) + 'a;

/// Between two parts, in milliseconds: often enough to see lanes grow, and seldom enough that the 0.2 ms of a message,
/// over three contexts together, do not count.
pub(super) const PAUSE: f64 = 100.0;

/// What was done of one order and not reported yet. To an event loop this is the host that it gives way to.
pub(super) struct PartialReply<'a> {
    sample: &'a SampleContext<'a>,
    host: &'a dyn Host,
    tell: Option<&'a Tell<'a>>,
    /// The order's first task, which reporting is attributed to.
    first: u32,
    /// When the last part was sent, in milliseconds since the sample began.
    told: Cell<f64>,
    untold: RefCell<Reply>,
    /// How many more spans may be reported: of one order, no more than a lane's buffer holds.
    room: Cell<usize>,
}

impl<'a> PartialReply<'a> {
    /// An order begins; without `tell` its reply stays in one piece.
    pub(super) fn new(
        sample: &'a SampleContext<'a>,
        host: &'a dyn Host,
        tell: Option<&'a Tell<'a>>,
        first: u32,
    ) -> Self {
        let (told, room) = (Cell::new(sample.time()), Cell::new(SPANS_PER_LANE));
        Self { sample, host, tell, first, told, untold: RefCell::default(), room }
    }

    /// A task is done.
    pub(super) fn put(&self, number: u32, Finished { answer, record }: Finished) {
        let mut untold = self.untold.borrow_mut();
        untold.done.push(number);
        untold.answers.push(answer);
        untold.records.push(record);
    }

    /// Between two steps: reports what was done, if it is time. That takes some time, and `now` becomes its end.
    pub(super) fn look(&self, now: &mut f64) {
        let Some(tell) = self.tell.filter(|_| *now - self.told.get() >= PAUSE) else { return };
        let part = Reply { more: true, ..self.rest() };
        let bytes = part.bytes();
        tell(part);
        *now = self.sample.record_exchange(0, Cause::Transfer, self.first, *now, None, bytes);
        self.told.set(*now);
    }

    /// What was done since the last part.
    pub(super) fn rest(&self) -> Reply {
        let lane = &self.sample.lanes[0];
        let (mut spans, lost) = read(&lane.snapshot()).expect("our own buffer");
        let lengths = lane.lengths();
        lane.clear();
        let (count, room) = (spans.len(), self.room.get());
        spans.truncate(room);
        self.room.set(room - spans.len());
        Reply { lost: lost + (count - spans.len()) as u32, spans, lengths, ..self.untold.take() }
    }
}

impl Host for PartialReply<'_> {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(async move {
            self.host.sleep(duration).await;
            self.look(&mut self.sample.time());
        })
    }

    /// Reports, if it is time; nothing else wants this thread.
    fn give_way(&self) -> Pending<'_, ()> {
        self.look(&mut self.sample.time());
        Box::pin(async {})
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &[]
    }
}
