//! A run can be cancelled at any moment, and the next one is as good as ever.

use std::time::{Duration, Instant};

use browsers::{Browser, Fault, Page, Server, Site, in_every_engine};
use serde_json::{Value, json};

use crate::experiments::{STRATEGIES, busy, runs_well};

in_every_engine!(story);

/// The number of runs that are cancelled.
const TIMES: usize = 50;
/// Makes the same choices each time.
const SEED: u64 = 1;
/// How soon a cancelled run ends: a blocking sample that has begun, or ending a worker that does not react, takes a
/// fraction of a second.
const SOON: Duration = Duration::from_secs(1);
/// The number of runs that may take longer, because other tests share the machine.
const LATER: usize = 5;
/// How long those runs may take.
const LIMIT: Duration = Duration::from_secs(3);

async fn story(browser: &Browser) {
    let server = Server::with_switches(Site::shipped());
    let page = Page::open(browser, &server.address()).await;
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut later = Vec::new();
    for time in 0..TIMES {
        let experiment = any_experiment(&mut random);
        let moment = Duration::from_millis(random.u64(0..400));
        let took = cancel(&page, experiment.clone(), moment).await;
        let took = took.unwrap_or_else(|why| panic!("cancel {time}, after {moment:?}: {why}"));
        if took > SOON {
            later.push((took, experiment));
        }
        if time % 10 == 9 {
            runs_well(&page, &STRATEGIES).await;
        }
    }
    assert!(later.len() <= LATER, "{later:?}");
    while_it_starts(&server, &page).await;
    let beats = beats_at_rest(&page).await;
    assert!(beats < 5, "{beats} timers in half a second: some heartbeat goes on after its sample");
    assert_eq!(page.errors().await, [""; 0]);
}

/// A run whose pool never gets ready can be cancelled, too, long before it times out.
async fn while_it_starts(server: &Server, page: &Page<'_>) {
    server.fail(Fault::POOL_NEVER_READY);
    let cancelled = cancel(page, busy(&["threads"], 1), Duration::from_millis(500)).await;
    server.heal();
    cancelled.unwrap_or_else(|why| panic!("cancel while starting: {why}"));
    runs_well(page, &STRATEGIES).await;
}

/// Workloads, at sizes where a sample takes a few tenths of a second: computing in tasks and in phases, waiting, both
/// in turns, files to fetch, and a deadline.
const WORK: [(&str, u32); 9] = [
    ("mandelbrot", 700),
    ("primes", 1_000_000),
    ("hash-chain", 300),
    ("proxy", 20),
    ("crawler", 5),
    ("sort", 1_000),
    ("arrays", 8),
    ("activity", 4),
    ("grain", 5_000),
];

/// A run of several seconds, under one or all strategies, or a sweep of them.
fn any_experiment(random: &mut fastrand::Rng) -> Value {
    let strategies = match random.usize(0..=STRATEGIES.len()) {
        all if all == STRATEGIES.len() => STRATEGIES.clone(),
        one => vec![STRATEGIES[one]],
    };
    let (workload, size) = *random.choice(&WORK[..]).expect("there is some");
    let sweep = random.u8(0..4) == 0;
    json!({
        "workload": workload, "size": size, "strategies": strategies, "workers": 2, "samples": 50, "sweep": sweep,
    })
}

/// Cancels a run `moment` after its start, and returns how long it took to end; an error if it did not end as
/// cancelled, or too late.
async fn cancel(page: &Page<'_>, experiment: Value, moment: Duration) -> Result<Duration, String> {
    let run = page.start(experiment.clone()).await;
    tokio::time::sleep(moment).await;
    page.cancel(&run).await;
    let asked = Instant::now();
    let outcome = page.outcome(&run).await;
    let took = asked.elapsed();
    match outcome {
        Err(message) if message.contains("cancel") && took < LIMIT => Ok(took),
        Err(message) => Err(format!("{experiment}: after {took:?} it said {message:?}")),
        Ok(report) => {
            let reasons: Vec<_> = report.runs.iter().filter_map(|run| run.unavailable.clone()).collect();
            Err(format!("{experiment}: after {took:?} it ended with a report, and was unavailable because {reasons:?}"))
        }
    }
}

/// The number of timers that the page starts in half a second when nothing runs.
async fn beats_at_rest(page: &Page<'_>) -> u64 {
    let count = "const done = arguments[0], start = setTimeout; let count = 0;
        window.setTimeout = (...call) => { count += 1; return start(...call); };
        start(() => { window.setTimeout = start; done(count); }, 500)";
    page.wait(count, vec![]).await.as_u64().expect("a number")
}
