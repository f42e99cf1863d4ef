//! A run worker: starts threads or processes once, then takes samples with them, one at a time.
//!
//! Only here is rayon's pool started and called: this worker may block, the page may not. It has a memory of its own,
//! which the page reads while a sample runs, and it is terminated to get rid of its pool.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use js_sys::{Array, Uint32Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use workloads::{Params, Part};

use super::process_pool::ProcessPool;
use super::roles::{TRAPPED, reply, watch_traps};
use super::wire::{FromRunWorker, NamedJob, ToRunWorker, Told, detach, unpack};
use super::worker::describe;
use super::{BROWSER_CLOCK, WORKER};
use strategies::{self, Failure, Job, Performance, Place, Reply, Stage, Strategy};
use strategies::trace::{Answers, Cause, Clock, LaneBuffer, SLOT_WORDS, SPANS_PER_LANE, Stamp};

/// Not 0: stop between two steps. The page writes it where memory is shared, and sends a letter where not.
static CANCEL: AtomicU32 = AtomicU32::new(0);

/// What stays the same from sample to sample.
struct Crew {
    strategy: &'static dyn Strategy,
    job: Job,
    settings: Params,
    traced: bool,
    workers: usize,
    /// When each worker was ready.
    ready: Vec<Stamp>,
    processes: ProcessPool,
    relay: Rc<Relay>,
}

/// Where one sample's lanes record, and its answers.
struct Records {
    lanes: Vec<LaneBuffer>,
    answers: Answers,
}

thread_local! {
    static CREW: RefCell<Option<Rc<Crew>>> = const { RefCell::new(None) };
    /// The last sample's lanes and answers: they stay until the next begins, because the page may still read them.
    static LAST: RefCell<Option<Rc<Records>>> = const { RefCell::new(None) };
}

/// Handles a letter from the page.
pub fn receive(letter: JsValue) {
    spawn_local(async move {
        let outcome = match unpack(&letter) {
            Ok((ToRunWorker::Open { strategy, settings, workers, job, traced, share }, attached)) => {
                let files = attached.iter().skip(1).map(|file| Arc::new(detach(file))).collect();
                match strategy::settings(&settings) {
                    Ok(settings) => open(&strategy, settings, workers, (&job, files), traced, share).await,
                    Err(failure) => Err(failure),
                }
            }
            Ok((ToRunWorker::Sample { cold, repeats }, _)) => sample(cold, repeats).await,
            Ok((ToRunWorker::Probe { workers }, _)) => probe(workers).await,
            Ok((ToRunWorker::Cancel, _)) => {
                CANCEL.store(1, Relaxed);
                Ok(())
            }
            Err(failure) => Err(failure),
        };
        outcome.unwrap_or_else(|failure| reply(&FromRunWorker::Failed(failure), vec![]));
    });
}

/// Starts a pool and measures what it costs.
async fn probe(workers: usize) -> Result<(), Failure> {
    let began = BROWSER_CLOCK.now();
    start_pool(workers).await?;
    let start = (BROWSER_CLOCK.now() - began) * 1000.0;
    let costs = [("pool-start".to_owned(), vec![start]), ("thread-start".to_owned(), vec![start / workers as f64])];
    reply(&FromRunWorker::Probed(costs.into_iter().chain(strategy::probe(&BROWSER_CLOCK)).collect()), vec![]);
    Ok(())
}

async fn start_pool(workers: usize) -> Result<(), Failure> {
    let started = JsFuture::from(wasm_bindgen_rayon::init_thread_pool(workers)).await;
    started.map_err(|error| Failure::NotStarted(describe(&error)))?;
    strategy::on_every_thread(watch_traps);
    Ok(())
}

async fn open(
    id: &str,
    settings: Params,
    workers: usize,
    (named, files): (&NamedJob, Vec<Part>),
    traced: bool,
    share: bool,
) -> Result<(), Failure> {
    let strategy = strategy::find_as(id, &settings).ok_or_else(|| Failure::Garbled(id.into()))?;
    let job = Job { files, ..named.look_up()? };
    let relay = Rc::new(Relay::new());
    let (processes, ready) = match strategy.meta().place {
        Place::ProcessPool => {
            let pool = ProcessPool::start(workers, named, relay.clone()).await?;
            let ready = pool.ready.clone();
            (pool, ready)
        }
        _ => {
            start_pool(workers).await?;
            (ProcessPool::none(), vec![BROWSER_CLOCK.now(); workers])
        }
    };
    CREW.set(Some(Rc::new(Crew { strategy, job, settings, traced, workers, ready, processes, relay })));
    let letter = FromRunWorker::Ready { cancel: address(&CANCEL), trapped: address(&TRAPPED) };
    reply(&letter, if share { vec![wasm_bindgen::memory()] } else { vec![] });
    Ok(())
}

