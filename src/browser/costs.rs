//! What things cost on this machine, measured one by one: giving way, starting contexts, messages, the pool, a lock.
//!
//! Each cost is a list of samples, in microseconds, under the name that the analyst knows it by. What is faster than the
//! clock can tell is done many times for one sample.

use std::time::Duration;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::giving_way::within;
use super::wire::{FromProcess, FromRunWorker, NamedJob, ToProcess, ToRunWorker, pack};
use super::worker::{Role, START_LIMIT, Worker};
use super::{BROWSER_CLOCK, give_way, sleep};
use strategies::{Failure, Job};
use strategies::trace::Clock;

/// A cost's name, and its samples in microseconds.
pub type Cost = (String, Vec<f64>);

const SAMPLES: usize = 9;
/// Processes that are started.
const STARTS: usize = 5;
/// Yields in a sample, and messages in a sample.
const TIMES: usize = 20;
const MEGABYTE: usize = 1 << 20;
/// How long all that processes do here, or one pool of threads, may take, which is a second or so: a limit for each
/// message would be part of its cost. Much memory is moved by many threads, so slow machines need far longer.
const LIMIT: Duration = Duration::from_secs(30);

/// Measures everything that can be measured here; `share` says whether threads can. Takes a few seconds.
/// `progress` is told how many of how many parts are done.
///
/// # Errors
/// When a worker cannot be started or is lost.
pub async fn measure_costs(share: bool, workers: usize, progress: impl Fn(usize, usize)) -> Result<Vec<Cost>, Failure> {
    let parts = if share { 3 } else { 2 };
    progress(0, parts);
    let mut costs = yields().await;
    progress(1, parts);
    costs.extend(within(LIMIT, processes()).await.unwrap_or_else(silent)?);
    progress(2, parts);
    if share {
        costs.extend(threads(workers).await?);
        progress(3, parts);
    }
    Ok(costs)
}

fn now() -> f64 {
    BROWSER_CLOCK.now() * 1000.0
}

/// Giving the page's thread away and getting it back, by each primitive that there is.
async fn yields() -> Vec<Cost> {
    let mut costs = Vec::new();
    costs.push((
        "yield-promise".into(),
        sampled(async || drop(JsFuture::from(Promise::resolve(&JsValue::NULL)).await)).await,
    ));
    costs.push(("yield-message".into(), sampled(give_way).await));
    if let Some((scheduler, resume)) = scheduler_yield() {
        let one = async || {
            if let Ok(promise) = resume.call0(&scheduler) {
                JsFuture::from(promise.unchecked_into::<Promise>()).await.ok();
            }
        };
        costs.push(("yield-scheduler".into(), sampled(one).await));
    }
    costs.push(("yield-timeout".into(), sampled(async || sleep(Duration::ZERO).await).await));
    costs
}

/// `scheduler.yield`, where there is one.
fn scheduler_yield() -> Option<(JsValue, Function)> {
    let scheduler = Reflect::get(&js_sys::global(), &"scheduler".into()).ok()?;
    let resume = Reflect::get(&scheduler, &"yield".into()).ok()?.dyn_into().ok()?;
    Some((scheduler, resume))
}

/// Samples of one of these, each the mean of some in a row.
async fn sampled(one: impl AsyncFn()) -> Vec<f64> {
    let mut samples = Vec::new();
    for _ in 0..SAMPLES {
        let began = now();
        for _ in 0..TIMES {
            one().await;
        }
        samples.push((now() - began) / TIMES as f64);
    }
    samples
}

/// Starting a process, and a message to it and back: empty, with a megabyte copied, with a megabyte given away.
async fn processes() -> Result<Vec<Cost>, Failure> {
    let (mut starts, mut process) = (Vec::new(), None);
    for _ in 0..STARTS {
        let began = now();
        let mut worker = Worker::start(Role::Process)?;
        let job = Job::find(workloads::ALL[0].info().id, &[], 0)?;
        worker.sender().send(&ToProcess::Job(NamedJob::of(&job)), vec![])?;
        expect(worker.receive(START_LIMIT).await?.map(|(letter, _)| letter), |letter| {
            matches!(letter, FromProcess::Ready)
        })?;
        starts.push(now() - began);
        process = Some(worker);
    }
    let mut process = process.expect("one at least was started");
    let mut costs = vec![("process-start".to_owned(), starts)];
    for (name, bytes, transfer, times) in [
        ("message-empty", 0, false, TIMES),
        ("message-copied", MEGABYTE, false, 4),
        ("message-transferred", MEGABYTE, true, 4),
    ] {
        let mut samples = Vec::new();
        for _ in 0..SAMPLES {
            let mut load = Uint8Array::new_with_length(bytes as u32);
            let began = now();
            for _ in 0..times {
                load = there_and_back(&mut process, load, transfer).await?;
            }
            samples.push((now() - began) / times as f64);
        }
        costs.push((name.into(), samples));
    }
    Ok(costs)
}

async fn there_and_back(process: &mut Worker, load: Uint8Array, transfer: bool) -> Result<Uint8Array, Failure> {
    let given = if transfer { Array::of1(&load.buffer()) } else { Array::new() };
    process.sender().send_giving(&pack(&ToProcess::Echo { transfer }, [load.into()]), &given)?;
    let (_, attached) = process.next::<FromProcess>().await?;
    attached.get(1).dyn_into().map_err(|_| Failure::Garbled("an echo without its load".into()))
}

/// Starting a pool of threads; then, measured among them, a task through the pool and a lock handed over.
async fn threads(workers: usize) -> Result<Vec<Cost>, Failure> {
    let mut costs: Vec<Cost> = Vec::new();
    for _ in 0..3 {
        let mut worker = Worker::start(Role::RunWorker)?;
        worker.sender().send(&ToRunWorker::Probe { workers }, vec![])?;
        let probed = match worker.receive(LIMIT).await? {
            Some((FromRunWorker::Probed(probed), _)) => probed,
            Some((FromRunWorker::Failed(failure), _)) => return Err(failure),
            Some(_) => return Err(Failure::Garbled("a letter out of turn".into())),
            None => return Err(Failure::Lost("its threads gave no sign of life".into())),
        };
        for (name, samples) in probed {
            match costs.iter_mut().find(|(known, _)| *known == name) {
                Some((_, all)) => all.extend(samples),
                None => costs.push((name, samples)),
            }
        }
    }
    Ok(costs)
}

fn silent<T>() -> Result<T, Failure> {
    Err(Failure::Lost("a process gave no answer".into()))
}

fn expect<T>(letter: Option<T>, is: impl Fn(&T) -> bool) -> Result<(), Failure> {
    match letter {
        Some(letter) if is(&letter) => Ok(()),
        Some(_) => Err(Failure::Garbled("a letter out of turn".into())),
        None => Err(Failure::NotStarted("it gave no sign of life".into())),
    }
}
