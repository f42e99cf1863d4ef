//! `docs/benchmarks.md`: written by the command, never by hand.

use std::fmt::Write;
use std::fs;

use browsers::Engine;
use lanes::measure::{interval_of_median, median};

use crate::first_load::Weight;
use crate::peers::root;
use crate::race::{Contender, Times};
use crate::target::targets;
use crate::tracing::Cost;

/// Everything measured in one browser.
pub struct Measured {
    /// Which.
    pub engine: Engine,
    /// Its name and version.
    pub version: String,
    /// What it loaded before anything could be run.
    pub first_load: Vec<Weight>,
    /// Samples of every contender.
    pub times: Times,
    /// What recording costs.
    pub tracing: Vec<Cost>,
    /// Long animation frames, where the browser tells.
    pub long_frames: Option<Vec<(f64, f64)>>,
}

const HEAD: &str = "\
# Benchmarks

Written by `make bench`; do not edit. Mandelbrot, 700 x 700 points, at most 1000 iterations each, 2 workers. All
contenders of a table ran in one browser session, in turns, after a warm-up, and their answers were compared. Times
are medians in milliseconds with their 95 % bootstrap interval; starting workers is in nobody's time.
The peers are in [benches/peers](../benches/peers/README.md).
";

/// Writes the document, and says on the terminal how each target fared.
///
/// # Panics
/// When the file cannot be written.
pub fn write(machine: &[(&str, String)], measured: &[Measured]) {
    let mut text = HEAD.to_owned();
    text.push('\n');
    for (what, value) in machine {
        line(&mut text, &format!("- {what}: {value}"));
    }
    for one in measured {
        browser(&mut text, one);
    }
    if let Some(one) = measured.first() {
        first_load(&mut text, &one.first_load);
    }
    let file = root().join("docs/benchmarks.md");
    fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    println!("Written to docs/benchmarks.md.");
}

fn browser(text: &mut String, measured: &Measured) {
    line(text, &format!("\n## {:?}: {}\n", measured.engine, measured.version));
    line(text, "| target | found | |\n| --- | --- | --- |");
    for target in targets(measured) {
        let verdict = if target.met { "met" } else { "**missed**" };
        line(text, &format!("| {} | {} | {verdict} |", target.claim, target.found));
        println!("{:?}: {}: {}, {verdict}", measured.engine, target.claim, target.found);
    }
    line(text, "\n| contender | median | 95 % interval | samples |\n| --- | ---: | ---: | ---: |");
    for (contender, samples) in &measured.times {
        let median = median(samples).expect("there are samples");
        let interval =
            interval_of_median(samples).map_or_else(String::new, |[low, high]| format!("{low:.1} to {high:.1}"));
        line(text, &format!("| {} | {median:.1} | {interval} | {} |", words(*contender), samples.len()));
    }
}

fn words(contender: Contender) -> &'static str {
    match contender {
        Contender::Threads => "Lanes, `threads`, 2 workers",
        Contender::Blocking => "Lanes, `blocking`",
        Contender::Plain => "JavaScript, one thread, the usual loop",
        Contender::Interleaved => "JavaScript, one thread, the best loop",
        Contender::Pool => "JavaScript, 2 workers, the best loop",
        Contender::Naive => "rayon, 2 threads, called from the page's own thread",
        Contender::Native => "rayon, 2 threads, no browser",
        Contender::NativeAlone => "rayon, 1 thread, no browser",
    }
}

fn first_load(text: &mut String, files: &[Weight]) {
    line(text, "\n## First load\n\nEverything that is loaded before Run works, in bytes.\n");
    line(text, "| file | size | gzip -9 |\n| --- | ---: | ---: |");
    for (path, size, gzipped) in files {
        line(text, &format!("| `{path}` | {size} | {gzipped} |"));
    }
    let [size, gzipped] = files.iter().fold([0, 0], |sums, (_, size, gzipped)| [sums[0] + size, sums[1] + gzipped]);
    line(text, &format!("| all | {size} | {gzipped} |"));
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("memory takes everything");
}
