//! The race itself: the same picture by every contender, in turns, in one page.

use std::collections::BTreeMap;

use browsers::Page;
use serde_json::{Value, json};

use crate::native::Native;

/// The picture: points along a side, and iterations at most.
pub const SIZE: u32 = 700;
/// Iterations at most.
pub const ITERATIONS: u32 = 1000;
/// Threads, processes or JavaScript workers.
pub const WORKERS: usize = 2;

const ROUNDS: usize = 7;
/// Samples of each contender in a round.
const SAMPLES: usize = 3;

/// Who computes the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contender {
    /// Lanes' `threads`, whom all others are compared with.
    Threads,
    /// Lanes' `blocking`.
    Blocking,
    /// The usual loop in JavaScript.
    Plain,
    /// The fastest loop in JavaScript.
    Interleaved,
    /// Two JavaScript workers.
    Pool,
    /// rayon, called from the page's own thread.
    Naive,
    /// The same kernel with rayon, no browser.
    Native,
    /// The same with one thread.
    NativeAlone,
}

/// The peers that run in the page, by their names there.
const PEERS: [(Contender, &str); 4] = [
    (Contender::Plain, "plain"),
    (Contender::Interleaved, "interleaved"),
    (Contender::Pool, "pool"),
    (Contender::Naive, "naive"),
];

/// Milliseconds of every sample.
pub type Times = BTreeMap<Contender, Vec<f64>>;

/// Lanes' experiment.
pub fn experiment(strategies: &[&str], samples: usize) -> Value {
    json!({
        "workload": "mandelbrot", "size": SIZE, "iterations": ITERATIONS, "strategies": strategies,
        "workers": WORKERS, "samples": samples,
    })
}

/// Runs all rounds.
///
/// # Panics
/// When an answer is wrong, or a run fails or is void.
pub async fn race(page: &Page<'_>) -> Times {
    let (native, alone) = (Native::new(WORKERS), Native::new(1));
    start_peers(page).await;
    let mut times = Times::new();
    for round in 0..=ROUNDS {
        let mut add = |contender, samples: Vec<f64>| {
            // the first round only warms up
            if round > 0 {
                times.entry(contender).or_default().extend(samples);
            }
        };
        let (threads, blocking, answer) = lanes(page).await;
        add(Contender::Threads, threads);
        add(Contender::Blocking, blocking);
        for (contender, name) in PEERS {
            add(contender, peer(page, name, &answer).await);
        }
        for _ in 0..SAMPLES {
            add(Contender::Native, vec![native.sample(&answer)]);
            add(Contender::NativeAlone, vec![alone.sample(&answer)]);
        }
    }
    times
}

async fn start_peers(page: &Page<'_>) {
    let start = "const [workers, done] = arguments; import('/peers/peers.js').then(({ start }) => start(workers))
        .then((take) => { window.take = take; done(null); }, (error) => done(String(error)))";
    assert_eq!(page.wait(start, vec![WORKERS.into()]).await, Value::Null, "the peers do not start");
}

/// Lanes' own samples of `threads` and `blocking`, and the answer.
async fn lanes(page: &Page<'_>) -> (Vec<f64>, Vec<f64>, String) {
    let report = page.run(experiment(&["threads", "blocking"], SAMPLES)).await.expect("Lanes runs");
    let [threads, blocking] = &report.runs[..] else { panic!("two strategies were asked for") };
    for run in &report.runs {
        let flaw = run.unavailable.as_ref().or(run.void.as_ref());
        assert_eq!(flaw, None, "{}", run.strategy);
    }
    let answer = threads.answer.clone().expect("a run has an answer");
    (threads.samples_ms.clone(), blocking.samples_ms.clone(), answer)
}

async fn peer(page: &Page<'_>, name: &str, expected: &str) -> Vec<f64> {
    let take = "const [name, size, iterations, done] = arguments;
        take(name, size, iterations).then(done, (error) => done([0, String(error)]))";
    let mut samples = Vec::new();
    for _ in 0..SAMPLES {
        let taken = page.wait(take, vec![name.into(), SIZE.into(), ITERATIONS.into()]).await;
        let (ms, answer): (f64, String) = serde_json::from_value(taken).expect("a time and an answer");
        assert!(expected.starts_with(&answer), "{name} answers {answer:?}, not {expected:?}");
        samples.push(ms);
    }
    samples
}
