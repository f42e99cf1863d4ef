//! How a square picture is cut into tasks: square tiles row by row, the last of a row or column clipped.

use crate::Tile;

/// The tiles of a picture.
pub(crate) struct Tiles {
    size: u32,
    edge: u32,
    across: u32,
}

impl Tiles {
    /// The tiles of a picture that is `size` pixels wide and high, cut into tiles of `edge` pixels, at least 1.
    pub(crate) fn new(size: u32, edge: u32) -> Self {
        Self { size, edge, across: size.div_ceil(edge) }
    }

    /// The number of tiles.
    pub(crate) fn count(&self) -> usize {
        (self.across * self.across) as usize
    }

    /// The tile with this number, from 0.
    pub(crate) fn tile(&self, index: usize) -> Tile {
        let index = u32::try_from(index).expect("a picture has at most some thousand tiles");
        let (x, y) = (index % self.across * self.edge, index / self.across * self.edge);
        Tile { x, y, width: self.edge.min(self.size - x), height: self.edge.min(self.size - y) }
    }
}
