//! Arrays to stream through that no cache holds, shared by all tasks in one memory: however many tasks there are, and
//! however little each moves, a piece has been out of the caches since it was last used.
//!
//! Why shared: a task's own arrays would have to be as large as these to exceed the caches, and filling them would take
//! longer than what the task is to move. So the arrays are cut into pieces, and a task that moves takes the next piece
//! for itself, round and round.
//! Invariant: every piece has the same operands, so that a task's answer does not show which pieces it took.
//! The arrays are as large as one task's share of `stream`. They stay until their memory goes: filling them takes some
//! hundred steps' time, all of it in the first step that moves.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{LazyLock, Mutex, MutexGuard, TryLockError};

use crate::stream::{ELEMENT, operands, triad};

/// Bytes in all.
const BYTES: usize = 60_000_000;

/// Elements of a piece: a tenth of a step's.
const PIECE: usize = 4_000;

/// Three arrays: written, read, read.
type ArrayPiece = [Vec<f64>; 3];

static PIECES: LazyLock<Vec<Mutex<ArrayPiece>>> = LazyLock::new(|| {
    let counts = 0..PIECE as u32;
    let [b, c] = [0, 1].map(|at| counts.clone().map(|count| operands(count)[at]).collect::<Vec<_>>());
    let piece = || Mutex::new([vec![1.0; PIECE], b.clone(), c.clone()]);
    (0..BYTES / (PIECE * ELEMENT as usize)).map(|_| piece()).collect()
});

/// Does a triad over `elements` elements, with this scalar, piece by piece. `check` gets what was written to each.
pub fn stream(mut elements: usize, scalar: f64, mut check: impl FnMut(&[f64])) {
    while elements > 0 {
        let now = elements.min(PIECE);
        let [a, b, c] = &mut *next_piece();
        triad(&mut a[..now], &b[..now], &c[..now], scalar);
        check(&a[..now]);
        elements -= now;
    }
}

/// The piece that has been unused for longest. A piece that is in use, because the task that took it lost its core, is
/// skipped: no task waits here, because the thread that draws a page must not.
fn next_piece() -> MutexGuard<'static, ArrayPiece> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    loop {
        match PIECES[NEXT.fetch_add(1, Relaxed) % PIECES.len()].try_lock() {
            Ok(piece) => return piece,
            Err(TryLockError::Poisoned(piece)) => return piece.into_inner(), // any numbers will do: they are written anew
            Err(TryLockError::WouldBlock) => {}
        }
    }
}
