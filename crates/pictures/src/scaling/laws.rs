//! The results of the fits for each strategy, as a table: the knee, and the parameters of both laws with their
//! intervals. The verdict says, once, why a law cannot be given.

use lab::experiment::Experiment;
use lab::measure::scaling::{Amdahl, Claim, Curve, Fit, ParameterEstimate, Usl};
use words::{Arg, Message, decimal, en};

use crate::results::name;
use crate::table::Table;

const COLUMNS: [Message; 5] = [en::STRATEGY, en::KNEE, en::AGAINST_CLAIM, en::AMDAHL_HEADING, en::GUNTHER_HEADING];

/// The table.
pub(super) fn laws(curves: &[Curve], experiment: &Experiment) -> Table {
    // laws are about cores, and waiting takes none
    let (columns, caption) = match experiment.computes() {
        true => (&COLUMNS[..], en::LAWS_TABLE),
        false => (&COLUMNS[..2], en::KNEES_TABLE),
    };
    let row = |curve: &Curve| {
        let about_cores = [claim(curve), told(&curve.amdahl, amdahl), told(&curve.usl, usl)];
        let mut cells = vec![name(&curve.strategy), knee(curve)];
        cells.extend(about_cores.into_iter().take(columns.len() - cells.len()));
        cells
    };
    let columns = columns.iter().map(|column| column.text()).collect();
    Table::new("laws-table", caption.text(), columns, curves.iter().map(row).collect())
}

fn knee(curve: &Curve) -> String {
    let knee = match curve.knee.ci95 {
        Some([low, high]) => {
            format!("{} ({})", curve.knee.workers, words::times(low.to_string(), high.to_string()))
        }
        None => curve.knee.workers.to_string(),
    };
    if curve.knee.open { en::MOST_MEASURED.with(&[("knee", knee.into())]) } else { knee }
}

fn claim(curve: &Curve) -> String {
    let message = match curve.knee.claim {
        Claim::Fewer => en::BEFORE_CLAIM,
        Claim::Consistent => en::CONSISTENT,
        Claim::More => en::BEYOND_CLAIM,
        Claim::Unknown => en::CANNOT_TELL_FOR,
    };
    message.with(&[("cores", Arg::digits(curve.claimed_cores))])
}

fn told<Law>(fit: &Fit<Law>, words: impl Fn(&Law) -> String) -> String {
    match fit {
        Fit::Known(law) => words(law),
        Fit::Refused(_) => en::CANNOT_TELL.text(),
    }
}

fn amdahl(law: &Amdahl) -> String {
    with_doubt(estimate(&law.serial), law.within_noise(), law.residual)
}

fn usl(law: &Usl) -> String {
    let told = format!("σ {}, κ {}", estimate(&law.contention), estimate(&law.coherence));
    with_doubt(told, law.within_noise(), law.residual)
}

/// A law that does not explain all of the measurement has intervals that are too narrow, so its residual is added.
fn with_doubt(law: String, within_noise: bool, residual: f64) -> String {
    match within_noise {
        true => law,
        false => en::OFF_THE_LAW.with(&[("law", Arg::Text(law)), ("residual", percent(residual).into())]),
    }
}

fn estimate(estimate: &ParameterEstimate) -> String {
    let [low, high] = estimate.ci95.map(percent);
    format!("{} ({})", percent(estimate.value), words::times(low, high))
}

/// To two significant figures, because the cost of coherence is small.
fn percent(share: f64) -> String {
    let places = match share.abs() {
        large if large >= 0.0995 => 0,
        middle if middle >= 0.00995 => 1,
        _ => 2,
    };
    format!("{} %", decimal(share * 100.0, places))
}
