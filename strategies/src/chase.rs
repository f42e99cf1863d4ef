//! The latency of memory, by how much of it is used: each cache line of a buffer says which one is next, and together
//! they form one circle in a random order. No processor can guess the way, so each step waits for the one before.
//!
//! ```text
//! line       0    1    2    3    4
//! next       3    4    1    2    0        0 -> 3 -> 2 -> 1 -> 4 -> 0
//! ```
//! A buffer that fits into a cache has the latency of that cache; a larger one has the latency of what is behind it.
//! Invariant: the circle leads through every line, so a walk uses all of the buffer before it comes to a line again.

use std::hint::black_box;

use crate::costs::{Cost, CostId};
use crate::trace::{Clock, clock_step};

/// The sizes of the buffers, in bytes, the smallest first; 0 stands for no memory, but a chain of operations, each of
/// which depends on the one before.
pub const RUNGS: [(CostId, usize); 10] = [
    (CostId::Operation, 0),
    (CostId::Chase4KiB, 4 << 10),
    (CostId::Chase16KiB, 16 << 10),
    (CostId::Chase64KiB, 64 << 10),
    (CostId::Chase256KiB, 256 << 10),
    (CostId::Chase1MiB, 1 << 20),
    (CostId::Chase4MiB, 4 << 20),
    (CostId::Chase16MiB, 16 << 20),
    (CostId::Chase64MiB, 64 << 20),
    (CostId::Chase256MiB, 256 << 20),
];

const SAMPLES: usize = 15;
/// A sample takes at least this long, in milliseconds: shorter than a core is usually left alone, so that most samples
/// are not interrupted.
const SAMPLE: f64 = 2.0;
/// A sample takes at least this many steps of the clock.
const CLOCK_STEPS: f64 = 40.0;
/// The clock is read at intervals of this, in milliseconds, or of as little as half of it.
const LOOK: f64 = 0.25;
/// The walk before the first sample takes at least this long, in milliseconds, so that code that is compiled meanwhile
/// is ready.
const WARM: f64 = 30.0;
/// That walk takes no longer than this, in milliseconds, even through a large buffer that no cache holds.
const WARM_AT_MOST: f64 = 120.0;
/// Steps in a piece. A piece is a call of its own, because browsers replace a function by better code when it is called
/// again, and not while it runs.
const PIECE: u32 = 4096;
/// Operations in a step of [`operate`].
const OPERATIONS: f64 = 6.0;

/// The unit in which memory is fetched: 64 bytes on nearly all of today's processors.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct CacheLine {
    next: u32,
    _rest: [u32; 15],
}

/// Measures what one step on this rung takes, in microseconds, one number per sample; `None` if there is not enough
/// memory or no such rung.
pub fn probe(id: CostId, clock: &dyn Clock) -> Option<Cost> {
    let (_, bytes) = RUNGS.into_iter().find(|(known, _)| *known == id)?;
    if bytes == 0 {
        let mut state = 0x9e37_79b9_7f4a_7c15;
        return Some((id, sampled(clock, 0, OPERATIONS, || state = operate(state))));
    }
    let (lines, mut at) = (circle(bytes / size_of::<CacheLine>())?, 0);
    Some((id, sampled(clock, lines.len(), 1.0, || at = walk(&lines, at))))
}

/// Microseconds, one number per sample, for one of the operations of which a piece does `each * PIECE`. At least
/// `steps` steps come first, unless that takes longer than [`WARM_AT_MOST`].
fn sampled(clock: &dyn Clock, steps: usize, each: f64, mut piece: impl FnMut()) -> Vec<f64> {
    let (began, mut at_once) = (clock.now(), 1_u32);
    for done in 1.. {
        piece();
        let (took, through) = (clock.now() - began, done * PIECE as usize >= steps);
        if took >= WARM_AT_MOST || through && took >= WARM {
            at_once = (f64::from(done as u32) * LOOK / took).max(1.0) as u32;
            break;
        }
    }
    let least = SAMPLE.max(CLOCK_STEPS * clock_step(|| clock.now()));
    let mut sample = || {
        let (began, mut pieces) = (clock.now(), 0);
        loop {
            (0..at_once).for_each(|_| piece());
            pieces += at_once;
            let took = clock.now() - began;
            if took >= least {
                return took * 1000.0 / (f64::from(pieces) * f64::from(PIECE) * each);
            }
        }
    };
    (0..SAMPLES).map(|_| sample()).collect()
}

