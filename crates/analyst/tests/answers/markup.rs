//! Whether text is HTML that every parser reads the same way: each element is closed by its own tag, each attribute is
//! quoted, and no mark that means something stands for itself.

/// # Panics
/// If `html` is not well-formed.
pub fn check(html: &str) {
    if let Err(why) = well_formed(html) {
        panic!("{why}");
    }
}

fn well_formed(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        plain(&rest[..at])?;
        let end = rest[at..].find('>').ok_or_else(|| format!("a tag without an end: {}", start(&rest[at..])))? + at;
        let tag = &rest[at + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            let opened = open.pop().unwrap_or_default();
            if opened != name {
                return Err(format!("<{opened}> is closed by </{name}>"));
            }
        } else {
            let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            self::attributes(attributes)?;
            if !closed {
                open.push(name);
            }
        }
        rest = &rest[end + 1..];
    }
    plain(rest)?;
    if open.is_empty() { Ok(()) } else { Err(format!("never closed: {open:?}")) }
}

/// `name="value"`, again and again.
fn attributes(mut rest: &str) -> Result<(), String> {
    while !rest.is_empty() {
        let parts = rest.split_once("=\"").and_then(|(name, rest)| Some((name, rest.split_once('"')?)));
        let Some((name, (value, after))) = parts else { return Err(format!("no attribute: {}", start(rest))) };
        if name.contains([' ', '"']) || !(after.is_empty() || after.starts_with(' ')) {
            return Err(format!("attributes run into each other: {}", start(rest)));
        }
        plain(value)?;
        rest = after.trim_start();
    }
    Ok(())
}

/// Text in which every ampersand begins one of the four entities that are written here.
fn plain(text: &str) -> Result<(), String> {
    let known = |rest: &str| ["amp;", "lt;", "gt;", "quot;"].iter().any(|entity| rest.starts_with(entity));
    let bare = text.split('&').skip(1).any(|rest| !known(rest));
    if bare || text.contains('>') { Err(format!("not escaped: {}", start(text))) } else { Ok(()) }
}

fn start(text: &str) -> String {
    text.chars().take(60).collect()
}

#[test]
fn the_checker_sees_what_is_wrong() {
    assert_eq!(well_formed("<p class=\"a b\">1 &lt; 2<path d=\"M0 0\"/></p>"), Ok(()));
    for wrong in
        ["<p>", "</p>", "<p></b>", "<p>a & b</p>", "<p>a > b</p>", "<p id=a></p>", "<p id=\"a\"x=\"b\"></p>", "<p"]
    {
        assert!(well_formed(wrong).is_err(), "{wrong}");
    }
}
