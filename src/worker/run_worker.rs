//! A run worker: starts threads or processes once, then takes samples with them, one at a time.
//!
//! Only here is rayon's pool started and called: this worker may block, the page may not. It has a memory of its own,
//! which the page reads while a sample runs, and it is terminated to get rid of its pool.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use js_sys::{Array, Uint32Array, WebAssembly};
use strategies::chase;
use strategies::costs::CostId;
use strategies::trace::{Answers, Cause, Clock, LaneBuffer, SLOT_WORDS, SPANS_PER_LANE, Stamp};
use strategies::{Failure, Job, Performance, Place, SampleContext};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use workloads::SharedBytes;

use super::clocks;
use super::front::FrontHost;
use super::owner::reply;
use super::process_pool::ProcessPool;
use super::relay::Relay;
use super::traps::watch_traps;
use crate::link::{
    Assignment, BROWSER_CLOCK, FromRunWorker, NamedAssignment, ToRunWorker, WORKER, clock_is_set, describe, detach,
    driver, out_of_turn, panics, unpack,
};

/// Not 0: stop between two steps. With threads the page writes it into their shared memory; with processes it is set by
/// a message.
static CANCEL: AtomicU32 = AtomicU32::new(0);

/// What stays the same from sample to sample.
struct OpenRun {
    assignment: Assignment,
    /// When each worker was ready.
    ready: Vec<Stamp>,
    processes: ProcessPool,
    relay: Rc<Relay>,
}

/// The buffers in which one sample's lanes record, and its answers.
struct Records {
    lanes: Vec<LaneBuffer>,
    answers: Answers,
}

thread_local! {
    static TEAM: RefCell<Option<Rc<OpenRun>>> = const { RefCell::new(None) };
    /// The last sample's records: they stay until the next begins, because the page may still read them.
    static LAST: RefCell<Option<Rc<Records>>> = const { RefCell::new(None) };
}

/// Handles a message from the page. A sample waits for its processes and timers, and is driven by them; a start waits
/// for the browser.
pub(super) fn receive(message: JsValue) {
    let handled = async |message: Result<(ToRunWorker, Array), Failure>| {
        let outcome: Result<(), Failure> = match message {
            Ok((ToRunWorker::Open(assignment), attached)) => {
                let files = attached.iter().skip(1).map(|file| Arc::new(detach(file))).collect();
                open(&assignment, files).await
            }
            Ok((ToRunWorker::Sample { cold, repeats }, _)) => sample(cold, repeats).await,
            Ok((ToRunWorker::Probe { workers }, _)) => probe(workers).await,
            Ok((ToRunWorker::Chase(id), _)) => {
                reply(&FromRunWorker::Probed(chase::probe(id, &BROWSER_CLOCK).into_iter().collect()), vec![]);
                Ok(())
            }
            Ok((ToRunWorker::Cancel, _)) => {
                CANCEL.store(1, Relaxed);
                Ok(())
            }
            Err(failure) => Err(failure),
        };
        outcome.unwrap_or_else(|failure| reply(&FromRunWorker::Failed(failure), vec![]));
    };
    match unpack(&message) {
        sample @ Ok((ToRunWorker::Sample { .. }, _)) => driver::drive(handled(sample)),
        other => spawn_local(handled(other)),
    }
}

/// Starts a pool and measures what it costs.
async fn probe(workers: usize) -> Result<(), Failure> {
    let began = BROWSER_CLOCK.now();
    start_pool(workers).await?;
    let start = (BROWSER_CLOCK.now() - began) * 1000.0;
    let starts = [(CostId::PoolStart, vec![start]), (CostId::ThreadStart, vec![start / workers as f64])];
    let costs = starts.into_iter().chain(strategies::costs::probe(&BROWSER_CLOCK)).collect();
    reply(&FromRunWorker::Probed(costs), vec![]);
    Ok(())
}

async fn start_pool(workers: usize) -> Result<(), Failure> {
    let started = JsFuture::from(wasm_bindgen_rayon::init_thread_pool(workers)).await;
    started.map_err(|error| Failure::NotStarted { process: None, why: describe(&error) })?;
    strategies::on_every_thread(|_| watch_traps());
    Ok(())
}

