//! What things cost on this machine, measured one by one: giving way, starting contexts, messages, the pool, a lock,
//! caches and memory (`chase.rs`), files of the page's host (`fetches.rs`).
//!
//! Each cost is a list of samples in microseconds. What is too fast for the clock is done many times for one sample.

use std::time::Duration;

use js_sys::{Function, Promise, Reflect, Uint8Array};
use strategies::costs::{Cost, CostId};
use strategies::trace::Clock;
use strategies::{Failure, Job, Loss};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::chase::{self, chase};
use super::fetches::fetches;
use super::files::worker_script;
use super::policy::explained;
use crate::link::{
    BROWSER_CLOCK, FromProcess, FromRunWorker, NamedJob, Role, START_LIMIT, ToProcess, ToRunWorker, Worker, give_way,
    out_of_turn, sleep, within,
};

const SAMPLES: usize = 9;
/// How many processes are started.
const STARTS: usize = 5;
/// How many yields, or messages, a sample has.
const TIMES: usize = 20;
const MEGABYTE: usize = 1 << 20;
/// How long all that processes do here, or one pool of threads, may take, which is usually a second or so. There is no
/// limit for each message, because it would be part of the cost. Much memory is moved by many threads, so slow machines
/// need far longer.
const LIMIT: Duration = Duration::from_secs(30);

/// Measures everything that can be measured here; `share` says whether threads can. Takes a few seconds. `progress` is
/// called with how many parts are done, and how many there are.
///
/// Returns what was measured, and the first failure if a worker could not be started or was lost: its part of the costs
/// is missing then, and no other.
pub async fn measure_costs(
    share: bool,
    workers: usize,
    progress: impl Fn(usize, usize),
) -> (Vec<Cost>, Option<Failure>) {
    let parts = 3 + usize::from(share) + chase::PARTS;
    let mut costs = Vec::new();
    progress(0, parts);
    let caches = chase(&mut costs, |done| progress(done, parts)).await;
    progress(chase::PARTS, parts);
    costs.extend(yields().await);
    progress(chase::PARTS + 1, parts);
    let messages = within(LIMIT, processes(&mut costs)).await.unwrap_or_else(silent);
    progress(chase::PARTS + 2, parts);
    let mut pools = Ok(());
    if share {
        pools = threads(workers, &mut costs).await;
        progress(parts - 1, parts);
    }
    costs.extend(fetches().await);
    progress(parts, parts);
    match caches.and(messages).and(pools) {
        Ok(()) => (costs, None),
        Err(failure) => (costs, Some(explained(failure).await)),
    }
}

fn now() -> f64 {
    BROWSER_CLOCK.now() * 1000.0
}

/// Giving the page's thread away and getting it back, by each primitive that the browser has.
async fn yields() -> Vec<Cost> {
    let mut costs = Vec::new();
    costs.push((
        CostId::YieldPromise,
        sampled(async || drop(JsFuture::from(Promise::resolve(&JsValue::NULL)).await)).await,
    ));
    costs.push((CostId::YieldMessage, sampled(give_way).await));
    if let Some((scheduler, resume)) = scheduler_yield() {
        let one = async || {
            if let Ok(promise) = resume.call0(&scheduler) {
                JsFuture::from(promise.unchecked_into::<Promise>()).await.ok();
            }
        };
        costs.push((CostId::YieldScheduler, sampled(one).await));
    }
    costs.push((CostId::YieldTimeout, sampled(async || sleep(Duration::ZERO).await).await));
    costs
}

/// `scheduler.yield`, where there is one.
fn scheduler_yield() -> Option<(JsValue, Function)> {
    let scheduler = Reflect::get(&js_sys::global(), &"scheduler".into()).ok()?;
    let resume = Reflect::get(&scheduler, &"yield".into()).ok()?.dyn_into().ok()?;
    Some((scheduler, resume))
}

/// Samples of one of these, each the mean of several in a row, in microseconds.
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

/// Starting a process, and a message to it and back: empty, with a megabyte copied, with a megabyte transferred.
async fn processes(costs: &mut Vec<Cost>) -> Result<(), Failure> {
    let script = worker_script().await?;
    let (mut starts, mut process) = (Vec::new(), None);
    for _ in 0..STARTS {
        let began = now();
        let mut worker = Worker::start(Role::Process, &script)?;
        let job = Job::find(workloads::ALL[0].info().id, &[], 0)?;
        worker.sender().send(&ToProcess::Job(NamedJob::of(&job)), vec![])?;
        match worker.receive(START_LIMIT).await? {
            Some((FromProcess::Ready, _)) => {}
            Some((FromProcess::Failed(failure), _)) => return Err(failure),
            Some(_) => return Err(out_of_turn()),
            None => return Err(Failure::NotStarted { process: None, why: Loss::Silent(START_LIMIT.as_secs()) }),
        }
        starts.push(now() - began);
        process = Some(worker);
    }
    let mut process = process.expect("one at least was started");
    costs.push((CostId::ProcessStart, starts));
    for (id, bytes, transfer, times) in [
        (CostId::MessageEmpty, 0, false, TIMES),
        (CostId::MessageCopied, MEGABYTE, false, 4),
        (CostId::MessageTransferred, MEGABYTE, true, 4),
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
        costs.push((id, samples));
    }
    Ok(())
}

async fn there_and_back(process: &mut Worker, load: Uint8Array, transfer: bool) -> Result<Uint8Array, Failure> {
    let echo = ToProcess::Echo { transfer };
    match transfer {
        true => process.sender().send_giving(&echo, &load)?,
        false => process.sender().send(&echo, vec![load.into()])?,
    }
    let (message, attached) = process.next::<FromProcess>().await?;
    if let FromProcess::Failed(failure) = message {
        return Err(failure);
    }
    attached.get(1).dyn_into().map_err(|_| Failure::Garbled("an echo without its load".into()))
}

/// Starting a pool of threads; then, measured among them, a task through the pool and a lock handed over.
async fn threads(workers: usize, costs: &mut Vec<Cost>) -> Result<(), Failure> {
    let script = worker_script().await?;
    for _ in 0..3 {
        let mut worker = Worker::start(Role::RunWorker, &script)?;
        worker.sender().send(&ToRunWorker::Probe { workers }, vec![])?;
        let probed = match worker.receive(LIMIT).await? {
            Some((FromRunWorker::Probed(probed), _)) => probed,
            Some((FromRunWorker::Failed(failure), _)) => return Err(failure),
            Some(_) => return Err(out_of_turn()),
            None => return Err(Failure::Lost(Loss::Silent(LIMIT.as_secs()))),
        };
        for (name, samples) in probed {
            match costs.iter_mut().find(|(known, _)| *known == name) {
                Some((_, all)) => all.extend(samples),
                None => costs.push((name, samples)),
            }
        }
    }
    Ok(())
}

fn silent() -> Result<(), Failure> {
    Err(Failure::Lost(Loss::Silent(LIMIT.as_secs())))
}
