//! Memory to stream through that no cache holds, shared by all tasks of a memory: however many there are, and however
//! little each moves, what one comes upon has been out of the caches since it was last used.
//!
//! Why shared: arrays of a task's own would have to be as large as these to be past the caches, and filling them would
//! take longer than what the task is to move. So the arrays are cut into pieces, and whoever moves takes the next
//! piece for itself, round and round.
//! Invariant: every piece has the same operands, so that which of them a task came upon cannot be seen in its answer.
//! As large as one task's share of `stream`. It stays until its memory goes: to fill it takes some hundred steps' time,
//! all of it in the first step that moves.

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

/// Does a triad over so many elements, with this scalar, piece by piece. `check` gets what was written to each.
pub fn stream(mut elements: usize, scalar: f64, mut check: impl FnMut(&[f64])) {
    while elements > 0 {
        let now = elements.min(PIECE);
        let [a, b, c] = &mut *next_piece();
        triad(&mut a[..now], &b[..now], &c[..now], scalar);
        check(&a[..now]);
        elements -= now;
    }
}

/// The piece that nobody has used for longest. One that is in use, because whoever took it lost its core, is passed
/// over: nobody waits here, for where a page is drawn nobody may.
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