/// Lines that lead from one to the next through all of them (Sattolo 1986: a random permutation that is one circle);
/// `None` if there is not enough memory.
fn circle(count: usize) -> Option<Vec<CacheLine>> {
    let mut lines = Vec::new();
    lines.try_reserve_exact(count).ok()?;
    lines.extend((0..count as u32).map(|next| CacheLine { next, _rest: [0; 15] }));
    let mut state = 0x2545_f491_4f6c_dd1d;
    for at in (1..count).rev() {
        state = xorshift(state);
        let other = (((state >> 32) * at as u64) >> 32) as usize; // below `at`, which makes it one circle
        (lines[at].next, lines[other].next) = (lines[other].next, lines[at].next);
    }
    Some(lines)
}

#[inline(never)]
fn walk(lines: &[CacheLine], mut at: u32) -> u32 {
    for _ in 0..PIECE {
        at = lines[at as usize].next;
    }
    black_box(at)
}

#[inline(never)]
fn operate(mut state: u64) -> u64 {
    for _ in 0..PIECE {
        state = xorshift(state);
    }
    black_box(state)
}

/// Marsaglia's generator of 2003: shifts and exclusive ors, [`OPERATIONS`] in all, each of which needs the one before.
fn xorshift(mut state: u64) -> u64 {
    state ^= state << 13;
    state ^= state >> 7;
    state ^ (state << 17)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;
    use std::time::Instant;

    use super::*;
    use crate::trace::Stamp;

    struct SystemClock;

    impl Clock for SystemClock {
        fn now(&self) -> Stamp {
            static START: LazyLock<Instant> = LazyLock::new(Instant::now);
            START.elapsed().as_secs_f64() * 1000.0
        }
    }

    #[test]
    fn the_circle_leads_through_every_line() {
        for count in [1, 2, 3, 64, 1000, 4096] {
            let lines = circle(count).expect("there is so much memory");
            let (mut at, mut seen) = (0, vec![false; count]);
            for step in 0..count {
                assert!(!std::mem::replace(&mut seen[at], true), "{count} lines: back after {step} steps");
                at = lines[at].next as usize;
            }
            assert_eq!(at, 0, "{count} lines");
        }
    }

    #[test]
    fn a_line_is_what_memory_is_fetched_by() {
        assert_eq!((size_of::<CacheLine>(), align_of::<CacheLine>()), (64, 64));
        let sizes: Vec<_> = RUNGS.iter().map(|(_, bytes)| *bytes).collect();
        assert!(sizes.is_sorted() && sizes.iter().all(|bytes| bytes % size_of::<CacheLine>() == 0));
    }

    #[test]
    fn more_memory_than_there_is_is_none() {
        assert!(circle(isize::MAX as usize / size_of::<CacheLine>()).is_none());
    }

    /// The minimum of some tries: other work on the machine makes a step longer, and never shorter.
    #[test]
    fn caches_show() {
        let step = |id| {
            let tries = (0..3).flat_map(|_| probe(id, &SystemClock).expect("there is so much memory").1);
            tries.fold(f64::INFINITY, f64::min) * 1000.0
        };
        let ids = [CostId::Operation, CostId::Chase4KiB, CostId::Chase16KiB, CostId::Chase256MiB];
        let [operation, least, small, large] = ids.map(step);
        println!("an operation {operation:.2} ns, a step through 16 KiB {small:.2} ns, through 256 MiB {large:.1} ns");
        // both are in the first cache: a plateau, and no slope
        assert!(small < 2.0 * least, "4 KiB: {least} ns; 16 KiB: {small} ns");
        assert!(large >= 3.0 * small, "16 KiB: {small} ns; 256 MiB: {large} ns");
        assert!(operation < small, "an operation: {operation} ns; the first cache: {small} ns");
    }
}
