//! How amounts that differ from case to case are spread: drawn so that even a few of them have the right middle.
//!
//! Amounts are log-normal, given by two numbers that anybody can read off a log: the median and the 95th percentile.
//! The n amounts are not n independent draws, whose mean could lie anywhere in a small set. They are the quantiles
//! (i + 0.5)/n, each once (stratified, McKay, Beckman and Conover, 1979); only their assignment to units is drawn.
//! A model and a run that ask here with the same numbers get exactly the same amounts.
//! Invariant: nothing here depends on anything but its arguments.

use crate::noise::Noise;

/// The 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

/// The amount below which the share `place` of all amounts lies, where half lie below `p50` and 95 % below `p95`; in
/// the unit of those two.
///
/// `p50` is at least 0; 0 gives 0. A `p95` that is not above `p50` means that all amounts are `p50`. `place` lies
/// between 0 and 1; at 0 itself the amount is 0, at 1 it is infinite, and outside it is not a number.
pub fn quantile(p50: f64, p95: f64, place: f64) -> f64 {
    if p50 <= 0.0 || p95 <= p50 {
        return p50.max(0.0);
    }
    let sigma = (p95 / p50).ln() / Z95;
    p50 * (sigma * normal_quantile(place)).exp()
}

/// The mean of all amounts: exp(mu + sigma²/2) of the log-normal distribution with these two quantiles.
pub fn mean(p50: f64, p95: f64) -> f64 {
    if p50 <= 0.0 || p95 <= p50 {
        return p50.max(0.0);
    }
    let sigma = (p95 / p50).ln() / Z95;
    p50 * (sigma * sigma / 2.0).exp()
}

/// The amount of unit `unit` of `units`, which `seed` and `part` shuffle: [`quantile`] at the middle of its stratum.
/// Parts are shuffled independently of each other. Takes time in proportion to `units`.
///
/// `unit` is below `units`.
pub fn draw(p50: f64, p95: f64, units: usize, unit: usize, seed: u64, part: usize) -> f64 {
    quantile(p50, p95, middle(rank(units, unit, seed, part), units))
}

/// The same for all units at once, in their order.
pub fn draws(p50: f64, p95: f64, units: usize, seed: u64, part: usize) -> Vec<f64> {
    ranks(units, seed, part).into_iter().map(|rank| quantile(p50, p95, middle(rank, units))).collect()
}

/// All amounts that are drawn, in ascending order. They do not depend on the shuffling, so they need no seed.
pub fn strata(p50: f64, p95: f64, units: usize) -> impl Iterator<Item = f64> {
    (0..units).map(move |rank| quantile(p50, p95, middle(rank, units)))
}

/// The middle of stratum `rank` of `units`.
fn middle(rank: usize, units: usize) -> f64 {
    (rank as f64 + 0.5) / units as f64
}

/// How many of `units` come before `unit` in the shuffled order of this part. Counted, so that a unit needs no list of
/// all the others. Takes time in proportion to `units`.
pub fn rank(units: usize, unit: usize, seed: u64, part: usize) -> usize {
    let key = |unit| (key(seed, part, unit), unit);
    let own = key(unit);
    (0..units).filter(|other| key(*other) < own).count()
}

/// The [`rank`] of every unit, in their order: a permutation of 0 to `units` - 1.
pub fn ranks(units: usize, seed: u64, part: usize) -> Vec<usize> {
    let mut order: Vec<_> = (0..units).collect();
    order.sort_by_cached_key(|unit| (key(seed, part, *unit), *unit));
    let mut ranks = vec![0; units];
    order.into_iter().enumerate().for_each(|(rank, unit)| ranks[unit] = rank);
    ranks
}

/// What units are sorted by.
fn key(seed: u64, part: usize, unit: usize) -> u64 {
    Noise::new(Noise::new(seed, part).number(), unit).number()
}

