//! A run reads as the pipeline: the experiment names strategies, each gets a seat, samples are taken in turn.
//!
//! One strategy at a time, samples interleaved (A B C A B C ...) so that drift hits all alike, a cold sample of each
//! first, every answer compared with the first strategy's. Where seats are and how a sample is carried out there is
//! the [`House`]'s business.

use crate::experiment::Experiment;
use crate::strategy::{self, Failure, Pending, Strategy};
use crate::trace::{Series, Trace};

/// Whose answer is right by definition.
const BASELINE: &str = "blocking";

/// Where strategies are carried out: the browser, or a test.
pub trait House {
    /// Prepares a place for one strategy: starts its threads or processes.
    ///
    /// # Errors
    /// Why the strategy cannot run here; the others still do, unless the run was cancelled.
    fn seat(&self, strategy: &'static dyn Strategy) -> Pending<'_, Result<Box<dyn Seat>, Failure>>;

    /// Told before the first and after each sample: how many are done, of how many, and what there is so far.
    fn progress(&self, done: usize, total: usize, series: &[Series]);
}

/// One strategy, ready to be carried out again and again.
pub trait Seat {
    /// How long the start of its threads or processes took, in milliseconds.
    fn startup(&self) -> f64;

    /// Carries out the experiment once. The cold sample's lanes show the start-up, too.
    ///
    /// # Errors
    /// When cancelled, or a worker was lost; the run ends then.
    fn sample(&mut self, cold: bool) -> Pending<'_, Result<Shot, Failure>>;
}

/// What one sample came to.
#[derive(Debug, Clone)]
pub struct Shot {
    /// What happened.
    pub trace: Trace,
    /// The whole answer, in words.
    pub answer: String,
}

/// Runs the experiment: a cold sample of each strategy, then `samples` of each in turn.
///
/// # Errors
/// The first failure ends the run. A strategy that cannot start is no failure: its series says why.
pub async fn run(experiment: &Experiment, house: &dyn House) -> Result<Vec<Series>, Failure> {
    let mut seats: Vec<Option<Box<dyn Seat>>> = Vec::new();
    let mut series = Vec::new();
    for strategy in experiment.strategies.iter().filter_map(|id| strategy::find(id)) {
        let (seat, unavailable) = match house.seat(strategy).await {
            Ok(seat) => (Some(seat), None),
            Err(Failure::Cancelled) => return Err(Failure::Cancelled),
            Err(reason) => (None, Some(reason.to_string())),
        };
        let meta = strategy.meta();
        series.push(Series {
            strategy: meta.id.into(),
            workers: meta.lanes(experiment.workers),
            startup_ms: seat.as_ref().map_or(0.0, |seat| seat.startup()),
            unavailable,
            ..Series::default()
        });
        seats.push(seat);
    }
    let rounds = experiment.samples + 1;
    let total = rounds * seats.iter().flatten().count();
    let mut done = 0;
    house.progress(done, total, &series);
    for round in 0..rounds {
        for at in 0..seats.len() {
            let Some(seat) = &mut seats[at] else { continue };
            let shot = seat.sample(round == 0).await?;
            compare(&series, at, &shot)?;
            take(&mut series[at], shot, round == 0);
            done += 1;
            house.progress(done, total, &series);
        }
    }
    Ok(series)
}

/// Whoever answered first sets the answer for all. Where `blocking` comes later and differs, it is right, and the other
/// is the one to blame.
fn compare(series: &[Series], at: usize, shot: &Shot) -> Result<(), Failure> {
    let first = series.iter().find_map(|other| Some((other.strategy.as_str(), other.answer.as_deref()?)));
    let (before, now) = match first {
        Some((_, answer)) if answer == shot.answer => return Ok(()),
        Some(before) => (before, (series[at].strategy.as_str(), shot.answer.as_str())),
        None => return Ok(()),
    };
    let (right, wrong) = if now.0 == BASELINE && before.0 != BASELINE { (now, before) } else { (before, now) };
    Err(Failure::WrongAnswer { strategy: wrong.0.into(), expected: right.1.into(), found: wrong.1.into() })
}

fn take(series: &mut Series, shot: Shot, cold: bool) {
    series.answer = Some(shot.answer);
    if cold {
        series.cold = Some(shot.trace);
    } else {
        series.samples.push(shot.trace);
    }
}
