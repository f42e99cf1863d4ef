//! The document: each section under its heading, in the order in which the sections were first added. A section that is
//! measured again keeps its place.

use std::path::PathBuf;
use std::{fs, path::Path};

/// `docs/honesty.md`.
pub struct Document(Vec<(String, String)>);

impl Document {
    /// The document on disk; empty if there is none.
    pub fn read() -> Self {
        let text = fs::read_to_string(Self::file()).unwrap_or_default();
        let sections = text.split("\n## ").skip(1).filter_map(|section| section.split_once('\n'));
        Self(sections.map(|(heading, body)| (heading.to_owned(), body.trim().to_owned())).collect())
    }

    /// Removes the sections whose headings end with `end`.
    pub fn without(mut self, end: &str) -> Self {
        self.0.retain(|(heading, _)| !heading.ends_with(end));
        self
    }

    /// Adds this section, or replaces the one with the same heading.
    pub fn put(&mut self, (heading, body): (String, String)) {
        match self.0.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, old)) => *old = body,
            None => self.0.push((heading, body)),
        }
    }

    /// Writes the document, and returns the number of rows that are marked as wrong.
    pub fn write(&self) -> usize {
        let sections = self.0.iter().map(|(heading, body)| format!("\n## {heading}\n\n{}\n", body.trim()));
        let text: String = std::iter::once(HEAD.to_owned()).chain(sections).collect();
        fs::write(Self::file(), &text).unwrap_or_else(|error| panic!("{}: {error}", Self::file().display()));
        text.lines().filter(|line| line.starts_with("| ") && line.contains(crate::WRONG)).count()
    }

    fn file() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/honesty.md")
    }
}

const HEAD: &str = "# Does the page claim what is so?\n\nWritten by `make honesty`, which measures everything below again; a \
    part of it: `make honesty PART=claims` (or `off-core`, `schedstat`, `activity`, `questions`). If it is interrupted it goes on where it \
    was; `FRESH=1` begins anew.\n\n*Claims*: each work is run by six strategies, with two workers where there can be several, on \
    scripted machines, and what the verdict says is held against a table of what is so there \
    ([truth.rs](../tests/browsers/src/bin/honesty/truth.rs)), which was written before anything was measured. Numbers count \
    the verdicts that claim something. `-`: nobody claimed it, and nobody may. *2 of 3*: it must be claimed, and was in two of \
    three. A claim that must not be made is marked **wrong**, and so is whatever else is not as it must be. *Questions*: \
    every question of the chapters is asked ten times, every guess is marked, and a mark *right* is held against \
    [the table](../tests/testkit/src/questions.rs) of what each comes to.\n";
