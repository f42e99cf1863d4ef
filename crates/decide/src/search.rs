//! How many workers are best: found by trying, not assumed.

use super::model::{Estimate, Model};

/// Numbers of workers that are tried: each about a third more than the one before.
const NUMBERS: [usize; 20] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 320, 384, 448, 512];
/// More workers are better only if the score falls below this share of the former one: workers that gain nothing are a
/// burden.
const GAIN: f64 = 0.98;

/// What an approach takes with the number of workers that suits it best.
pub fn best(model: &Model<'_>) -> Estimate {
    let most = model.most_workers();
    let mut numbers: Vec<_> = NUMBERS.iter().copied().filter(|number| *number < most).chain([most]).collect();
    let cores = (model.project.cores as usize).min(most);
    if let Err(at) = numbers.binary_search(&cores) {
        numbers.insert(at, cores);
    }
    let mut tried: Vec<Option<Estimate>> = vec![None; numbers.len()];
    let mut try_one = |at: usize| *tried[at].get_or_insert_with(|| model.estimate(numbers[at]));
    let mut at = numbers.iter().position(|number| *number == cores).expect("it was put in");
    let mut found = try_one(at);
    // up as long as that gains something, skipping one number that gains nothing; else down as long as that costs
    // nothing
    let start = at;
    let mut look = at + 1;
    while look < numbers.len() && look <= at + 2 {
        let next = try_one(look);
        if score(model, &next) < GAIN * score(model, &found) {
            (at, found) = (look, next);
        }
        look += 1;
    }
    if at == start {
        while at > 0 {
            let next = try_one(at - 1);
            if score(model, &next) * GAIN > score(model, &found) {
                break;
            }
            (at, found) = (at - 1, next);
        }
    }
    found
}

/// What an approach is ranked by, the less the better, in milliseconds: the start and the makespan if all units are
/// there at once, else the 95th percentile of their latencies.
pub fn score(model: &Model<'_>, estimate: &Estimate) -> f64 {
    if model.project.every_ms > 0.0 { estimate.p95_ms } else { estimate.start_ms + estimate.makespan_ms }
}
