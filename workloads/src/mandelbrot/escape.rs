//! The kernel: how many iterations of z -> z^2 + c it takes points of the plane to escape, twelve points at once.
//!
//! Invariant: the count is exactly that of the naive loop, `while n < limit && |z|^2 <= 4 { z = z^2 + c; n += 1 }` in
//! `f64`, with no short cut (no cardioid test, no periodicity, no symmetry), so that a comparison with the same loop
//! elsewhere is fair.
//!
//! Why twelve: one orbit is a chain in which each operation waits for the one before. Six vectors of two keep the
//! processor's units busy meanwhile, and fit its sixteen registers, except for the constants.
//!
//! Why blocks: checking after every iteration which points have escaped costs about as much as iterating. So a block
//! runs unchecked; only if a point escaped in it is the block taken back and run again, watched. A point that escaped
//! cannot hide by coming back: with |z| > 2 and |z| >= |c|, |z^2 + c| >= |z| (|z| - 1) > |z|; and where |c| > 2, the
//! first step lands on c itself. An orbit that has overflowed is infinite or not a number, and neither is `<= 4`.
//!
//! Why blocks grow: most points escape within a few iterations or never: the longer none has escaped, the less a long
//! block risks.

use wide::f64x2;

/// Points side by side in a group.
pub const ACROSS: u32 = 6;
/// Rows of points in a group: a compact group escapes at more nearly the same time than a long one.
pub const DOWN: u32 = 2;
/// Points in a group.
pub const LANES: usize = (ACROSS * DOWN) as usize;

const PAIRS: usize = LANES / 2;

/// Iterations in the first block, and in the next after an escape; even, as is every block.
const SHORTEST: u32 = 4;
/// The length that blocks grow to: one check in that number of iterations costs next to nothing.
const LONGEST: u32 = 32;

type Lanes = [f64x2; PAIRS];

/// The result for a group of points.
pub struct Escapes {
    /// Iterations until escape, by point; the limit for those that stayed.
    pub counts: [u16; LANES],
    /// What it cost: iterations run, times the lanes they ran in.
    pub work: u32,
}

/// Iterates the points (`re`, `im`) at most `limit` times.
///
/// Never inlined: a caller's own variables would crowd the registers (a tenth slower in Firefox).
#[inline(never)]
pub fn escapes(re: &[f64; LANES], im: &[f64; LANES], limit: u16) -> Escapes {
    let c = Orbits { re: pairs(re), im: pairs(im) };
    let mut z = Orbits { re: [f64x2::ZERO; PAIRS], im: [f64x2::ZERO; PAIRS] };
    let mut counts = [f64x2::ZERO; PAIRS];
    let end = u32::from(limit);
    let (mut done, mut run, mut block) = (0, 0, SHORTEST);
    while done < end {
        let watched = block.min(end - done);
        let bounded = watch(&mut z, &c, watched, &mut counts);
        done += watched;
        run += watched;
        let staying = population(&bounded);
        if staying == 0 {
            break;
        }
        let unwatched_from = done;
        block = SHORTEST;
        while done < end {
            let start = z;
            rush(&mut z, &c, block.min(end - done));
            run += block;
            if population(&z.bounded()) != staying {
                z = start;
                break;
            }
            done += block;
            block = LONGEST.min(2 * block);
        }
        count(&mut counts, &bounded, done - unwatched_from);
    }
    Escapes { counts: whole(counts, limit), work: run * LANES as u32 }
}

/// Runs a block, counting for each point the iterations it began bounded. Returns which are bounded after it.
#[inline(always)]
fn watch(z: &mut Orbits, c: &Orbits, iterations: u32, counts: &mut Lanes) -> Lanes {
    let mut bounded = z.bounded();
    for _ in 0..iterations {
        count(counts, &bounded, 1);
        z.iterate(c);
        bounded = z.bounded();
    }
    bounded
}

