//! Lanes' processes against the same in JavaScript: workers that share nothing, get one piece after the other, and copy
//! their answers. Each is compared with one thread of its own kind, so that what counts is not the kernel but the gain
//! from a second core; at the page's default size.

use std::time::Duration;

use browsers::Page;
use lab::measure::Ratio;
use workloads::Params;

use crate::page::samples_of;
use crate::race::{WORKERS, peer, picture, start_peers};
use crate::rounds::{Round, Rounds, middle, take_when_warm};

/// The number of samples of each contender in a round.
const SAMPLES: usize = 3;

/// A way to compute the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contender {
    /// Lanes' `blocking`.
    Blocking,
    /// Lanes' `processes`.
    Processes,
    /// The best loop in JavaScript, one thread.
    Alone,
    /// JavaScript workers that copy their answers.
    Copying,
}

/// The peers, by their names in the page.
const PEERS: [(Contender, &str); 2] = [(Contender::Alone, "interleaved"), (Contender::Copying, "copying")];

/// Runs rounds for about `time`.
///
/// # Panics
/// When an answer is wrong, or a run fails or is void.
pub async fn race(page: &Page<'_>, time: Duration) -> Rounds<Contender> {
    let size = Params::demo(workloads::find("mandelbrot").expect("it is registered").info()).get("size");
    let work = picture(size);
    start_peers(page, "startCopying").await;
    take_when_warm(time, async || {
        let (lanes, answer) = samples_of(page, work.experiment(&["blocking", "processes"], WORKERS, SAMPLES)).await;
        let mut round =
            Round::from([(Contender::Blocking, middle(&lanes[0])), (Contender::Processes, middle(&lanes[1]))]);
        let mut samples = PEERS.map(|_| Vec::new());
        for _ in 0..SAMPLES {
            for ((_, name), samples) in PEERS.iter().zip(&mut samples) {
                samples.push(peer(page, name, size, &answer).await);
            }
        }
        round.extend(PEERS.iter().zip(samples).map(|((contender, _), samples)| (*contender, middle(&samples))));
        round
    })
    .await
}

/// The gain of Lanes' processes over `blocking`, divided by the gain of the JavaScript workers over one thread.
pub fn part_of_gain(rounds: &Rounds<Contender>) -> Ratio {
    rounds.over_rounds(|round| {
        let gain = |alone, workers| round[&alone] / round[&workers];
        gain(Contender::Blocking, Contender::Processes) / gain(Contender::Alone, Contender::Copying)
    })
}
