//! The targets: what was wanted, what was found, and whether that is good enough.

use browsers::{Engine, first_load};
use lab::measure::{Ratio, interval_of_median, median};

use crate::document::{Measured, Once};
use crate::drawing::Drawn;
use crate::interactive::Loads;
use crate::memory::{EARLY, Held, LATE};
use crate::playing::Playing;
use crate::processes::{self, part_of_gain};
use crate::race::Contender;
use crate::rounds::Rounds;
use crate::tracing::Cost;
use crate::words::{percent, times};
use crate::{chase, decide};

/// A claim in words, with its measurement.
pub struct Target {
    /// What is claimed.
    pub claim: String,
    /// What was measured.
    pub found: String,
    /// Whether the claim holds.
    pub met: bool,
    /// Whether the whole interval lies on one side of the wanted value; true where there is no interval.
    pub sure: bool,
}

/// The fraction of a run's time that recording may cost.
const TRACING: f64 = 0.01;
/// The factor by which the page's memory may grow from the first measurement to the second.
const GROWTH: f64 = 1.1;
/// The fraction of the gain of JavaScript workers over one thread that the gain of `processes` over `blocking` must
/// reach.
const GAIN: f64 = 0.95;
/// The 95th percentile allowed for the time from a press to the next paint, in milliseconds.
const RESPONSIVE_MS: f64 = 100.0;
/// The frames per second required; one in twenty may be missing.
const FRAMES: f64 = 60.0 * 0.95;
/// The time that a frame may take on the page's thread if there are to be 60 per second, in milliseconds.
const FRAME_MS: f64 = 1000.0 / 60.0;

impl Target {
    /// A target without an interval: a claim, what was found, and whether that meets the claim.
    pub fn new(claim: impl Into<String>, found: impl Into<String>, met: bool) -> Self {
        Self { claim: claim.into(), found: found.into(), met, sure: true }
    }

    /// Appends a note to what was found.
    fn noting(mut self, note: &str) -> Self {
        self.found += note;
        self
    }

    /// The verdict in a word or two.
    pub fn verdict(&self) -> &'static str {
        match (self.met, self.sure) {
            (true, true) => "met",
            (true, false) => "met, within the noise",
            (false, true) => "**missed**",
            (false, false) => "**missed**, within the noise",
        }
    }
}

/// All targets for one engine.
pub fn targets(measured: &Measured) -> Vec<Target> {
    let mut targets = measured.race.as_ref().map_or_else(Vec::new, |rounds| race(measured.engine, rounds));
    targets.extend(measured.processes.as_ref().map(processes_gain));
    targets.extend(measured.recording.iter().flatten().map(recording));
    let weight: usize = measured.first_load.iter().map(|(_, _, gzipped)| gzipped).sum();
    targets.push(Target::new(
        format!("the first load is at most {} kB, compressed", first_load::LIMIT / 1000),
        format!("{:.1} kB", weight as f64 / 1000.0),
        weight <= first_load::LIMIT,
    ));
    targets.extend(measured.long_frames.as_ref().map(|frames| {
        Target::new(
            "no task over 50 ms on the page's thread while `threads` and `processes` run",
            long_frames(frames),
            frames.iter().all(|(_, blocking)| *blocking <= 0.0),
        )
    }));
    targets
}

/// The targets that are measured once.
pub fn targets_once(once: &Once) -> Vec<Target> {
    let mut targets: Vec<_> = once.interactive.iter().flatten().map(interactive).collect();
    targets.extend(once.responsive.as_ref().map(|presses| responsive(presses)));
    targets.extend(once.drawing.iter().flatten().flat_map(drawing));
    targets.extend(once.playing.as_ref().map(playing));
    targets.extend(once.memory.as_ref().map(memory));
    targets.extend(once.chase.iter().flat_map(|rungs| chase::targets(rungs)));
    targets.extend(once.tried.iter().flat_map(|tried| decide::targets(tried, once.on_python.as_ref())));
    targets.extend(once.simulation.as_ref().map(|simulated| {
        let found = if simulated.close { "all are" } else { "not all are, see below" };
        Target::new("simulated makespans are within 15 % of measured ones", found, simulated.close)
    }));
    targets
}

fn race(engine: Engine, rounds: &Rounds<Contender>) -> Vec<Target> {
    let of = |other, own| rounds.ratio(&other, &own);
    let faster = |other, wanted: f64, what: &str| {
        let claim = format!("`threads` against {what}: at least {wanted} times as fast");
        above(claim, &of(other, Contender::Threads), wanted)
    };
    // the faster of the two loops in this engine
    let plain_is_slower = of(Contender::Plain, Contender::Interleaved).value > 1.0;
    let best_loop = if plain_is_slower { Contender::Interleaved } else { Contender::Plain };
    let native = if engine == Engine::Chromium { 1.6 } else { 1.15 };
    let machine = times(&of(Contender::NativeAlone, Contender::Native));
    vec![
        faster(Contender::Blocking, 1.8, "`blocking`")
            .noting(&format!("; natively this machine gave two threads {machine} over one in the same rounds")),
        faster(best_loop, 4.0, "the best JavaScript, one thread"),
        faster(Contender::Pool, 2.2, "a pool of 2 JavaScript workers"),
        faster(Contender::Naive, 1.6, "rayon as one first writes it, called from the page's own thread"),
        faster(Contender::OnPage, 1.6, "the same with Lanes' own tasks and kernel")
            .noting("; 1.5 is what it comes to if the spinning page shares two cores fairly, 2 if it keeps one"),
        below(
            format!("`threads` against the same kernel natively, 2 threads: at most {native} times its time"),
            &of(Contender::Threads, Contender::Native),
            native,
            times,
        ),
    ]
}

