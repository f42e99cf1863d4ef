//! What a path leaves to chance: numbers from 0 to 1, known from the seed, the pixel and the path.
//!
//! The first numbers decide the most, so they are spread evenly over a pixel's paths: then far fewer paths are needed
//! until the grain is gone. All later numbers are as good as random.

use super::vector::Vector;

/// How many numbers are spread: the place in the pixel (2), and at the first surface the branch (1), the place in the
/// sun (2) and the way on (2).
const SPREAD: usize = 7;

/// By how much each of them differs from the same number of the path before: the powers of 1 / 1.09698..., which is to
/// seven dimensions what the golden ratio is to one (Roberts, 2018), as parts of 2^32.
const STEPS: [u32; SPREAD] =
    [0xe95e_1dd1, 0xd4bc_74e1, 0xc1ed_bc5b, 0xb0c8_ac51, 0xa127_a31c, 0x92e8_52c8, 0x85eb_75c3];

/// The numbers that one path draws.
#[derive(Debug)]
pub struct Chance {
    state: u32,
    path: u32,
    drawn: usize,
}

impl Chance {
    /// The numbers of one of a pixel's paths.
    pub fn new(seed: u64, pixel: u32, path: u32) -> Self {
        let seed = mixed(seed as u32 ^ mixed((seed >> 32) as u32));
        Self { state: mixed(seed ^ mixed(pixel)), path, drawn: 0 }
    }

    /// The next number, below 1.
    pub fn one(&mut self) -> f32 {
        let mut number = mixed(self.state.wrapping_add(self.drawn as u32));
        match STEPS.get(self.drawn) {
            Some(step) => number = number.wrapping_add(self.path.wrapping_mul(*step)),
            None => number = mixed(number ^ mixed(self.path)),
        }
        self.drawn += 1;
        (number >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// The next two.
    pub fn two(&mut self) -> [f32; 2] {
        [self.one(), self.one()]
    }

    /// A direction of length 1; all directions are equally likely.
    pub fn direction(&mut self) -> Vector {
        let [height, turns] = self.two();
        let up = 1.0 - 2.0 * height;
        let out = (1.0 - up * up).max(0.0).sqrt();
        Vector(out * sine(turns + 0.25), up, out * sine(turns))
    }
}

/// Very different numbers for numbers next to each other: lowbias32 (Wellons, 2018).
fn mixed(number: u32) -> u32 {
    let number = (number ^ (number >> 16)).wrapping_mul(0x7feb_352d);
    let number = (number ^ (number >> 15)).wrapping_mul(0x846c_a68b);
    number ^ (number >> 16)
}

/// The sine of an angle in turns, from -1/4 to 5/4, to five digits: the first terms of its series, because libraries
/// round theirs differently.
fn sine(turns: f32) -> f32 {
    let half = turns - (turns + 0.5).floor();
    let part = if half.abs() > 0.25 { 0.5_f32.copysign(half) - half } else { half };
    let square = part * part;
    part * (6.283_185_5 + square * (-41.341_7 + square * (81.605_25 + square * (-76.705_86 + square * 42.058_693))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_are_sines() {
        for at in -250..1250 {
            let turns = at as f32 / 1000.0;
            assert!((sine(turns) - (turns * std::f32::consts::TAU).sin()).abs() < 1e-5, "{turns}");
        }
    }

    #[test]
    fn steps_are_the_powers() {
        // the positive root of x^8 = x + 1
        let ratio = (0..60).fold(1.0_f64, |root, _| (root + 1.0).powf(1.0 / 8.0));
        for (power, step) in (1..).zip(STEPS) {
            let wanted = ratio.powi(-power) * 2.0_f64.powi(32);
            assert!((f64::from(step) - wanted).abs() < 2.0, "{power}: {:#x}", wanted.round() as u32);
        }
    }

    /// Of 64 paths each eighth of the range gets about its share, in every number that is spread.
    #[test]
    fn first_numbers_are_spread() {
        for dimension in 0..SPREAD {
            let mut shares = [0; 8];
            for path in 0..64 {
                let mut chance = Chance::new(7, 1234, path);
                let number = (0..=dimension).map(|_| chance.one()).last().expect("there is one");
                shares[(number * 8.0) as usize] += 1;
            }
            assert!(shares.iter().all(|share| (4..=12).contains(share)), "{dimension}: {shares:?}");
        }
    }

    #[test]
    fn directions_favour_none() {
        let many = 20_000;
        let sum = (0..many).fold(Vector(0.0, 0.0, 0.0), |sum, path| sum + Chance::new(3, path, 0).direction());
        let mean = sum * (1.0 / many as f32);
        assert!(mean.dot(mean).sqrt() < 0.02, "{mean:?}");
    }
}
