//! A table as data.

use serde::{Deserialize, Serialize};

/// Rows of cells below headings; the first cell of a row names it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Its id on a page with one lab.
    pub id: String,
    /// What it shows.
    pub caption: String,
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each with one cell per heading.
    pub rows: Vec<Vec<Cell>>,
}

/// The content of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The class of a mark before the text, in the colour of a lane; empty for no mark.
    pub mark: String,
    /// The text.
    pub text: String,
}

impl Table {
    /// A table of plain texts.
    pub fn new(id: &str, caption: String, columns: Vec<String>, rows: Vec<Vec<impl Into<Cell>>>) -> Self {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect();
        Self { id: id.into(), caption, columns, rows }
    }

    /// The texts of one row, for tests and exports.
    pub fn texts(&self, row: usize) -> Vec<&str> {
        self.rows[row].iter().map(|cell| cell.text.as_str()).collect()
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { mark: String::new(), text }
    }
}