fn processes_gain(rounds: &Rounds<processes::Contender>) -> Target {
    use processes::Contender::{Alone, Blocking, Copying, Processes};
    let claim = format!(
        "`processes` gain over `blocking`, at the page's own size, at least {GAIN} of what a pool of 2 JavaScript workers \
         that copy their answers gains over one thread"
    );
    let [own, theirs] =
        [(Blocking, Processes), (Alone, Copying)].map(|(alone, workers)| rounds.ratio(&alone, &workers));
    above(claim, &part_of_gain(rounds), GAIN).noting(&format!(": {} against {}", times(&own), times(&theirs)))
}

fn interactive(Loads { what, limit, each: loads }: &Loads) -> Target {
    let found = Ratio { value: median(loads).expect("it was loaded"), ci95: interval_of_median(loads) };
    let seconds = |found: &Ratio| {
        let interval = found.ci95.map(|[low, high]| format!(" ({:.2} to {:.2})", low / 1000.0, high / 1000.0));
        format!("{:.2} s{}, {} loads", found.value / 1000.0, interval.unwrap_or_default(), loads.len())
    };
    let limit_s = limit / 1000.0;
    let claim = format!("{what} is interactive within {limit_s} s at 10 Mbit/s on a processor made four times as slow");
    below(claim, &found, *limit, seconds)
}

fn responsive(presses: &[f64]) -> Target {
    let mut sorted = presses.to_vec();
    sorted.sort_by(f64::total_cmp);
    let p95 = sorted[(sorted.len() - 1) * 95 / 100];
    let longest = sorted[sorted.len() - 1];
    Target::new(
        format!("95 of 100 presses in chapters are followed by a paint within {RESPONSIVE_MS} ms"),
        format!("{p95:.0} ms, of {} presses; the longest {longest:.0} ms", presses.len()),
        p95 <= RESPONSIVE_MS,
    )
}

fn recording(Cost { strategy, ratio, rounds }: &Cost) -> Target {
    let claim = format!("recording costs {strategy} at most {:.0} %", TRACING * 100.0);
    below(claim, ratio, 1.0 + TRACING, percent).noting(&format!(", {rounds} rounds"))
}

fn above(claim: String, found: &Ratio, wanted: f64) -> Target {
    let sure = found.ci95.is_none_or(|[low, high]| wanted <= low || high < wanted);
    Target { sure, ..Target::new(claim, times(found), found.value >= wanted) }
}

fn below(claim: String, found: &Ratio, wanted: f64, words: impl Fn(&Ratio) -> String) -> Target {
    let sure = found.ci95.is_none_or(|[low, high]| wanted < low || high <= wanted);
    Target { sure, ..Target::new(claim, words(found), found.value <= wanted) }
}

/// Long animation frames in words. A frame is also long when no task was, but the machine had no core free to draw it;
/// the blocking part is the time that tasks took beyond 50 ms each.
fn long_frames(frames: &[(f64, f64)]) -> String {
    let Some(longest) = frames.iter().map(|(duration, _)| *duration).reduce(f64::max) else { return "none".into() };
    let blocking: f64 = frames.iter().map(|(_, blocking)| *blocking).sum();
    format!("{} long frames, the longest {longest:.0} ms; blocked by tasks for {blocking:.0} ms in all", frames.len())
}

fn drawing(drawn: &Drawn) -> Vec<Target> {
    let Drawn { workers_do, tasks, lanes, spans, rate, longest_gap_ms, busy_ms, seconds, long_frames: long, .. } =
        drawn;
    let what = format!("{tasks} tasks and {spans} spans on {lanes} lanes that {workers_do}");
    let frames = format!(
        "{rate:.1} frames a second during {seconds:.0} s, the longest gap {longest_gap_ms:.0} ms; long frames: {}",
        long_frames(long)
    );
    let smooth = Target::new(format!("{what}: drawn at 60 frames a second"), frames.clone(), *rate >= FRAMES);
    let busy = Target::new(
        format!("{what}: a frame takes the page's thread at most {FRAME_MS:.1} ms on a core"),
        if drawn.leaves_time {
            format!("{busy_ms:.1} ms")
        } else {
            format!("{busy_ms:.1} ms; with the cores that were left, {frames}")
        },
        *busy_ms <= FRAME_MS,
    );
    drawn.leaves_time.then_some(smooth).into_iter().chain([busy]).collect()
}

fn playing(Playing { spans, ready_ms, rate, longest_gap_ms }: &Playing) -> Target {
    Target::new(
        format!("{spans} spans are played at 60 frames a second"),
        format!("{rate:.1} frames a second, the longest gap {longest_gap_ms:.0} ms; it begins after {ready_ms:.0} ms"),
        *rate >= FRAMES,
    )
}

fn memory([early, late]: &[Held; 2]) -> Target {
    let growth = late.all() / early.all();
    Target::new(
        format!("memory after {LATE} runs is within 10 % of that after {EARLY}"),
        format!(
            "{:+.1} %: objects {} and module {} MB, then {} and {}; nodes of the document: {}, then {}",
            (growth - 1.0) * 100.0,
            megabytes(early.heap),
            megabytes(early.module),
            megabytes(late.heap),
            megabytes(late.module),
            early.nodes,
            late.nodes
        ),
        (1.0 / GROWTH..=GROWTH).contains(&growth),
    )
}

fn megabytes(bytes: f64) -> String {
    format!("{:.2}", bytes / 1e6)
}
