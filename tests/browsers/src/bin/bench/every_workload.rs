//! Every workload that computes: blocking, on two threads, and the same natively.

use std::time::Duration;

use browsers::{Engine, Page};
use workloads::{Nature, Workload};

use crate::native::{Native, Work};
use crate::page::{pause, samples_of};
use crate::race::WORKERS;
use crate::rounds::{Round, Rounds, middle, take};
use crate::words::{cells, table, three_digits, times};

/// A way to compute a workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Lanes' `blocking`.
    Blocking,
    /// Lanes' `threads`.
    Threads,
    /// One native thread.
    NativeAlone,
    /// As many native threads as the page has workers, with rayon.
    Native,
}

/// A workload's name, and its rounds.
pub type Computed = (&'static str, Rounds<Way>);

/// Runs every workload that computes at its usual size, for about `time` altogether.
///
/// # Panics
/// When an answer is wrong, or a run fails or is void.
pub async fn measure(page: &Page<'_>, time: Duration) -> Vec<Computed> {
    let (native, alone) = (Native::new(WORKERS), Native::new(1));
    let computing: Vec<&dyn Workload> =
        workloads::ALL.iter().copied().filter(|workload| workload.info().nature == Nature::Compute).collect();
    let each = time / computing.len() as u32;
    let mut computed = Vec::new();
    for workload in computing {
        let work = Work::new(workload, &[]);
        let round = async || {
            let (lanes, answer) = samples_of(page, work.experiment(&["blocking", "threads"], WORKERS, 1)).await;
            pause().await;
            Round::from([
                (Way::Blocking, middle(&lanes[0])),
                (Way::Threads, middle(&lanes[1])),
                (Way::NativeAlone, alone.sample(&work, &answer)),
                (Way::Native, native.sample(&work, &answer)),
            ])
        };
        computed.push((work.id(), take(each, round).await));
    }
    computed
}

/// The section of the document, with a table for each browser.
pub fn section(measured: &[(Engine, &Vec<Computed>)]) -> String {
    let mut text = format!(
        "Each at its usual size: how many times as fast {WORKERS} threads are as one, in the browser and natively, and \
         how many times as long the browser takes as the same tasks do without one, by rayon.\n"
    );
    let head = cells(&[
        "workload",
        "`threads`: times as fast as `blocking`",
        "natively: times as fast as one thread",
        "`blocking` by native, one thread",
        "`threads` by native, two threads",
        "`blocking`, ms",
        "natively, one thread, ms",
        "rounds",
    ]);
    for (engine, computed) in measured {
        let rows: Vec<_> = computed.iter().map(|(id, rounds)| row(id, rounds)).collect();
        text += &format!("\n### {engine:?}\n\n{}", table(&head, &rows));
    }
    text
}

fn row(id: &str, rounds: &Rounds<Way>) -> Vec<String> {
    let ratio = |other, own| times(&rounds.ratio(&other, &own));
    vec![
        format!("`{id}`"),
        ratio(Way::Blocking, Way::Threads),
        ratio(Way::NativeAlone, Way::Native),
        ratio(Way::Blocking, Way::NativeAlone),
        ratio(Way::Threads, Way::Native),
        three_digits(rounds.ms(&Way::Blocking)),
        three_digits(rounds.ms(&Way::NativeAlone)),
        rounds.count().to_string(),
    ]
}
