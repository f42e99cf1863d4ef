//! The parts of a time that both laws are made of, and how they are found.
//!
//! ```text
//! T(N) = fixed + shared / N + growing (N - 1)        fixed, shared, growing >= 0; N workers
//! ```
//! Amdahl's law has the first two parts, Gunther's all three, so both are least squares with a closed solution. The sum
//! of ((T(N) - measured) / measured)^2 is minimised: the noise of a time grows with the time, and no point should count
//! more because it is slow. To keep every part from being negative, the problem is solved for every set of parts, and
//! the best solution without a negative part is taken. The problem is convex, so that is the constrained optimum
//! (Lawson & Hanson, Solving Least Squares Problems, 1974, chapter 23).

use std::array::from_fn;

/// The sets of parts to try, as bits: fixed, shared, growing. Not growing alone: it takes no time with one worker.
const SETS: [usize; 6] = [0b001, 0b010, 0b011, 0b101, 0b110, 0b111];
/// A part that moves the times by less than this, relatively, is rounding.
pub const ROUNDING: f64 = 1e-7;
/// A smaller pivot means that the points do not tell the parts of a set apart.
const PIVOT: f64 = 1e-8;

/// A time in parts, each in milliseconds and at least 0.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts {
    fixed: f64,
    shared: f64,
    growing: f64,
}

impl Parts {
    /// The parts nearest to `times_ms`: the first `count` of them, two or three. Needs more than `count` different
    /// numbers of workers, and a time above 0 for each.
    pub fn nearest(workers: &[f64], times_ms: &[f64], count: usize) -> Self {
        // Rows [fixed, shared, growing | 1], so that the measured time is 1; and the sums of their products.
        let rows: Vec<_> =
            workers.iter().zip(times_ms).map(|(n, ms)| [1.0 / ms, 1.0 / n / ms, (n - 1.0) / ms, 1.0]).collect();
        let product = |i: usize, j: usize| rows.iter().map(|row| row[i] * row[j]).sum::<f64>();
        let products: [[f64; 4]; 3] = from_fn(|i| from_fn(|j| product(i, j)));
        let norms: [f64; 3] = from_fn(|i| products[i][i].sqrt());
        let mut best = ([0.0; 3], 0.0);
        for set in SETS.into_iter().filter(|set| *set < 1 << count) {
            let Some(solution) = solution(&products, &norms, set) else { continue };
            // How much smaller the sum of squares is than without any part.
            let explained: f64 = (0..3).map(|i| solution[i] * products[i][3] / norms[i]).sum();
            if explained > best.1 {
                best = (from_fn(|i| if solution[i] > 0.0 { solution[i] / norms[i] } else { 0.0 }), explained);
            }
        }
        let [fixed, shared, growing] = best.0;
        Self { fixed, shared, growing }
    }

    /// The time with `workers` workers, in milliseconds.
    pub fn at(&self, workers: f64) -> f64 {
        self.fixed + self.shared / workers + self.growing * (workers - 1.0)
    }

    /// The time with one worker, in milliseconds.
    pub fn one_ms(&self) -> f64 {
        self.fixed + self.shared
    }

    /// What no number of workers shortens, as part of the time with one worker: 0 to 1.
    pub fn serial(&self) -> f64 {
        self.fixed / self.one_ms()
    }

    /// What every further worker adds, as part of the time with one worker: at least 0.
    pub fn growth(&self) -> f64 {
        self.growing / self.one_ms()
    }
}

/// The normal equations' solution for the parts in `set`, for columns of length 1; the others are 0. `None` if a part
/// is negative or if the points cannot tell the parts apart.
fn solution(products: &[[f64; 4]; 3], norms: &[f64; 3], set: usize) -> Option<[f64; 3]> {
    let used = |part: usize| set >> part & 1 == 1;
    let entry = |i: usize, j: usize| match (i, j) {
        (i, 3) if used(i) => products[i][3] / norms[i],
        (i, j) if j < 3 && used(i) && used(j) => products[i][j] / (norms[i] * norms[j]),
        (i, j) => f64::from(u8::from(i == j)),
    };
    let solution = solve(from_fn(|i| from_fn(|j| entry(i, j))))?;
    (0..3).all(|part| !used(part) || solution[part] > ROUNDING).then_some(solution)
}

/// Gauss-Jordan elimination; the matrix is positive definite, so rows need no exchange.
fn solve(mut matrix: [[f64; 4]; 3]) -> Option<[f64; 3]> {
    for step in 0..3 {
        let pivot = matrix[step][step];
        if pivot.is_nan() || pivot < PIVOT {
            return None;
        }
        let row = matrix[step].map(|value| value / pivot);
        matrix = matrix.map(|other| from_fn(|j| other[j] - other[step] * row[j]));
        matrix[step] = row;
    }
    Some(matrix.map(|row| row[3]))
}
