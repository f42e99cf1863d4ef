//! A scale of times in a text: rows of what takes how long. Without a script it is a table; with one, the reader
//! guesses the times first and can measure some of them.
//!
//! ````text
//! ```scale
//! source = "Gregg"            who says how long things usually take, where a row does not say it
//! [[row]]
//! what = "Main memory"        and the other keys of `predict::scale`
//! takes = "120 ns"
//! of = "chase-256-mib"
//! how = "One line after the other, out of 256 MiB."
//! ```
//! ````
//!
//! Below the table the same rows stand on one line, true to scale: a cycle is a pixel, and the reader scrolls. Only the
//! first rows are on the line, because a browser draws nothing that is a thousand kilometres long.

use form_urlencoded::Serializer;
use predict::scale::{ScaleError, ScaleRow};
use serde::Deserialize;
use toml::Table;

use crate::escaped;
use crate::part::BlockError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleBlock {
    source: String,
    row: Vec<Table>,
}

/// The keys of a row; the first one begins a row.
const KEYS: [&str; 6] = ["what", "takes", "source", "of", "how", "not"];

/// The scale of a block's TOML, as HTML.
///
/// # Errors
/// What is wrong with the TOML.
pub(crate) fn html(toml: &str) -> Result<String, BlockError> {
    let scale: ScaleBlock = toml::from_str(toml).map_err(|error| (error.span(), error.message().to_owned()))?;
    let mut pairs = Vec::new();
    for row in &scale.row {
        if let Some(key) = row.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err((None, wrong(&ScaleError::Key(key.clone()))));
        }
        for key in KEYS {
            match row.get(key) {
                Some(value) => pairs.push((key, value.as_str().ok_or_else(|| (None, text_wanted(key)))?)),
                None if key == "source" => pairs.push((key, scale.source.as_str())),
                None if key == "what" => return Err((None, "a row has to say `what` takes so long".into())),
                None => {}
            }
        }
    }
    let rows = ScaleRow::read_all(pairs.iter().copied()).map_err(|flaw| (None, wrong(&flaw)))?;
    let Some(first) = rows.first() else { return Err((None, "a scale has rows".into())) };
    let cells = |cells: [&str; 4]| {
        let [what, rest @ ..] = cells.map(escaped);
        let rest = rest.map(|cell| format!("<td>{cell}</td>")).concat();
        format!("<tr><th scope=\"row\">{what}</th>{rest}</tr>\n")
    };
    let row = |row: &ScaleRow| {
        let human = words::scale::human_range(row.ns.map(|ns| ns / first.usually()));
        cells([&row.what, &row.takes, &human, &row.source])
    };
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    let walk = walk(&rows, first.usually());
    Ok(format!(
        "<section class=\"how-long\" data-place=\"scale\" data-scale=\"{}\">\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>\n<thead><tr><th>{}</th></tr></thead>\n\
         <tbody>\n{}</tbody>\n</table>\n</div>\n\
         <p class=\"still\">Where JavaScript may, each of these is guessed first, and what a page can measure is measured here.</p>\n\
         </section>\n{walk}",
        escaped(&query),
        escaped(words::scale::SCALE_LABEL.english),
        [words::en::WHAT, words::scale::SCALE_TAKES, words::scale::SCALE_AS_SECONDS, words::scale::SCALE_SOURCE]
            .map(|heading| escaped(heading.english))
            .join("</th><th>"),
        rows.iter().map(row).collect::<String>()
    ))
}

/// The greatest length of the line, in pixels: browsers can draw it, and a finger can scroll through it.
const LONGEST: f64 = 200_000.0;
/// The length of a CSS pixel in metres: exact on paper, approximate on a screen.
const METRES: f64 = 0.0254 / 96.0;
/// Rows that begin within this many pixels of each other are placed below one another.
const APART: f64 = 150.0;

