//! CRC-32 as in zip and PNG: a few letters that distinguish one bulky answer from another.
//!
//! Why this one: it runs byte by byte, so that it may be fed in pieces, and every language has it, so that an answer
//! from here can be checked elsewhere. It guards against mistakes, not against malice.

/// The generator polynomial of ISO 3309 and PNG, bits reversed.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// What one byte does to the register; the usual table of the PNG specification, appendix D.
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut register = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            register = if register & 1 == 1 { POLYNOMIAL ^ (register >> 1) } else { register >> 1 };
            bit += 1;
        }
        table[byte] = register;
        byte += 1;
    }
    table
};

/// A checksum in the making.
#[derive(Debug, Clone, Copy)]
pub struct Checksum(u32);

impl Checksum {
    /// The checksum of no bytes yet.
    pub fn new() -> Self {
        Self(!0)
    }

    /// Adds `bytes` after those before.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |register, &byte| {
            let [low, ..] = register.to_le_bytes();
            TABLE[usize::from(low ^ byte)] ^ (register >> 8)
        });
    }

    /// The checksum of all bytes so far.
    pub fn value(self) -> u32 {
        !self.0
    }

    /// The checksum of several pieces, one after the other.
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> u32 {
        let mut checksum = Self::new();
        pieces.into_iter().for_each(|piece| checksum.add(piece));
        checksum.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value that catalogues of CRCs give for CRC-32/ISO-HDLC.
    #[test]
    fn check_value() {
        assert_eq!(Checksum::of([&b"123456789"[..]]), 0xcbf4_3926);
    }

    #[test]
    fn pieces_add_up() {
        assert_eq!(Checksum::of([&b"1234"[..], b"", b"56789"]), 0xcbf4_3926);
    }
}
