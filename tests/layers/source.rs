//! A Rust source as names and punctuation marks, the paths that they spell, and its string literals: as much of a
//! parser as the layers test needs.
//!
//! Invariant: these functions are total. A source that is not valid Rust gives some words, and no panic.

/// A source's names and punctuation marks, with `::` as one mark, without comments, string literals and character
/// literals.
pub fn words(source: &str) -> Vec<String> {
    let words = pieces(source).into_iter().filter(|piece| !piece.skipped && !piece.text.trim().is_empty());
    words.map(|piece| piece.text.to_owned()).collect()
}

/// The contents of a source's string literals, with escapes as they are written.
pub fn texts(source: &str) -> Vec<String> {
    pieces(source).into_iter().filter(|piece| piece.skipped).filter_map(|piece| inside(piece.text)).collect()
}

/// A part of a source: a name or a mark, or, if `skipped`, a comment, a string literal or a character literal.
struct Piece<'a> {
    text: &'a str,
    skipped: bool,
}

fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skipped = skipped(rest);
        let length = skipped.unwrap_or_else(|| {
            match rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len()) {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                name => name,
            }
        });
        pieces.push(Piece { text: &rest[..length], skipped: skipped.is_some() });
        rest = &rest[length..];
    }
    pieces
}

/// The content of a string literal; `None` if the piece is not one.
fn inside(piece: &str) -> Option<String> {
    let quoted = piece.trim_start_matches('r').trim_matches('#');
    let inside = quoted.strip_prefix('"')?;
    Some(inside.strip_suffix('"').unwrap_or(inside).to_owned())
}

/// The length of the comment, string literal or character literal that `rest` starts with; `None` if there is none.
fn skipped(rest: &str) -> Option<usize> {
    let find = |from: usize, end: &str| rest.get(from..).and_then(|after| after.find(end));
    let until = |from: usize, end: &str| find(from, end).map_or(rest.len(), |at| from + at + end.len());
    let raw = rest.strip_prefix('r').map(|after| after.len() - after.trim_start_matches('#').len());
    match raw {
        _ if rest.starts_with("//") => Some(until(2, "\n")),
        _ if rest.starts_with("/*") => Some(block(rest)),
        Some(hashes) if rest[1 + hashes..].starts_with('"') => {
            Some(until(hashes + 2, &format!("\"{}", "#".repeat(hashes))))
        }
        _ if rest.starts_with('"') => Some(text(rest)),
        _ if rest.starts_with("'\\") => Some(until(3, "'")),
        _ if rest.starts_with('\'') => {
            rest.char_indices().nth(2).filter(|(_, mark)| *mark == '\'').map(|(at, _)| at + 1)
        }
        _ => None,
    }
}

/// The length of a block comment, which may hold others.
fn block(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] if depth == 1 => return at + 2,
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

/// The length of a string literal with its quotes.
fn text(rest: &str) -> usize {
    let mut escaped = true; // the opening quote ends nothing
    let end = rest.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |at| at + 1)
}

/// Every path of at least two segments, with its braces multiplied out.
pub fn paths(words: &[String]) -> Vec<Vec<String>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        at = if is_name(&words[at]) { tree(words, at, &[], &mut found) } else { at + 1 };
    }
    found.retain(|path| path.len() > 1);
    found
}

/// Reads one path, or a tree of paths, that starts at `at`; returns where it ends.
fn tree(words: &[String], mut at: usize, prefix: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = prefix.to_vec();
    while words.get(at).is_some_and(|word| is_name(word)) {
        path.push(words[at].clone());
        at += 1;
        if words.get(at).is_none_or(|word| word != "::") {
            found.push(path);
            return at;
        }
        at += 1;
    }
    if words.get(at).is_some_and(|word| word == "{") {
        return branches(words, at + 1, &path, found);
    }
    found.push(path); // `::*` or `::<`
    at
}

/// Reads the paths in braces after `prefix`; returns where they end.
fn branches(words: &[String], mut at: usize, prefix: &[String], found: &mut Vec<Vec<String>>) -> usize {
    while let Some(word) = words.get(at) {
        match word.as_str() {
            "}" => return at + 1,
            name if is_name(name) => at = tree(words, at, prefix, found),
            _ => at += 1,
        }
    }
    at
}

fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}
