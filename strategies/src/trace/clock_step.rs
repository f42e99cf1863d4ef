//! The steps in which a clock moves, as far as reading it shows.
//!
//! Browsers make their clocks coarse on purpose, and some make them uneven as well. What counts is by how much two
//! stamps can be off, so the result is the usual *large* step: half of the time passed in steps like it. A step may
//! also seem large because the reading thread was off its core for a while; that is rare among many small ones, and
//! left out.
//! A clock that goes back shows how large its noise is: a rise within the noise is no step, and two stamps can be off
//! by a step and all of the noise.

/// This many steps are enough.
const ENOUGH: usize = 50;
/// While there are fewer, the clock is watched for at least this many milliseconds.
const LOOKING: f64 = 20.0;
/// While there are fewer, it is also watched for this many times its longest step, so that an unusual step is not taken
/// for the usual one.
const OF_THE_LONGEST: f64 = 3.0;
/// One step in this many may be longer than the clock's own.
const RARE: usize = 16;

/// A clock that stands still for this many readings, which take a quarter of a second or more, stands still for ever.
pub const PATIENCE: u32 = 10_000_000;

/// The step of a clock that stands still, in milliseconds: nothing that is measured here is that long.
pub const STANDS_STILL: f64 = 1000.0;

/// The usual large step, in milliseconds, of a clock that reads in milliseconds, rounded to a microsecond. Takes 20 ms
/// at most on a clock whose steps are not coarse, and ends on any.
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

/// The longest step for which more than half of the time passed in steps at least as long.
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
