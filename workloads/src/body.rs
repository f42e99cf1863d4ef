//! A made-up body and its checksum. It stands for handling a message, because it is real work of any length whose
//! outcome shows whether it was done.

use crate::checksum::Checksum;
use crate::noise::Noise;

/// Numbers of eight bytes that make a step of about 0.1 ms to make and to check.
pub const STEP_NUMBERS: usize = 6_000;

/// A body in the making.
pub struct Body {
    noise: Noise,
    checksum: Checksum,
}

impl Body {
    /// The body that belongs to task `index`.
    pub fn new(seed: u64, index: usize) -> Self {
        Self { noise: Noise::new(seed, index), checksum: Checksum::new() }
    }

    /// Makes `numbers` more numbers of it, and adds them to the checksum.
    pub fn go_on(&mut self, numbers: usize) {
        for _ in 0..numbers {
            self.checksum.add(&self.noise.number().to_le_bytes());
        }
    }

    /// A made-up number that does not belong to the body.
    pub fn number(&mut self) -> u64 {
        self.noise.number()
    }

    /// Adds bytes from elsewhere to the checksum, as if they belonged to the body.
    pub fn check(&mut self, bytes: &[u8]) {
        self.checksum.add(bytes);
    }

    /// The checksum so far: four bytes, low byte first.
    pub fn checked(&self) -> [u8; 4] {
        self.checksum.value().to_le_bytes()
    }
}