/// The rows on a line, one pixel per cycle; with links to each of them, and the distances of rows beyond its end.
fn walk(rows: &[ScaleRow], cycle: f64) -> String {
    let at = |row: &ScaleRow| row.ns[0] / cycle;
    let (on, beyond): (Vec<_>, Vec<_>) = rows.iter().partition(|row| at(row) <= LONGEST);
    let Some(last) = on.iter().map(|row| row.ns[1] / cycle).reduce(f64::max) else { return String::new() };
    let width = (last.min(LONGEST) + 400.0).ceil();
    let (mut line, mut lines, mut previous) = (0, 0, f64::NEG_INFINITY);
    let mut marks = String::new();
    for (number, row) in on.iter().enumerate() {
        let x = at(row);
        line = if x - previous < APART { line + 1 } else { 0 };
        (previous, lines) = (x, lines.max(line));
        let (length, y) = ((row.ns[1].min(LONGEST * cycle) / cycle - x).max(1.0), 30 + line * 36);
        marks += &format!(
            "<path class=\"reach\" d=\"M0 {y}h{x:.0}\"/><path class=\"there\" d=\"M{x:.0} {y}h{length:.0}\"/>\
             <text id=\"walk-{number}\" x=\"{:.0}\" y=\"{}\">{}: {}</text>\n",
            x + 6.0,
            y + 20,
            escaped(&row.what),
            escaped(&row.takes)
        );
    }
    let height = 30 + 36 * (lines + 1);
    let links = on
        .iter()
        .enumerate()
        .map(|(number, row)| format!("<li><a href=\"#walk-{number}\">{}</a></li>\n", escaped(&row.what)));
    let far = beyond
        .iter()
        .map(|row| format!("<li>{}: {} to the right</li>\n", escaped(&row.what), distance(at(row) * METRES)));
    format!(
        "<details class=\"walk\">\n<summary>All of it on one line, a pixel for each cycle (the answers are on it)</summary>\n<div class=\"line\" tabindex=\"0\" role=\"region\" aria-label=\"All of it on one line\">\n\
         <svg width=\"{width:.0}\" height=\"{height}\" aria-hidden=\"true\">\
         <path class=\"minutes\" d=\"M0 8H{width:.0}\"/>\n{marks}</svg>\n</div>\n\
         <p>One pixel is one cycle, so one second of the table. Fly to:</p>\n<ul class=\"stops\">\n{}</ul>\n\
         <p>The line ends here. At the same scale the others are so far away:</p>\n<ul class=\"stops\">\n{}</ul>\n</details>\n",
        links.collect::<String>(),
        far.collect::<String>(),
    )
}

/// A distance in metres or kilometres, to two figures.
fn distance(metres: f64) -> String {
    let (value, unit) = if metres < 1000.0 { (metres, "m") } else { (metres / 1000.0, "km") };
    let digit = 10_f64.powf(value.log10().floor() - 1.0);
    let rounded = (value / digit).round() * digit;
    if rounded < 10.0 {
        format!("{rounded:.1} {unit}")
    } else {
        format!("{} {unit}", words::grouped(rounded.round() as u64))
    }
}

fn text_wanted(key: &str) -> String {
    format!("`{key}` has to be a text in quotes")
}

fn wrong(flaw: &ScaleError) -> String {
    match flaw {
        ScaleError::Key(key) => format!("a row has no `{key}`; it has {}", KEYS.join(", ")),
        ScaleError::Time(text) => {
            format!("{text:?} is no time: legal are such as `5 ns`, `50 to 150 µs`, `3 ms`, `4 s`, `5 min`")
        }
        ScaleError::Cost(name) => format!("there is no cost {name:?}; reports of costs have their names"),
        ScaleError::Lacks(what, key) => format!("the row {what:?} lacks `{key}`"),
        ScaleError::Order(what) => {
            format!("the row {what:?} takes less than the one before it: the longer stands below")
        }
    }
}