/// The inverse of the standard normal distribution's cumulative function, to about 1 part in 10^16: algorithm AS 241,
/// PPND16 (Wichura, "The percentage points of the normal distribution", Applied Statistics 37, 1988, 477-484).
fn normal_quantile(place: f64) -> f64 {
    let q = place - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(&MIDDLE, 0.180_625 - q * q);
    }
    let tail = if q < 0.0 { place } else { 1.0 - place };
    if tail == 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-tail.ln()).sqrt();
    let size = if r <= 5.0 { ratio(&TAIL, r - 1.6) } else { ratio(&FAR_TAIL, r - 5.0) };
    size.copysign(q)
}

/// A quotient of two polynomials, whose coefficients are listed from the highest power to the constant.
fn ratio(of: &[[f64; 8]; 2], r: f64) -> f64 {
    let [above, below] = of.map(|polynomial| polynomial.iter().fold(0.0, |sum, coefficient| sum * r + coefficient));
    above / below
}

/// a7 to a0 over b7 to b0, as the article calls them.
#[expect(clippy::excessive_precision, reason = "as they are printed")]
const MIDDLE: [[f64; 8]; 2] = [
    [
        2.509_080_928_730_122_672_7e3,
        3.343_057_558_358_812_810_5e4,
        6.726_577_092_700_870_085_3e4,
        4.592_195_393_154_987_145_7e4,
        1.373_169_376_550_946_112_5e4,
        1.971_590_950_306_551_442_7e3,
        1.331_416_678_917_843_774_5e2,
        3.387_132_872_796_366_608_0,
    ],
    [
        5.226_495_278_852_854_561_0e3,
        2.872_908_573_572_194_267_4e4,
        3.930_789_580_009_271_061_0e4,
        2.121_379_430_158_659_586_7e4,
        5.394_196_021_424_751_107_7e3,
        6.871_870_074_920_579_083_0e2,
        4.231_333_070_160_091_125_2e1,
        1.0,
    ],
];

/// c7 to c0 over d7 to d0.
#[expect(clippy::excessive_precision, reason = "as they are printed")]
const TAIL: [[f64; 8]; 2] = [
    [
        7.745_450_142_783_414_076_40e-4,
        2.272_384_498_926_918_458_33e-2,
        2.417_807_251_774_506_117_70e-1,
        1.270_458_252_452_368_382_58,
        3.647_848_324_763_204_605_04,
        5.769_497_221_460_691_405_50,
        4.630_337_846_156_545_295_90,
        1.423_437_110_749_683_577_34,
    ],
    [
        1.050_750_071_644_416_843_24e-9,
        5.475_938_084_995_344_946_00e-4,
        1.519_866_656_361_645_719_66e-2,
        1.481_039_764_274_800_745_90e-1,
        6.897_673_349_851_000_045_50e-1,
        1.676_384_830_183_803_849_40,
        2.053_191_626_637_758_821_87,
        1.0,
    ],
];

