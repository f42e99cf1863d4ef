//! Recordings in a text, drawn when the page is built, in the way the talk draws them: 60 ms from the 300th on, a row
//! for each worker, all to the same scale, with each row's total.

use std::path::Path;

use lab::report::Recording;
use serde::Deserialize;

use crate::escaped;

/// The milliseconds of the half second that the talk shows: everything is warm by then.
const WINDOW: std::ops::Range<usize> = 300..360;
/// The height of a row, the gap below it and the width of a millisecond, in the picture's own scale.
const ROW: f64 = 20.0;
const GAP: f64 = 4.0;
const MILLISECOND: f64 = 10.0;
/// The number of colours for lanes.
const COLOURS: usize = 8;
/// Where recordings lie.
pub(crate) const FOLDER: &str = "docs/recorded";

/// A recording in a text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmbeddedRecording {
    /// The file's name without its ending, in `docs/recorded`.
    file: String,
    /// The file of one worker alone on the same Python, for comparison.
    alone: String,
}

/// The recording as a figure.
///
/// # Errors
/// If a file is missing, or is no recording that can be drawn.
pub(crate) fn html(recorded: &EmbeddedRecording, root: &Path) -> Result<String, String> {
    let (recording, alone) = (read(root, &recorded.file)?, read(root, &recorded.alone)?);
    let most = recording.iterations.iter().flat_map(|row| &row[WINDOW]).copied().max().filter(|most| *most > 0);
    let most = most.ok_or_else(|| format!("{} counted nothing in the window", recorded.file))?;
    let rows: Vec<_> = recording.iterations.iter().enumerate().map(|(at, row)| path(at, &row[WINDOW], most)).collect();
    let height = (ROW + GAP) * rows.len() as f64;
    let width = MILLISECOND * WINDOW.len() as f64;
    let (own, one) = (recording.rounds(WINDOW), alone.rounds(WINDOW));
    let times = own as f64 / one.max(1) as f64;
    let workers = recording.iterations.len();
    let who = format!("{workers} {}", recording.kind);
    let caption = format!(
        "<b>Recorded</b>, not measured here: {who} on {}, {} cores. Together they counted {} times as far as one alone.",
        escaped(&recording.engine()),
        recording.cores,
        words::decimal(times, 2),
    );
    let label = format!("Of {who} in {} ms, who counted in which millisecond", WINDOW.len());
    let totals = recording.iterations.iter().enumerate().map(|(at, row)| {
        let total: u64 = row[WINDOW].iter().map(|count| u64::from(*count)).sum();
        format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", at + 1, words::grouped(total))
    });
    Ok(format!(
        "<figure class=\"recorded\">\n<svg viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{label}\">{}</svg>\n<figcaption>{caption}</figcaption>\n<details><summary>The rows as a table</summary>\n\
         <table><thead><tr><th>Worker</th><th>Rounds in 60 ms</th></tr></thead><tbody>{}</tbody></table></details>\n</figure>\n",
        rows.concat(),
        totals.collect::<String>(),
    ))
}

fn read(root: &Path, name: &str) -> Result<Recording, String> {
    let path = format!("{FOLDER}/{name}.json");
    let text = std::fs::read_to_string(root.join(&path)).map_err(|error| format!("{path}: {error}"))?;
    let recording = Recording::read(&text).ok_or_else(|| format!("{path} is no recording"))?;
    let long = recording.iterations.iter().all(|row| row.len() >= WINDOW.end);
    long.then_some(recording).ok_or_else(|| format!("{path} is shorter than {} ms", WINDOW.end))
}

/// A worker's bars, one for each millisecond; their height is its count.
fn path(at: usize, counts: &[u32], most: u32) -> String {
    let floor = (ROW + GAP) * at as f64 + ROW;
    let bar = |count: &u32| {
        let height = ROW * f64::from(*count) / f64::from(most);
        format!("V{}h{MILLISECOND}", words::decimal(floor - height, 1))
    };
    let bars = counts.iter().map(bar).collect::<String>();
    format!("<path class=\"lane-{}\" d=\"M0 {floor}{bars}V{floor}z\"></path>", at % COLOURS)
}