async fn open(named: &NamedAssignment, files: Vec<SharedBytes>) -> Result<(), Failure> {
    let assignment = named.look_up()?;
    let assignment = Assignment { job: Job { files, ..assignment.job }, ..assignment };
    let (workers, relay) = (assignment.workers, Rc::new(Relay::new()));
    let (processes, ready, shared) = match assignment.strategy.meta().place {
        Place::ProcessPool => {
            let pool = ProcessPool::start(workers, &assignment, relay.clone()).await?;
            let ready = pool.ready.clone();
            (pool, ready, vec![])
        }
        _ => {
            start_pool(workers).await?;
            clock_is_set().await;
            clocks::set_threads(assignment.clock_step);
            (ProcessPool::none(), vec![BROWSER_CLOCK.now(); workers], vec![wasm_bindgen::memory()])
        }
    };
    TEAM.set(Some(Rc::new(OpenRun { assignment, ready, processes, relay })));
    let ready = FromRunWorker::Ready { cancel: address(&CANCEL), last_words: panics::address() };
    reply(&ready, shared);
    Ok(())
}

async fn sample(cold_startup: Option<f64>, repeats: usize) -> Result<(), Failure> {
    let team = TEAM.with_borrow(Clone::clone).ok_or_else(out_of_turn)?;
    let Assignment { strategy, job, strategy_params, workers, traced, slack, clock_step } = &team.assignment;
    let capacity = if *traced { SPANS_PER_LANE } else { 0 };
    let earlier = LAST.take();
    let lane = |at: usize| {
        let lane = LaneBuffer::new(capacity);
        lane.see(*slack);
        match earlier.as_ref().and_then(|records| records.lanes.get(at)) {
            Some(earlier) => lane.like(earlier),
            None => lane,
        }
    };
    let records = Rc::new(Records {
        lanes: (0..strategy.meta().lanes(*workers)).map(lane).collect(),
        answers: Answers::new(&job.workload.phases(&job.params)),
    });
    drop(earlier);
    LAST.set(Some(records.clone()));
    let Records { lanes, answers } = &*records;
    if let Some(startup) = cold_startup {
        let last = team.ready.iter().copied().fold(0.0, f64::max);
        for (lane, ready) in lanes[lanes.len() - workers..].iter().zip(&team.ready) {
            lane.record(Cause::Spawn, 0, 0.0, startup - (last - ready));
        }
    }
    let cold = cold_startup.is_some();
    team.relay.begin(cold, cold && job.workload.picture().is_some());
    let addresses = lanes.iter().map(|lane| address(&lane.words()[0])).collect();
    let slots = answers.slots();
    let first_slot = slots.first().map_or(0, address);
    let begun = FromRunWorker::Begun { lanes: addresses, answers: first_slot, slots: slots.len() / SLOT_WORDS };
    reply(&begun, vec![]);
    // the sample begins here: the message to the page is no part of it
    let epoch = BROWSER_CLOCK.now() - cold_startup.unwrap_or(0.0);
    let context = SampleContext {
        job,
        strategy_params,
        workers: *workers,
        lanes,
        answers,
        cancel: &CANCEL,
        world: WORKER,
        epoch,
        begun: 0.0,
        traced: *traced,
        repeats,
    };
    let front = lanes.first().filter(|_| strategy.meta().front);
    let host = FrontHost::new(&team.processes, &team.relay, front);
    let performance = strategies::perform(*strategy, &context, &host).await?;
    team.relay.end();
    see_all_memory();
    let words = lanes.iter().map(|lane| Uint32Array::from(&lane.snapshot()[..]).into()).collect();
    let Performance { makespan, answer, activity } = performance;
    let clocks_apart = match strategy.meta().place {
        Place::ProcessPool => team.processes.compare_clocks().await?,
        _ => clocks::compare_threads(*clock_step),
    };
    let tasks = if *traced { answers.records() } else { Vec::new() };
    reply(&FromRunWorker::Done { epoch, makespan, answer, activity, tasks, clocks_apart }, words);
    Ok(())
}

/// Threads may have let the memory grow, and a browser may show this thread the old, shorter one until the thread
/// itself asks it to grow, if only by zero pages; what is copied from beyond its end would be missing.
fn see_all_memory() {
    wasm_bindgen::memory().unchecked_into::<WebAssembly::Memory>().grow(0);
}

fn address(word: &AtomicU32) -> u32 {
    std::ptr::from_ref(word) as usize as u32
}
