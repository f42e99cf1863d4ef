//! In which steps a clock moves, as far as looking at it tells.
//!
//! Browsers make their clocks coarse on purpose, and some make them uneven as well. What counts is by how much two stamps
//! can be off, so the usual *large* step is told: the one in whose like half of the time passed. A step may also seem
//! large because the looking thread was off its core for a while; that is rare among many small ones, and left out.
//! A clock that goes back shows how much of it is noise: a rise within that is no step, and two stamps can be off by a step
//! and all of the noise.

/// So many steps are enough.
const ENOUGH: usize = 50;
/// While there are fewer, the clock is watched for so many milliseconds,
const LOOKING: f64 = 20.0;
/// and for so many of its longest step, so that a step is not taken for usual that is none.
const OF_THE_LONGEST: f64 = 3.0;
/// One step in so many may be longer than the clock's own.
const RARE: usize = 16;

/// A clock that stands still for so many looks, which take a quarter of a second or more, stands still for ever.
pub const PATIENCE: u32 = 10_000_000;

/// What is told of a clock that stands still, in milliseconds: nothing that is measured here is that long.
pub const STANDS_STILL: f64 = 1000.0;

/// The usual large step of a clock that tells milliseconds, to a microsecond. Takes 20 ms at most on one whose steps are
/// not coarse, and an end on any.
pub fn clock_step(now: impl Fn() -> f64) -> f64 {
    let began = now();
    let (mut base, mut highest, mut noise, mut longest) = (began, began, 0.0_f64, 0.0_f64);
    let (mut steps, mut still) = (Vec::new(), 0);
    while steps.len() < ENOUGH && base - began < LOOKING.max(OF_THE_LONGEST * longest) && still < PATIENCE {
        let at = now();
        still += 1;
        highest = highest.max(at);
        noise = noise.max(highest - at);
        if at - base > noise {
            steps.push(at - base);
            longest = longest.max(at - base);
            (base, still) = (at, 0);
        }
    }
    let usual = usual(steps);
    // a step may have been seen shorter by the noise: then two stamps are off by as much as it, and the noise twice
    let step = usual.max(usual / 2.0 + noise).min(STANDS_STILL);
    (step * 1000.0).round() / 1000.0
}

/// The longest step of which it is true that more than half of the time passed in its like or longer ones.
fn usual(mut steps: Vec<f64>) -> f64 {
    steps.sort_by(|one, other| other.total_cmp(one));
    let steps = &steps[steps.len() / RARE..];
    let half = steps.iter().sum::<f64>() / 2.0;
    let mut passed = 0.0;
    let middle = steps.iter().find(|step| {
        passed += **step;
        passed > half
    });
    middle.copied().unwrap_or(STANDS_STILL)
}
