//! The question over the front page's race.

use predict::{AnswerKind, Axis, AxisScale, Measure, Question, Reason};
use words::{Arg, Message, en};

/// The question: how much faster `threads` threads will be.
pub fn front(threads: usize) -> Question {
    let reason =
        |(label, reply): (Message, Message)| Reason { label: label.text(), reply: reply.text(), mistaken: false };
    let mut reasons = [
        (en::FRONT_CORES, en::FRONT_CORES_REPLY),
        (en::FRONT_HANDING, en::FRONT_HANDING_REPLY),
        (en::FRONT_HALF, en::FRONT_HALF_REPLY),
    ]
    .map(reason);
    reasons[2].mistaken = true;
    Question {
        ask: en::FRONT_ASK.with(&[("n", Arg::from(threads))]),
        of: Measure::Speedup("threads".into(), lab::experiment::BASELINE.into()),
        kind: AnswerKind::Point(Axis { from: 0.0, to: (threads as f64).max(2.0) * 2.0, scale: AxisScale::Linear }),
        reasons: reasons.into(),
        tries: Vec::new(),
        lasts: None,
    }
}
