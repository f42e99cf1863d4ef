//! A run reads as the pipeline: the experiment names strategies, each gets a seat, samples are taken in turn.
//!
//! One strategy at a time, samples interleaved (A B C A B C ...) so that drift hits all alike, a cold sample of each
//! first, every answer compared with the first strategy's. A sweep is the same for every number of workers. Where
//! seats are and how a sample is carried out there is the [`House`]'s business.

use crate::experiment::{BASELINE, Experiment, TIMER_SHARE};
use crate::strategy::{self, Failure, Memory, Pending, Strategy};
use crate::trace::{Series, Trace};

/// However coarse the clock, no sample does its work more often.
const MOST_REPEATS: usize = 100;
/// Nor is any made longer than this, in milliseconds: somebody waits for it, and the page may be frozen.
const LONGEST_MS: f64 = 1000.0;

/// Spans that a run holds, 64 MB of them: more than a page's memory has room for can be asked for.
const SPANS_KEPT: usize = 4_000_000;

/// Where strategies are carried out: the browser, or a test.
pub trait House {
    /// Prepares a place for one strategy with so many workers: starts its threads or processes.
    ///
    /// # Errors
    /// Why the strategy cannot run here; the others still do, unless the run was cancelled.
    fn seat(&self, strategy: &'static dyn Strategy, workers: usize) -> Pending<'_, Result<Box<dyn Seat>, Failure>>;

    /// Told before the first and after each sample: how many are done, of how many, and what there is so far.
    fn progress(&self, done: usize, total: usize, series: &[&Series]);

    /// The smallest step of the clock that times samples, in milliseconds.
    fn timer_resolution(&self) -> f64;
}

/// One strategy, ready to be carried out again and again.
pub trait Seat {
    /// How long the start of its threads or processes took, in milliseconds.
    fn startup(&self) -> f64;

    /// Takes a sample.
    ///
    /// # Errors
    /// When cancelled, or a worker was lost; the run ends then.
    fn sample(&mut self, take: Take) -> Pending<'_, Result<Shot, Failure>>;
}

/// Which sample is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// The first, before anything was warm; its lanes show the start-up, too.
    Cold,
    /// A timed one, which does the work so many times in a row.
    Timed(usize),
}

impl Take {
    /// How often the work is done.
    pub fn repeats(self) -> usize {
        match self {
            Self::Cold => 1,
            Self::Timed(repeats) => repeats,
        }
    }
}

/// What one sample came to.
#[derive(Debug, Clone)]
pub struct Shot {
    /// What happened.
    pub trace: Trace,
    /// The whole answer, in words.
    pub answer: String,
    /// What each task got done in each millisecond, if the workload counts that; else empty.
    pub activity: Vec<Vec<u32>>,
    /// The bytes of each task's input and answer; only told by a cold sample on the page's thread.
    pub sizes: Vec<[u32; 2]>,
}

/// Runs the experiment: a cold sample of each strategy, then `samples` of each in turn.
///
/// # Errors
/// The first failure ends the run. A strategy that cannot start is no failure: its series says why.
pub async fn run(experiment: &Experiment, house: &dyn House) -> Result<Vec<Series>, Failure> {
    let entries = entries(experiment);
    if experiment.sweep { sweep(experiment, entries, house).await } else { race(experiment, entries, house).await }
}

/// One strategy with a number of workers, and what came of it so far.
struct Entry {
    strategy: &'static dyn Strategy,
    series: Series,
    /// Whether it got no seat when it last asked for one, and asks no more.
    refused: bool,
}

/// What an experiment runs: each strategy once, or, in a sweep, those with workers once for each number of them. A
/// sweep has the baseline, chosen or not, to see whether the machine drifts.
fn entries(experiment: &Experiment) -> Vec<Entry> {
    let missing = experiment.sweep && !experiment.strategies.contains(&BASELINE);
    let ids = missing.then_some(BASELINE).into_iter().chain(experiment.strategies.iter().copied());
    let strategies = ids.filter_map(|id| strategy::find_as(id, &experiment.settings));
    strategies
        .flat_map(|strategy| steps(experiment, strategy).into_iter().map(move |workers| Entry::new(strategy, workers)))
        .collect()
}

fn steps(experiment: &Experiment, strategy: &'static dyn Strategy) -> Vec<usize> {
    let most = strategy.meta().workers(experiment.workers);
    if experiment.sweep { ladder(most) } else { vec![most] }
}

/// Up to so many workers a sweep leaves no number out.
const EACH: usize = 16;

/// Every number of workers up to sixteen, then ever fewer of them, so that a machine of many cores is soon done with.
fn ladder(most: usize) -> Vec<usize> {
    let rungs = (3..).flat_map(|power| [2 << power, 3 << power]).filter(|rung| *rung > EACH);
    let mut ladder: Vec<usize> = (1..=EACH).chain(rungs).take_while(|rung| *rung < most).collect();
    ladder.push(most);
    ladder
}

impl Entry {
    fn new(strategy: &'static dyn Strategy, workers: usize) -> Self {
        let meta = strategy.meta();
        let series = Series {
            strategy: meta.id.into(),
            workers,
            parallel: meta.parallel,
            isolated: meta.memory == Memory::Isolated,
            ..Series::default()
        };
        Self { strategy, series, refused: false }
    }

    /// Takes a seat; `None` if there is none for it here.
    async fn sit(&mut self, house: &dyn House) -> Result<Option<Box<dyn Seat>>, Failure> {
        match house.seat(self.strategy, self.series.workers).await {
            Ok(seat) => {
                if self.series.cold.is_none() {
                    self.series.startup_ms = seat.startup();
                }
                Ok(Some(seat))
            }
            Err(Failure::Cancelled) => Err(Failure::Cancelled),
            Err(reason) => {
                self.refused = true;
                if self.series.samples.is_empty() {
                    self.series.unavailable = Some(reason.to_string()); // else what was measured still holds
                }
                Ok(None)
            }
        }
    }
}

