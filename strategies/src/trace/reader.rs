//! The reading side: words, from wherever they were copied, become spans.
//!
//! Nothing is trusted: the words may come from a page's message or a memory that is being written.

use super::layout::*;
use super::lengths::{Steps, quantile};
use super::recorder::BLIND;

/// Why words are not a lane's buffer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Fewer words than a header has.
    #[error("a lane's buffer has {0} words, fewer than its header")]
    Short(usize),
    /// Another layout.
    #[error("a lane's buffer has layout {0:#x}, not {VERSION:#x}")]
    Version(u32),
    /// A cause that this version does not know, or a span that ends before it starts.
    #[error("record {0} of a lane's buffer makes no sense")]
    Record(usize),
}

/// How many records a header says are published; an error if it is no header.
pub fn published(header: &[u32]) -> Result<usize, Malformed> {
    if header.len() < HEADER_WORDS {
        return Err(Malformed::Short(header.len()));
    }
    if header[AT_VERSION] != VERSION {
        return Err(Malformed::Version(header[AT_VERSION]));
    }
    Ok(header[PUBLISHED_WORD] as usize)
}

/// The published spans that are present in `words`, and how many were lost: those that did not fit into the buffer, and
/// those that were published but are not in `words`.
pub fn read(words: &[u32]) -> Result<(Vec<Span>, u32), Malformed> {
    let count = published(words)?;
    let records = words[HEADER_WORDS..].chunks_exact(RECORD_WORDS).take(count);
    let spans = records.enumerate().map(|(index, record)| span(record).ok_or(Malformed::Record(index)));
    let spans = spans.collect::<Result<Vec<_>, _>>()?;
    let missing = count.saturating_sub(spans.len()) as u32;
    Ok((spans, words[AT_LOST].saturating_add(missing)))
}

/// What the header of a lane's buffer says of its steps.
///
/// # Errors
/// When it is no header.
pub fn steps(words: &[u32]) -> Result<Steps, Malformed> {
    published(words)?;
    let lengths = words[AT_LENGTHS..HEADER_WORDS].iter().copied();
    let quantile = |part| quantile(lengths.clone(), part).unwrap_or(0).min(words[AT_LONGEST]);
    Ok(Steps {
        count: lengths.clone().fold(0, u32::saturating_add),
        median: quantile(0.5),
        p99: quantile(0.99),
        longest: words[AT_LONGEST],
        off_core_told: words[AT_SLACK] != BLIND,
    })
}

fn span(record: &[u32]) -> Option<Span> {
    let in_order = record.first() <= record.get(END_WORD);
    Span::of_record(record).filter(|_| in_order)
}