/// e7 to e0 over f7 to f0.
#[expect(clippy::excessive_precision, reason = "as they are printed")]
const FAR_TAIL: [[f64; 8]; 2] = [
    [
        2.010_334_399_292_288_132_65e-7,
        2.711_555_568_743_487_578_15e-5,
        1.242_660_947_388_078_438_60e-3,
        2.653_218_952_657_612_309_30e-2,
        2.965_605_718_285_048_912_30e-1,
        1.784_826_539_917_291_335_80,
        5.463_784_911_164_114_369_90,
        6.657_904_643_501_103_777_20,
    ],
    [
        2.044_263_103_389_939_785_64e-15,
        1.421_511_758_316_445_888_70e-7,
        1.846_318_317_510_054_681_80e-5,
        7.868_691_311_456_132_591_00e-4,
        1.487_536_129_085_061_485_25e-2,
        1.369_298_809_227_358_053_10e-1,
        5.998_322_065_558_879_376_90e-1,
        1.0,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Against what `statistics.NormalDist().inv_cdf` says in Python.
    #[test]
    fn the_normal_quantiles_are_those_of_tables() {
        let known = [
            (0.5, 0.0),
            (0.95, Z95),
            (0.975, 1.959_963_984_540_053_9),
            (0.1, -1.281_551_565_544_600_4),
            (1e-4, -3.719_016_485_455_680_6),
            (1e-12, -7.034_483_825_301_131),
        ];
        for (place, quantile) in known {
            assert!((normal_quantile(place) - quantile).abs() < 1e-13, "{place}: {}", normal_quantile(place));
        }
    }

    #[test]
    fn the_median_and_the_95th_percentile_are_those_asked_for() {
        for (p50, p95) in [(1.0, 1.0), (200.0, 300.0), (5_000.0, 100_000.0)] {
            for (place, expected) in [(0.5, p50), (0.95, p95)] {
                let found = quantile(p50, p95, place);
                assert!((found / expected - 1.0).abs() < 1e-12, "{p50}, {p95} at {place}: {found}");
            }
        }
    }

    #[test]
    fn none_stays_none_and_what_is_always_the_same_is() {
        assert_eq!([quantile(0.0, 0.0, 0.9), quantile(0.0, 7.0, 0.9)], [0.0, 0.0]);
        assert_eq!([quantile(7.0, 7.0, 0.9), quantile(7.0, 3.0, 0.1)], [7.0, 7.0]);
    }

    #[test]
    fn the_ends_are_none_and_without_end() {
        assert_eq!([quantile(1.0, 2.0, 0.0), quantile(1.0, 2.0, 1.0)], [0.0, f64::INFINITY]);
        assert!(quantile(1.0, 2.0, -0.1).is_nan() && quantile(1.0, 2.0, 1.1).is_nan());
    }

    #[test]
    fn quantiles_rise() {
        let all: Vec<_> = (1..10_000).map(|place| quantile(3.0, 40.0, f64::from(place) / 10_000.0)).collect();
        assert!(all.is_sorted_by(|a, b| a < b));
    }

    /// The mean of a log-normal distribution is the median times e^(sigma^2/2).
    #[test]
    fn few_have_nearly_the_mean_of_many() {
        let (p50, p95) = (100.0_f64, 300.0_f64);
        let sigma = (p95 / p50).ln() / Z95;
        let mean = p50 * (sigma * sigma / 2.0).exp();
        let off = |units: usize| {
            let all: Vec<_> = strata(p50, p95, units).collect();
            assert!((all.iter().sum::<f64>() / units as f64) < mean, "{units}: the tail is cut off, not added to");
            1.0 - all.iter().sum::<f64>() / units as f64 / mean
        };
        let offs = [10, 40, 200, 2_000].map(off);
        assert!(offs.is_sorted_by(|a, b| a > b), "{offs:?}");
        assert!(offs[0] < 0.04 && offs[1] < 0.01 && offs[3] < 0.001, "{offs:?}");
    }

    #[test]
    fn the_order_is_a_permutation_and_a_rank_is_its_place_there() {
        for (units, seed, part) in [(0, 1, 0), (1, 1, 0), (2, 0, 3), (40, 7, 1), (2_000, u64::MAX, 2)] {
            let ranks = ranks(units, seed, part);
            let mut sorted = ranks.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..units).collect::<Vec<_>>());
            assert!((0..units).all(|unit| rank(units, unit, seed, part) == ranks[unit]));
        }
    }

    #[test]
    fn parts_and_seeds_are_shuffled_independently() {
        let base = ranks(40, 1, 0);
        assert_ne!(base, (0..40).collect::<Vec<_>>());
        for (seed, part) in [(1, 1), (1, 2), (1, 3), (2, 0)] {
            let other = ranks(40, seed, part);
            let same = base.iter().zip(&other).filter(|(a, b)| a == b).count();
            assert!(same < 8, "seed {seed}, part {part}: {same} of 40 have the same place");
        }
    }

    #[test]
    fn one_by_one_all_at_once_and_sorted_are_the_same_amounts() {
        let all = draws(100.0, 250.0, 50, 9, 2);
        assert!((0..50).all(|unit| draw(100.0, 250.0, 50, unit, 9, 2) == all[unit]));
        let mut sorted = all;
        sorted.sort_by(f64::total_cmp);
        assert_eq!(sorted, strata(100.0, 250.0, 50).collect::<Vec<_>>());
    }
}
