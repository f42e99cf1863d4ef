//! What the fits say of each strategy, as a table: the knee, and the parameters of both laws with their intervals. Why a
//! law cannot be told is the verdict's to say, once.

use crate::analysis::html::table;
use crate::analysis::results::name;
use crate::experiment::Experiment;
use crate::measure::decimal;
use crate::measure::scaling::{Amdahl, Claim, Curve, Estimate, Fit, Usl};

const COLUMNS: [&str; 5] = [
    "Strategy",
    "Knee, in workers",
    "Against the claimed cores",
    "Amdahl’s law: serial part",
    "Gunther’s law: contention σ, coherence κ",
];

/// The table, as HTML.
pub fn laws(curves: &[Curve], experiment: &Experiment) -> String {
    // laws are about cores, which waiting does not take
    let (columns, caption) = match experiment.computes() {
        true => (&COLUMNS[..], "Fitted laws, with 95 % intervals"),
        false => (&COLUMNS[..2], "Knees, with 95 % intervals"),
    };
    let row = |curve: &Curve| {
        let about_cores = [claim(curve), told(&curve.amdahl, amdahl), told(&curve.usl, usl)];
        let mut cells = vec![name(&curve.strategy, experiment), knee(curve)];
        cells.extend(about_cores.into_iter().take(columns.len() - cells.len()));
        cells
    };
    let rows: Vec<_> = curves.iter().map(row).collect();
    table("laws-table", caption, columns, &rows)
}

fn knee(curve: &Curve) -> String {
    let open = if curve.knee.open { ", the most measured" } else { "" };
    match curve.knee.ci95 {
        Some([low, high]) => format!("{} ({low} to {high}){open}", curve.knee.workers),
        None => format!("{}{open}", curve.knee.workers),
    }
}

fn claim(curve: &Curve) -> String {
    let cores = curve.claimed_cores;
    match curve.knee.claim {
        Claim::Fewer => format!("before the {cores} claimed"),
        Claim::Consistent => format!("consistent with {cores}"),
        Claim::More => format!("beyond the {cores} claimed"),
        Claim::Unknown => format!("cannot be told for {cores}"),
    }
}

fn told<Law>(fit: &Fit<Law>, words: impl Fn(&Law) -> String) -> String {
    match fit {
        Fit::Known(law) => words(law),
        Fit::Refused(_) => "cannot be told".into(),
    }
}

fn amdahl(law: &Amdahl) -> String {
    format!("{}{}", estimate(&law.serial), doubt(law.within_noise(), law.residual))
}

fn usl(law: &Usl) -> String {
    let doubt = doubt(law.within_noise(), law.residual);
    format!("σ {}, κ {}{doubt}", estimate(&law.contention), estimate(&law.coherence))
}

/// A law that is not all there is has intervals that are too narrow.
fn doubt(within_noise: bool, residual: f64) -> String {
    if within_noise {
        String::new()
    } else {
        format!("; the points lie {} off it, more than their noise", percent(residual))
    }
}

fn estimate(estimate: &Estimate) -> String {
    let [low, high] = estimate.ci95.map(percent);
    format!("{} ({low} to {high})", percent(estimate.value))
}

/// To two significant figures, because what keeping in step costs is small.
fn percent(share: f64) -> String {
    let places = match share.abs() {
        large if large >= 0.0995 => 0,
        middle if middle >= 0.00995 => 1,
        _ => 2,
    };
    format!("{} %", decimal(share * 100.0, places))
}