/// Runs a block, or one iteration more, without a check. Nearly all the time is spent here.
///
/// Two iterations at a time, in a loop whose length the compiler cannot know: the shape that Chromium, Firefox and LLVM
/// all keep in registers. Unrolled entirely, Firefox takes a third longer; one iteration at a time it may too,
/// depending on the code around the loop.
#[inline(always)]
fn rush(z: &mut Orbits, c: &Orbits, iterations: u32) {
    for _ in 0..iterations.div_ceil(2) {
        z.iterate(c);
        z.iterate(c);
    }
}

/// Complex numbers, real and imaginary parts apart.
#[derive(Clone, Copy)]
struct Orbits {
    re: Lanes,
    im: Lanes,
}

impl Orbits {
    /// z -> z^2 + c. What needs only z comes first, for all pairs, then the rest: no result is needed right after it is
    /// computed.
    #[inline(always)]
    fn iterate(&mut self, c: &Self) {
        let product: Lanes = std::array::from_fn(|pair| self.re[pair] * self.im[pair]);
        let difference: Lanes =
            std::array::from_fn(|pair| self.re[pair] * self.re[pair] - self.im[pair] * self.im[pair]);
        for pair in 0..PAIRS {
            self.re[pair] = difference[pair] + c.re[pair];
            self.im[pair] = product[pair] + product[pair] + c.im[pair];
        }
    }

    /// A mask of the orbits with |z|^2 <= 4: all bits are set where that holds.
    #[inline(always)]
    fn bounded(&self) -> Lanes {
        let four = f64x2::splat(4.0);
        std::array::from_fn(|pair| {
            let (re, im) = (self.re[pair], self.im[pair]);
            (re * re + im * im).simd_le(four)
        })
    }
}

/// Adds `iterations` where `mask` is set.
#[inline(always)]
fn count(counts: &mut Lanes, mask: &Lanes, iterations: u32) {
    let more = f64x2::splat(f64::from(iterations));
    for pair in 0..PAIRS {
        counts[pair] += more & mask[pair];
    }
}

#[inline(always)]
fn population(mask: &Lanes) -> u32 {
    mask.iter().map(|pair| pair.to_bitmask().count_ones()).sum()
}

fn pairs(points: &[f64; LANES]) -> Lanes {
    std::array::from_fn(|pair| f64x2::from([points[2 * pair], points[2 * pair + 1]]))
}

/// The counts as whole numbers; the last block may have run beyond the limit.
fn whole(counts: Lanes, limit: u16) -> [u16; LANES] {
    std::array::from_fn(|lane| (counts[lane / 2].to_array()[lane % 2] as u16).min(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive(re: f64, im: f64, limit: u16) -> u16 {
        let (mut x, mut y, mut n) = (0.0, 0.0, 0);
        while n < limit && x * x + y * y <= 4.0 {
            (x, y) = (x * x - y * y + re, x * y + x * y + im);
            n += 1;
        }
        n
    }

    proptest::proptest! {
        #[test]
        fn counts_as_the_naive_loop_does(
            re in proptest::array::uniform12(-2.5..1.5),
            im in proptest::array::uniform12(-2.0..2.0),
            limit in 0u16..200,
        ) {
            let expected: [u16; LANES] = std::array::from_fn(|lane| naive(re[lane], im[lane], limit));
            proptest::prop_assert_eq!(escapes(&re, &im, limit).counts, expected);
        }
    }

    /// Points whose orbits touch the circle |z| = 2 without leaving it, or that sit on the edge of the set.
    #[test]
    fn edge_cases() {
        let re = [-2.0, 0.25, -0.75, 0.0, 0.0, -1.25, 2.0, -2.0, 0.2500001, 0.0, 1.0, -1.75];
        let im = [0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 0.0, 1e-9, 0.0, 0.0, 0.0, 0.0];
        let expected: [u16; LANES] = std::array::from_fn(|lane| naive(re[lane], im[lane], 5000));
        assert_eq!(escapes(&re, &im, 5000).counts, expected);
    }
}
