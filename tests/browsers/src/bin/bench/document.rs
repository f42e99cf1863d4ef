//! `docs/benchmarks.md`: written by the command, never by hand.

use std::fs;

use browsers::Engine;

use crate::chase::Rung;
use crate::costs::Cost as Price;
use crate::decide::{OnPython, Tried};
use crate::drawing::Drawn;
use crate::every_workload::Computed;
use crate::first_load::Weight;
use crate::interactive::Loads;
use crate::memory::Held;
use crate::peers::root;
use crate::plan::Plan;
use crate::playing::Playing;
use crate::race::{Contender, ITERATIONS, SIZE};
use crate::rounds::Rounds;
use crate::scaling::Swept;
use crate::simulation::Simulated;
use crate::target::{Target, targets, targets_once};
use crate::tracing::Cost;
use crate::words::{cells, table, three_digits, times};
use crate::{chase, costs, decide, every_workload, processes, scaling, simulation};

/// Everything that was measured in one browser; `None` for parts that are not in the plan.
pub struct Measured {
    /// The browser's engine.
    pub engine: Engine,
    /// The browser's name and version.
    pub version: String,
    /// The files that it loaded before anything could be run.
    pub first_load: Vec<Weight>,
    /// The race of Lanes and its peers.
    pub race: Option<Rounds<Contender>>,
    /// The race of Lanes' processes and JavaScript's.
    pub processes: Option<Rounds<processes::Contender>>,
    /// What recording costs.
    pub recording: Option<Vec<Cost>>,
    /// Duration and blocking part of each long animation frame, in milliseconds, where the browser reports these
    /// frames.
    pub long_frames: Option<Vec<(f64, f64)>>,
    /// Every workload that computes.
    pub workloads: Option<Vec<Computed>>,
    /// Sweeps over one to four workers.
    pub scaling: Option<Vec<Swept>>,
    /// The costs that the page itself measured.
    pub costs: Option<Vec<Price>>,
}

/// What was measured only once: in Chromium, or without a browser.
pub struct Once {
    /// For each load of a page, the milliseconds until a slow machine can use it.
    pub interactive: Option<Vec<Loads>>,
    /// For each press, the milliseconds to the next paint.
    pub responsive: Option<Vec<f64>>,
    /// Large runs, drawn while they run.
    pub drawing: Option<Vec<Drawn>>,
    /// A large run, played back.
    pub playing: Option<Playing>,
    /// The page's memory after [`EARLY`](crate::memory::EARLY) runs and after [`LATE`](crate::memory::LATE).
    pub memory: Option<[Held; 2]>,
    /// Caches and memory, on the page and natively.
    pub chase: Option<Vec<Rung>>,
    /// Expected and measured times of projects.
    pub tried: Option<Vec<Tried>>,
    /// Expected and measured times of the talk's scenarios on the installed Python.
    pub on_python: Option<OnPython>,
    /// Simulated against measured makespans.
    pub simulation: Option<Simulated>,
}

const HEAD: &str = "\
# Benchmarks

Written by `make bench`; do not edit. Everything here is from one run on one machine:

";

const METHOD: &str = "\
All contenders of a table ran in one browser session, in rounds, one soon after the other; their answers were compared.
Rounds before the page was warm do not count; after that every round does, and how many there are depends on the time
alone (for what recording costs: on the width of its interval). Contenders are compared within each round, and what is
shown is the median of these ratios with its 95 % bootstrap interval in brackets. Where the interval holds what was
wanted, the verdict is \"within the noise\". Starting workers is in nobody's time.
";

/// Writes the document, and prints how each target fared. If the plan is not complete, the document is only printed.
///
/// # Panics
/// When the file cannot be written.
pub fn write(plan: &Plan, machine: &[(&str, String)], measured: &[Measured], once: &Once) {
    let mut text = HEAD.to_owned();
    text.extend(machine.iter().map(|(what, value)| format!("- {what}: {value}\n")));
    let versions: Vec<_> = measured.iter().map(|one| one.version.as_str()).collect();
    text += &format!("- Browsers: {}\n\n{METHOD}\n## Targets\n", versions.join(", "));
    for one in measured {
        text += &format!("\n### {:?}\n\n{}", one.engine, target_table(&targets(one)));
    }
    let targets = targets_once(once);
    if !targets.is_empty() {
        text += &format!(
            "\n### A slow load, many tasks and many runs in Chromium, and the simulation\n\n{}",
            target_table(&targets)
        );
    }
    let told: [(&str, Option<String>); 8] = [
        ("The race: what one would write instead", told_by(measured, |one| one.race.as_ref(), race)),
        ("Every workload that computes", told_by(measured, |one| one.workloads.as_ref(), every_workload::section)),
        ("One to four workers", told_by(measured, |one| one.scaling.as_ref(), scaling::section)),
        ("What things cost", told_by(measured, |one| one.costs.as_ref(), costs::section)),
        ("Caches and memory, with a browser and without", once.chase.as_ref().map(|rungs| chase::section(rungs))),
        ("Projects", once.tried.as_ref().map(|tried| decide::section(tried, once.on_python.as_ref()))),
        ("Simulated against measured", once.simulation.as_ref().map(simulated)),
        ("First load", measured.first().map(|one| first_load(&one.first_load))),
    ];
    for (title, section) in told {
        text.extend(section.map(|section| format!("\n## {title}\n\n{section}")));
    }
    if plan.is_complete() {
        let file = root().join("docs/benchmarks.md");
        fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        println!("Written to docs/benchmarks.md.");
    } else {
        println!("{text}");
    }
}