async fn sample(cold_startup: Option<f64>, repeats: usize) -> Result<(), Failure> {
    let crew = CREW.with_borrow(Clone::clone).ok_or_else(|| Failure::Garbled("a sample before the job".into()))?;
    let capacity = if crew.traced { SPANS_PER_LANE } else { 0 };
    let lanes: Vec<_> = (0..crew.strategy.meta().lanes(crew.workers)).map(|_| LaneBuffer::new(capacity)).collect();
    let answers = Answers::new(&crew.job.workload.phases(&crew.job.params));
    let records = Rc::new(Records { lanes, answers });
    LAST.set(Some(records.clone()));
    let Records { lanes, answers } = &*records;
    if let Some(startup) = cold_startup {
        let last = crew.ready.iter().copied().fold(0.0, f64::max);
        for (lane, ready) in lanes[lanes.len() - crew.workers..].iter().zip(&crew.ready) {
            lane.record(Cause::Spawn, 0, 0.0, startup - (last - ready));
        }
    }
    crew.relay.with_answers.set(cold_startup.is_some() && crew.job.workload.picture().is_some());
    let addresses = lanes.iter().map(|lane| address(&lane.words()[0])).collect();
    let slots = answers.slots();
    let first_slot = slots.first().map_or(0, address);
    reply(&FromRunWorker::Begun { lanes: addresses, answers: first_slot, slots: slots.len() / SLOT_WORDS }, vec![]);
    // the sample begins here: telling the page of it is no part of it
    let epoch = BROWSER_CLOCK.now() - cold_startup.unwrap_or(0.0);
    let stage = Stage {
        job: &crew.job,
        settings: &crew.settings,
        workers: crew.workers,
        lanes,
        answers,
        cancel: &CANCEL,
        world: WORKER,
        epoch,
        traced: crew.traced,
        repeats,
    };
    let performance = strategy::perform(crew.strategy, &stage, &crew.processes).await?;
    crew.relay.flush();
    let words = lanes.iter().map(|lane| Uint32Array::from(&lane.snapshot()[..]).into()).collect();
    let Performance { makespan, answer, activity } = performance;
    reply(&FromRunWorker::Done { epoch, makespan, answer, activity }, words);
    Ok(())
}

fn address(word: &AtomicU32) -> u32 {
    std::ptr::from_ref(word) as usize as u32
}

/// Passes what processes reply on to the page, which cannot see it otherwise, a few replies at a time.
pub struct Relay {
    /// Whether the page wants to see the answers: once in a run, for its picture.
    with_answers: Cell<bool>,
    replies: RefCell<Vec<Told>>,
    answers: RefCell<Vec<JsValue>>,
    flushed: Cell<Stamp>,
}

/// At least this long between two letters to the page, in milliseconds: half a frame.
const RELAY_PAUSE: f64 = 8.0;

impl Relay {
    fn new() -> Self {
        Self {
            with_answers: Cell::new(false),
            replies: RefCell::default(),
            answers: RefCell::default(),
            flushed: Cell::new(BROWSER_CLOCK.now()),
        }
    }

    /// Takes note of a reply.
    pub fn reply(&self, lane: usize, reply: &Reply, letter: &Array) {
        let done = if self.with_answers.get() { reply.done.clone() } else { Vec::new() };
        self.answers.borrow_mut().extend(letter.iter().skip(1).take(done.len()));
        self.replies.borrow_mut().push(Told { lane, done, spans: reply.spans.clone() });
        if BROWSER_CLOCK.now() - self.flushed.get() >= RELAY_PAUSE {
            self.flush();
        }
    }

    fn flush(&self) {
        let replies = self.replies.take();
        if !replies.is_empty() {
            reply(&FromRunWorker::Replies(replies), self.answers.take());
        }
        self.flushed.set(BROWSER_CLOCK.now());
    }
}
