//! A run reads as the pipeline: the experiment names strategies, each gets a seat, samples are taken in turn.
//!
//! One strategy at a time, samples interleaved (A B C A B C ...) so that drift hits all alike, a cold sample of each
//! first, every answer compared with the first strategy's. Where seats are and how a sample is carried out there is
//! the [`House`]'s business.

use crate::experiment::Experiment;
use crate::strategy::{self, Failure, Pending, Strategy};
use crate::trace::{Series, Trace};

/// Where strategies are carried out: the browser, or a test.
pub trait House {
    /// Prepares a place for one strategy: starts its threads or processes.
    ///
    /// # Errors
    /// A sentence why the strategy is unavailable here; the others still run.
    fn seat(&self, strategy: &'static dyn Strategy) -> Pending<'_, Result<Box<dyn Seat>, String>>;

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
            Err(reason) => (None, Some(reason)),
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

/// The first strategy of the list that has an answer sets it for all: `blocking`, where it was asked for.
fn compare(series: &[Series], at: usize, shot: &Shot) -> Result<(), Failure> {
    let blocking = series.iter().find(|other| other.strategy == "blocking").and_then(|other| other.answer.as_ref());
    let reference = blocking.or_else(|| series.iter().find_map(|other| other.answer.as_ref()));
    match reference {
        Some(expected) if *expected != shot.answer => Err(Failure::WrongAnswer {
            strategy: series[at].strategy.clone(),
            expected: expected.clone(),
            found: shot.answer.clone(),
        }),
        _ => Ok(()),
    }
}

fn take(series: &mut Series, shot: Shot, cold: bool) {
    series.answer = Some(shot.answer);
    if cold {
        series.cold = Some(shot.trace);
    } else {
        series.samples.push(shot.trace);
    }
}
