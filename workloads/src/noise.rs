//! Made-up numbers: SplitMix64 (Steele, Lea and Flood, 2014), which any language does in four lines.

/// A source of numbers that are the same for the same seed.
pub struct Noise(u64);

impl Noise {
    /// The numbers that belong to task `index`.
    pub fn new(seed: u64, index: usize) -> Self {
        Self(seed ^ (index as u64) << 32)
    }

    /// The next number: any 64 bits.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