/// All seats are taken at the beginning, and samples go round them.
async fn race(experiment: &Experiment, mut entries: Vec<Entry>, house: &dyn House) -> Result<Vec<Series>, Failure> {
    let mut seats = Vec::new();
    for entry in &mut entries {
        seats.push(entry.sit(house).await?);
    }
    let mut count = Count::new((experiment.samples + 1) * seats.iter().flatten().count());
    count.tell(house, &entries);
    for round in 0..=experiment.samples {
        let repeats = repeats(&entries, house);
        let take = if round == 0 { Take::Cold } else { Take::Timed(repeats) };
        for (at, seat) in seats.iter_mut().enumerate() {
            let Some(seat) = seat else { continue };
            note(&mut entries, at, seat.sample(take).await?, take)?;
            count.one_more(house, &entries);
        }
    }
    Ok(series(entries))
}

/// Each sample has a seat of its own, because all at once would be hundreds of threads; a cold sample warms each up.
async fn sweep(experiment: &Experiment, mut entries: Vec<Entry>, house: &dyn House) -> Result<Vec<Series>, Failure> {
    let mut count = Count::new(experiment.samples * entries.len());
    count.tell(house, &entries);
    for _ in 0..experiment.samples {
        for at in 0..entries.len() {
            if !entries[at].refused
                && let Some(mut seat) = entries[at].sit(house).await?
            {
                note(&mut entries, at, seat.sample(Take::Cold).await?, Take::Cold)?;
                let take = Take::Timed(repeats(&entries[at..=at], house));
                note(&mut entries, at, seat.sample(take).await?, take)?;
            }
            count.one_more(house, &entries);
        }
    }
    Ok(series(entries))
}

fn series(entries: Vec<Entry>) -> Vec<Series> {
    entries.into_iter().map(|entry| entry.series).collect()
}

/// How many samples are done.
struct Count {
    done: usize,
    total: usize,
}

impl Count {
    fn new(total: usize) -> Self {
        Self { done: 0, total }
    }

    fn one_more(&mut self, house: &dyn House, entries: &[Entry]) {
        self.done += 1;
        self.tell(house, entries);
    }

    fn tell(&self, house: &dyn House, entries: &[Entry]) {
        let series: Vec<_> = entries.iter().map(|entry| &entry.series).collect();
        house.progress(self.done, self.total, &series);
    }
}

/// How often a sample does its work so that the clock is fine enough for the shortest: the same for all, and the same
/// each time.
fn repeats(entries: &[Entry], house: &dyn House) -> usize {
    let cold = || entries.iter().filter_map(|entry| entry.series.cold.as_ref().map(|trace| work_ms(entry, trace)));
    let shortest = cold().fold(f64::INFINITY, f64::min).max(0.01);
    let longest = cold().fold(0.0, f64::max);
    let wanted = (house.timer_resolution() / TIMER_SHARE / shortest).ceil();
    (wanted.min(LONGEST_MS / longest) as usize).clamp(1, MOST_REPEATS)
}

/// A cold sample's makespan without the start-up that it begins with, in milliseconds.
fn work_ms(entry: &Entry, cold: &Trace) -> f64 {
    f64::from(cold.makespan) / 1000.0 - entry.series.startup_ms
}

/// Takes note of a sample, if its answer is right.
fn note(entries: &mut [Entry], at: usize, shot: Shot, take: Take) -> Result<(), Failure> {
    compare(entries, at, &shot)?;
    let series = &mut entries[at].series;
    series.answer = Some(shot.answer);
    match take {
        Take::Cold => {
            series.sizes = shot.sizes;
            series.cold.get_or_insert(shot.trace);
        }
        Take::Timed(repeats) => {
            series.repeats = repeats;
            series.samples.push(shot.trace);
            if !shot.activity.is_empty() {
                series.done.push(shot.activity.iter().flatten().map(|count| u64::from(*count)).sum());
                series.activity.push(shot.activity);
            }
            bound(entries, at);
        }
    }
    Ok(())
}

/// Lets go of what the newest sample's lanes did, if the run would hold more spans than it may: they count as lost, as
/// where a lane's buffer is full. Times and the page's pulse are kept.
fn bound(entries: &mut [Entry], newest: usize) {
    let traces = entries.iter().flat_map(|entry| entry.series.cold.iter().chain(&entry.series.samples));
    if traces.map(Trace::spans).sum::<usize>() > SPANS_KEPT {
        entries[newest].series.samples.last_mut().map(Trace::forget);
    }
}

/// Whoever answered first sets the answer for all. Where `blocking` comes later and differs, it is right, and the other
/// is the one to blame.
fn compare(entries: &[Entry], at: usize, shot: &Shot) -> Result<(), Failure> {
    let mut answered = entries.iter().map(|entry| &entry.series);
    let first = answered.find_map(|other| Some((other.strategy.as_str(), other.answer.as_deref()?)));
    let (before, now) = match first {
        Some((_, answer)) if answer == shot.answer => return Ok(()),
        Some(before) => (before, (entries[at].series.strategy.as_str(), shot.answer.as_str())),
        None => return Ok(()),
    };
    let (right, wrong) = if now.0 == BASELINE && before.0 != BASELINE { (now, before) } else { (before, now) };
    Err(Failure::WrongAnswer { strategy: wrong.0.into(), expected: right.1.into(), found: wrong.1.into() })
}