/// A section from what was measured in each browser; `None` if it was measured in none.
fn told_by<'m, T: 'm>(
    measured: &'m [Measured],
    part: impl Fn(&'m Measured) -> Option<&'m T>,
    section: impl Fn(&[(Engine, &'m T)]) -> String,
) -> Option<String> {
    let parts: Vec<_> = measured.iter().filter_map(|one| Some((one.engine, part(one)?))).collect();
    (!parts.is_empty()).then(|| section(&parts))
}

fn target_table(targets: &[Target]) -> String {
    let mut text = String::from("| target | found | |\n| --- | --- | --- |\n");
    for target in targets {
        let verdict = target.verdict();
        text += &format!("| {} | {} | {verdict} |\n", target.claim, target.found);
        println!("{}: {}, {verdict}", target.claim, target.found);
    }
    text
}

fn race(measured: &[(Engine, &Rounds<Contender>)]) -> String {
    let mut text = format!(
        "Mandelbrot, {SIZE} x {SIZE} points, at most {ITERATIONS} iterations each, in `f64`. How many times as long as \
         Lanes' `threads` everybody else takes; [the peers](../benches/peers/README.md) compute the same picture.\n\n"
    );
    let mut head = cells(&["contender"]);
    for (engine, rounds) in measured {
        head.extend([format!("{engine:?}, {} rounds", rounds.count()), "ms".into()]);
    }
    let contenders = measured.first().map(|(_, rounds)| rounds.contenders()).into_iter().flatten();
    let row = |contender: &Contender| {
        let cells = measured.iter().flat_map(|(_, rounds)| {
            [times(&rounds.ratio(contender, &Contender::Threads)), three_digits(rounds.ms(contender))]
        });
        [words(*contender).to_owned()].into_iter().chain(cells).collect()
    };
    text += &table(&head, &contenders.map(row).collect::<Vec<_>>());
    text.push('\n');
    text.extend(measured.iter().map(|(engine, rounds)| in_words(*engine, rounds)));
    text
}

/// The same results in sentences.
fn in_words(engine: Engine, rounds: &Rounds<Contender>) -> String {
    let of = |contender| format!("{:.1}", rounds.ratio(&contender, &Contender::Threads).value);
    let native = rounds.ratio(&Contender::Threads, &Contender::Native).value;
    format!(
        "- {engine:?}: two Lanes threads do in one second what takes {} s on the page's own thread, {} s with the \
         usual loop in JavaScript, {} s with the best one, {} s with that on two workers, {} s with rayon as one first \
         writes it, and {} s with Lanes' own tasks in its place; two native threads take {:.2} s for it.\n",
        of(Contender::Blocking),
        of(Contender::Plain),
        of(Contender::Interleaved),
        of(Contender::Pool),
        of(Contender::Naive),
        of(Contender::OnPage),
        native.recip()
    )
}

fn words(contender: Contender) -> &'static str {
    match contender {
        Contender::Threads => "Lanes, `threads`, 2 workers",
        Contender::Blocking => "Lanes, `blocking`",
        Contender::Plain => "JavaScript, one thread, the usual loop",
        Contender::Interleaved => "JavaScript, one thread, the best loop",
        Contender::Pool => "JavaScript, 2 workers, the best loop",
        Contender::Naive => "rayon, 2 threads, called from the page's own thread, the usual loop",
        Contender::OnPage => "rayon, 2 threads, called from the page's own thread, Lanes' tasks",
        Contender::Native => "rayon, 2 threads, no browser",
        Contender::NativeAlone => "rayon, 1 thread, no browser",
    }
}

fn simulated(simulated: &Simulated) -> String {
    format!("By `{}`.\n\n{}", simulation::COMMAND, simulated.table)
}

fn first_load(files: &[Weight]) -> String {
    let mut rows: Vec<_> = files
        .iter()
        .map(|(path, size, gzipped)| vec![format!("`{path}`"), size.to_string(), gzipped.to_string()])
        .collect();
    let [size, gzipped] = files.iter().fold([0, 0], |sums, (_, size, gzipped)| [sums[0] + size, sums[1] + gzipped]);
    rows.push(vec!["all".into(), size.to_string(), gzipped.to_string()]);
    let table = table(&cells(&["file", "size", "gzip -9"]), &rows);
    format!("Everything that is loaded before Run works, in bytes.\n\n{table}")
}
