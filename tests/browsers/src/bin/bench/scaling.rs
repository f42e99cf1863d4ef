//! The gain from more workers: sweeps over one to four of them.

use std::time::Duration;

use browsers::{Engine, Page};
use lab::experiment::BASELINE;

use crate::native::{Native, Work};
use crate::page::{pause, report_of};
use crate::rounds::{Round, Rounds, middle, take};
use crate::words::{table, times};

/// The workloads that are swept. A sweep takes long, so the second browser gets only the first workload.
const WORKLOADS: [&str; 3] = ["mandelbrot", "primes", "raytrace"];
/// The strategies.
const STRATEGIES: [&str; 3] = ["threads", "processes", "gil"];
/// The most workers.
const MOST: usize = 4;
/// The name that stands for the same tasks on rayon, without a browser.
const NATIVE: &str = "native";

/// A strategy with a number of workers.
type Step = (String, usize);

/// A workload's name, and its rounds.
pub type Swept = (&'static str, Rounds<Step>);

/// Sweeps each workload for about `time`. A round is one sweep with one sample of each strategy and number of workers.
///
/// # Panics
/// When an answer is wrong, or a run fails or is void.
pub async fn measure(engine: Engine, page: &Page<'_>, time: Duration) -> Vec<Swept> {
    let pools: Vec<_> = (1..=MOST).map(|threads| (threads, Native::new(threads))).collect();
    let mut swept = Vec::new();
    let workloads = if engine == Engine::Chromium { &WORKLOADS[..] } else { &WORKLOADS[..1] };
    for id in workloads {
        let work = Work::new(workloads::find(id).expect("it is registered"), &[]);
        let round = async || {
            let mut experiment = work.experiment(&STRATEGIES, MOST, 1);
            experiment["sweep"] = 1.into();
            let report = report_of(page, experiment).await;
            let answer = report.runs[0].answer.clone().expect("a run has an answer");
            pause().await;
            let natively = pools.iter().map(|(threads, pool)| ((NATIVE.into(), *threads), pool.sample(&work, &answer)));
            let lanes = report.runs.iter().map(|run| ((run.strategy.clone(), run.workers), middle(&run.samples_ms)));
            lanes.chain(natively).collect::<Round<Step>>()
        };
        swept.push((*id, take(time, round).await));
    }
    swept
}

/// The section of the document, with a table for each browser.
pub fn section(measured: &[(Engine, &Vec<Swept>)]) -> String {
    let mut text = String::from(
        "How many times as fast as `blocking` each strategy is with so many workers; each sample has workers of its \
         own, which were warmed up once. The rows \"rayon, no browser\" are against one thread of theirs: what this machine \
         had to give.\n",
    );
    let head: Vec<_> = ["workload and strategy".to_owned()]
        .into_iter()
        .chain((1..=MOST).map(|workers| if workers == 1 { "1 worker".into() } else { format!("{workers} workers") }))
        .chain(["rounds".into()])
        .collect();
    for (engine, swept) in measured {
        let lines = swept.iter().flat_map(|(id, rounds)| {
            let strategies = STRATEGIES.into_iter().chain([NATIVE]);
            strategies.map(move |strategy| row(id, strategy, rounds))
        });
        text += &format!("\n### {engine:?}\n\n{}", table(&head, &lines.collect::<Vec<_>>()));
    }
    text
}

fn row(id: &str, strategy: &str, rounds: &Rounds<Step>) -> Vec<String> {
    let (name, baseline) = if strategy == NATIVE {
        (format!("`{id}`, rayon, no browser"), NATIVE)
    } else {
        (format!("`{id}`, `{strategy}`"), BASELINE)
    };
    let speedup = |workers| times(&rounds.ratio(&(baseline.into(), 1), &(strategy.into(), workers)));
    [name].into_iter().chain((1..=MOST).map(speedup)).chain([rounds.count().to_string()]).collect()
}
