//! The layout of a lane's buffer: 32-bit words, so that any worker can read it with atomic loads.
//!
//! ```text
//! word 0        1          2           3      4       5       6       7         8 ..      84 ..
//!      version  capacity   published   lost   steps   slack   usual   longest   lengths   records of five words:
//!                                                                    +-------+-----+------+--------------+------+
//!                                                                    | start | end | task | cause + peer | more |
//!                                                                    +-------+-----+------+--------------+------+
//! ```
//! Times are whole microseconds since the sample began (71 minutes fit; browsers' clocks are coarser than that).
//! A writer fills a record, then publishes it by raising `published`. The newest record may still grow at its end. The
//! lowest byte of a record's fourth word is the cause, the others are the peer's lane counted from 1, or 0 for none.
//! `more` is the number of bytes of a transfer or, after computing, the moment until which the task waits; otherwise 0.
//! `steps` counts the steps of tasks that were done here, even where nothing is recorded: a sign of life. `lengths`
//! counts the recorded steps by their [class](super::lengths), and `longest` is the longest of them. `slack` and
//! `usual` serve to detect a step that was off its core (see [`LaneBuffer`](super::LaneBuffer)).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::lengths::CLASSES;

/// The layout's version, with a mark that tells it from stray memory.
pub const VERSION: u32 = 0x4c41_0004;
/// Words before the first record.
pub const HEADER_WORDS: usize = AT_LENGTHS + CLASSES;
/// The word that counts steps; it wraps.
pub const STEPS_WORD: usize = 4;
/// How many spans a lane's buffer holds: 320 KiB a lane, and 40 MiB for the 128 lanes of a large machine. Work that is
/// cut very fine does not fit: more tasks than that on one lane, or half as many if each waits once, such as 10,000
/// requests on an event loop. What does not fit is counted as lost, and the lane's reader learns the count.
pub const SPANS_PER_LANE: usize = 16_384;
/// Words of one record.
pub const RECORD_WORDS: usize = 5;
/// The word that counts published records.
pub const PUBLISHED_WORD: usize = 2;
/// The word of a record that is its end.
pub const END_WORD: usize = 1;

pub(super) const AT_VERSION: usize = 0;
pub(super) const AT_CAPACITY: usize = 1;
pub(super) const AT_LOST: usize = 3;
pub(super) const AT_SLACK: usize = 5;
pub(super) const AT_USUAL: usize = 6;
pub(super) const AT_LONGEST: usize = 7;
pub(super) const AT_LENGTHS: usize = 8;

/// Why a lane was busy, or could not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u32)]
pub enum Cause {
    /// A task's step was computing.
    Compute = 1,
    /// The lane was held by a task that waited (blocking waits only; an overlapped wait leaves the lane free).
    Wait = 2,
    /// The lane wanted a lock that another lane held.
    LockWait = 3,
    /// The lane was being started.
    Spawn = 4,
    /// Bytes were copied to or from this lane, or a task was handed over.
    Transfer = 5,
    /// Heartbeat: from one frame of the page to the next.
    Frame = 6,
    /// Heartbeat: from one message's arrival at the page to the next.
    Message = 7,
    /// A task's step was to compute, but its core was given to another thread or program.
    OffCore = 8,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 8] = [
        Self::Compute,
        Self::Wait,
        Self::LockWait,
        Self::Spawn,
        Self::Transfer,
        Self::Frame,
        Self::Message,
        Self::OffCore,
    ];

    fn from_word(word: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| *cause as u32 == word)
    }
}

/// An interval on a lane, in microseconds since the sample began. In a text format, unknown fields are left out; in a
/// binary format, a span is written as its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Span {
    /// First microsecond.
    pub start: u32,
    /// One past the last microsecond; never before `start`.
    pub end: u32,
    /// The task, counted over all phases; 0 where the cause belongs to none.
    pub task: u32,
    /// Why.
    pub cause: Cause,
    /// The lane that a task or a lock was received from or given to, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer: Option<u32>,
    /// The bytes that a transfer copied.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bytes: u32,
    /// The moment until which the task waits after this, with the lane free for others; 0 if there is no such wait.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub until: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's contract")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            Self::serialize(self, serializer)
        } else {
            Serialize::serialize(&self.to_record(), serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Self::deserialize(deserializer);
        }
        let record: [u32; RECORD_WORDS] = Deserialize::deserialize(deserializer)?;
        Self::of_record(&record).ok_or_else(|| de::Error::custom("a record that makes no sense"))
    }
}

/// Bits of a record's fourth word that are its cause.
const CAUSE_BITS: u32 = 8;

impl Span {
    /// A span of which only these fields are known.
    pub fn new(cause: Cause, task: u32, start: u32, end: u32) -> Self {
        Self { start, end, task, cause, peer: None, bytes: 0, until: 0 }
    }

    /// The span in a record of a lane that is still being written; `None` if the record makes no sense. Such a record
    /// is not drawn, and the reader of the whole lane reports at the end what is wrong with it.
    pub fn of_record(record: &[u32]) -> Option<Self> {
        let &[start, end, task, word, more] = record else { return None };
        let cause = Cause::from_word(Self::cause_word(word))?;
        let (bytes, until) = if cause == Cause::Transfer { (more, 0) } else { (0, more) };
        let peer = (word >> CAUSE_BITS).checked_sub(1);
        Some(Self { start, end: end.max(start), task, cause, peer, bytes, until })
    }

    /// The cause in a record's fourth word.
    pub(super) fn cause_word(word: u32) -> u32 {
        word & ((1 << CAUSE_BITS) - 1)
    }

    /// Its record.
    pub(super) fn to_record(self) -> [u32; RECORD_WORDS] {
        let peer = self.peer.map_or(0, |lane| lane + 1);
        let more = if self.cause == Cause::Transfer { self.bytes } else { self.until };
        [self.start, self.end, self.task, self.cause as u32 | peer << CAUSE_BITS, more]
    }

    /// How long it is, in microseconds.
    pub fn length(&self) -> u32 {
        self.end - self.start
    }
}
