//! The race itself: every contender computes the same picture, in turns, in one page.

use std::time::Duration;

use browsers::Page;
use serde_json::Value;

use crate::native::{Native, Work};
use crate::page::{pause, samples_of};
use crate::rounds::{Round, Rounds, middle, take_when_warm};

/// The picture's size: points along each side.
pub const SIZE: u32 = 700;
/// The maximum number of iterations for a point.
pub const ITERATIONS: u32 = 1000;
/// The number of threads, processes or JavaScript workers.
pub const WORKERS: usize = 2;

/// The number of samples of each contender in a round.
const SAMPLES: usize = 3;

/// A way to compute the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contender {
    /// Lanes' `threads`, with which all others are compared.
    Threads,
    /// Lanes' `blocking`.
    Blocking,
    /// The usual loop in JavaScript.
    Plain,
    /// The fastest loop in JavaScript.
    Interleaved,
    /// Two JavaScript workers.
    Pool,
    /// rayon, called from the page's own thread, with the usual loop.
    Naive,
    /// rayon, called from the page's own thread, with Lanes' tasks and kernel.
    OnPage,
    /// The same kernel with rayon, without a browser.
    Native,
    /// The same kernel natively, with one thread.
    NativeAlone,
}

/// The peers that run in the page, by their names there.
const PEERS: [(Contender, &str); 5] = [
    (Contender::Plain, "plain"),
    (Contender::Interleaved, "interleaved"),
    (Contender::Pool, "pool"),
    (Contender::Naive, "naive"),
    (Contender::OnPage, "onPage"),
];

/// The picture, at this size.
pub fn picture(size: u32) -> Work {
    let workload = workloads::find("mandelbrot").expect("it is registered");
    Work::new(workload, &[("size", size), ("iterations", ITERATIONS)])
}

/// Runs rounds for about `time`.
///
/// # Panics
/// When an answer is wrong, or a run fails or is void.
pub async fn race(page: &Page<'_>, time: Duration) -> Rounds<Contender> {
    let (native, alone, work) = (Native::new(WORKERS), Native::new(1), picture(SIZE));
    start_peers(page, "start").await;
    take_when_warm(time, async || {
        let (lanes, answer) = samples_of(page, work.experiment(&["threads", "blocking"], WORKERS, SAMPLES)).await;
        let mut samples = vec![(Contender::Threads, lanes[0].clone()), (Contender::Blocking, lanes[1].clone())];
        samples.extend(PEERS.map(|(contender, _)| (contender, vec![])));
        let mut natively = [vec![], vec![]];
        for _ in 0..SAMPLES {
            for (at, (_, name)) in PEERS.iter().enumerate() {
                samples[2 + at].1.push(peer(page, name, SIZE, &answer).await);
            }
            pause().await;
            natively[0].push(native.sample(&work, &answer));
            natively[1].push(alone.sample(&work, &answer));
        }
        let [native, alone] = natively;
        samples.extend([(Contender::Native, native), (Contender::NativeAlone, alone)]);
        Round::from_iter(samples.into_iter().map(|(contender, samples)| (contender, middle(&samples))))
    })
    .await
}

/// Starts the peers with their function `by`.
///
/// # Panics
/// When they do not start.
pub async fn start_peers(page: &Page<'_>, by: &str) {
    let start = "const [by, workers, done] = arguments; import('/peers/peers.js').then((peers) => peers[by](workers))
        .then((take) => { window.take = take; done(null); }, (error) => done(String(error)))";
    assert_eq!(page.wait(start, vec![by.into(), WORKERS.into()]).await, Value::Null, "the peers do not start");
}

/// One sample of the peer `name`, in milliseconds, for a picture of this size. As with Lanes' own samples, pending
/// drawing is done before.
///
/// # Panics
/// When `expected` does not begin with the peer's answer.
pub async fn peer(page: &Page<'_>, name: &str, size: u32, expected: &str) -> f64 {
    let take = "const [name, size, iterations, done] = arguments;
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() =>
            take(name, size, iterations).then(done, (error) => done([0, String(error)])), 20)))";
    let taken = page.wait(take, vec![name.into(), size.into(), ITERATIONS.into()]).await;
    let (ms, answer): (f64, String) = serde_json::from_value(taken).expect("a time and an answer");
    assert!(expected.starts_with(&answer), "{name} answers {answer:?}, not {expected:?}");
    ms
}
