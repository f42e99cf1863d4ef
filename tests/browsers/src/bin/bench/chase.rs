//! The latency of caches and memory: as the page measures it in Chromium, beside the same code without a browser, in
//! rounds. The smallest median of each rung counts: other programs on the machine can only make a step longer, never
//! shorter.

use std::time::Instant;

use browsers::{Browser, Page};
use lab::measure::median;
use strategies::chase::{RUNGS, probe};
use strategies::costs::CostId;
use strategies::trace::{Clock, Stamp};

use crate::costs;
use crate::target::Target;
use crate::words::{cells, table, three_digits};

/// The number of rounds in which the two take turns.
const ROUNDS: usize = 3;
/// The factor by which the page may be slower or faster than the native code.
const FACTOR: f64 = 2.0;
/// Two rungs, and the minimum ratio of the second's time to the first's, where there are caches.
const PLATEAUS: (CostId, CostId, f64) = (CostId::Chase16KiB, CostId::Chase256MiB, 3.0);

/// A rung: a size of memory, with the time of a step in nanoseconds.
pub struct Rung {
    id: CostId,
    what: &'static str,
    native: f64,
    /// `None` if the page had no memory for it.
    page: Option<f64>,
}

struct SinceStart(Instant);

impl Clock for SinceStart {
    fn now(&self) -> Stamp {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}

/// Measures every rung natively and on the page.
///
/// # Panics
/// When the page does not measure.
pub async fn measure(browser: &Browser, address: &str) -> Vec<Rung> {
    let (mut natives, mut pages) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        natives.push(native());
        let page = Page::open(browser, address).await;
        pages.push(costs::measure(browser, &page).await);
    }
    let rung = |at: usize| {
        let (id, _) = RUNGS[at];
        let what = words::costs::what(id).english;
        let native = natives.iter().map(|round| round[at]).fold(f64::INFINITY, f64::min);
        let page = pages.iter().filter_map(|round| round.iter().find(|cost| cost.what() == what));
        let page = page.map(|cost| cost.median_us() * 1000.0).reduce(f64::min);
        Rung { id, what, native, page }
    };
    (0..RUNGS.len()).map(rung).collect()
}

/// The median of each rung, in nanoseconds.
fn native() -> Vec<f64> {
    let clock = SinceStart(Instant::now());
    let rung = |(id, _)| {
        let (_, samples) = probe(id, &clock).expect("a machine with a browser has so much memory");
        median(&samples).expect("there are samples") * 1000.0
    };
    RUNGS.into_iter().map(rung).collect()
}

/// The targets for the rungs.
pub fn targets(rungs: &[Rung]) -> Vec<Target> {
    // a rung without a measurement misses the target
    let off = |rung: &Rung| rung.page.map_or(f64::INFINITY, |page| (page / rung.native).max(rung.native / page));
    let worst = rungs.iter().max_by(|one, other| off(one).total_cmp(&off(other)));
    let factor = worst.map(|rung| {
        Target::new(
            format!(
                "each step through caches and memory takes the page within a factor {FACTOR} of what it takes natively"
            ),
            format!("at most a factor {:.2} ({})", off(rung), rung.what),
            off(rung) <= FACTOR,
        )
    });
    let (small, large, wanted) = PLATEAUS;
    let of = |id| rungs.iter().find(|rung| rung.id == id);
    let plateaus = of(small).zip(of(large)).map(|(small, large)| {
        let on_page = large.page.zip(small.page).map_or(0.0, |(large, small)| large / small);
        let times = [large.native / small.native, on_page];
        Target::new(
            format!("a step through 256 MiB takes at least {wanted} times as long as one through 16 KiB"),
            format!("natively {} times, on the page {} times", three_digits(times[0]), three_digits(times[1])),
            times.iter().all(|times| *times >= wanted),
        )
    });
    factor.into_iter().chain(plateaus).collect()
}

/// The section of the document.
pub fn section(rungs: &[Rung]) -> String {
    let row = |rung: &Rung| {
        vec![
            rung.what.to_owned(),
            three_digits(rung.native),
            rung.page.map_or("no room".into(), three_digits),
            rung.page.map_or("-".into(), |page| format!("{:.2}", page / rung.native)),
        ]
    };
    let head = cells(&["one step", "natively, ns", "on the page, ns", "ratio"]);
    format!(
        "The same code in both (`strategies/src/chase.rs`), in {ROUNDS} rounds: of each the least median.\n\n{}",
        table(&head, &rungs.iter().map(row).collect::<Vec<_>>())
    )
}
