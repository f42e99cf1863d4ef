//! The chapters, by name, in reading order. A text is data, not code: it is in the folder of its chapter,
//! `chapters/<name>/text.md`, and `crates/book` makes a page of it.

/// Every chapter's name, which is also the name of its folder and its address, in reading order.
pub const NAMES: &[&str] =
    &["start", "rule", "waiting", "interleaved", "sharing", "gil", "event-loop", "scaling", "decide"];

/// Whether there is a chapter of this name.
pub fn is_one(name: &str) -> bool {
    NAMES.contains(&name)
}
