//! Both laws find the parameters that a sweep was made with, and their intervals mostly hold them.

use lab::measure::scaling::ParameterEstimate;
use proptest::prelude::*;

use crate::made::{Made, amdahl, usl};

/// Sweeps of these are common: every number up to a few cores, or powers of two.
const SWEEPS: [&[usize]; 4] = [&[1, 2, 3, 4], &[1, 2, 4, 8], &[1, 2, 3, 4, 5, 6, 7, 8], &[1, 2, 4, 8, 16, 32]];

fn made() -> impl Strategy<Value = Made> {
    (prop::sample::select(&SWEEPS[..]), 0.0f64..0.015, any::<u64>()).prop_map(|(workers, noise, seed)| Made {
        noise,
        seed,
        ..Made::new(workers)
    })
}

fn near(value: f64, truth: f64, by: f64) -> bool {
    (value - truth).abs() <= by
}

fn holds(estimate: ParameterEstimate, truth: f64) -> bool {
    let [low, high] = estimate.ci95;
    low <= truth && truth <= high
}

#[test]
fn without_noise_everything_is_exact() {
    for workers in SWEEPS {
        let exact = Made { noise: 0.0, ..Made::new(workers) };
        let curve = exact.curve(amdahl(0.1));
        let law = curve.amdahl.known().expect("nothing is clearer");
        assert!(near(law.serial.value, 0.1, 1e-9) && near(law.one, 1.0, 1e-9) && law.within_noise());
        assert!(near(law.limit().unwrap(), 10.0, 1e-6));
        for point in &curve.points {
            let share = 1.0 / point.workers as f64;
            assert!(near(law.predicted(point.workers as f64), point.speedup.value, 1e-6));
            assert!(near(point.speedup.value, 1.0 / (0.1 + 0.9 * share), 1e-9));
            assert!(near(point.efficiency, point.speedup.value * share, 1e-9));
        }

        let law = *exact.curve(usl(0.1, 0.02)).usl.known().expect("nothing is clearer");
        assert!(near(law.contention.value, 0.1, 1e-6) && near(law.coherence.value, 0.02, 1e-6), "{law:?}");
        assert!(near(law.optimum.unwrap().value, (0.9f64 / 0.02).sqrt(), 1e-3));
        assert!(near(law.predicted(3.0), 3.0 / (1.0 + 0.1 * 2.0 + 0.02 * 6.0), 1e-6));
    }
}

#[test]
fn without_coherence_the_laws_are_the_same() {
    let curve = Made { noise: 0.0, ..Made::new(&[1, 2, 4, 8]) }.curve(amdahl(0.3));
    let (amdahl, usl) = (curve.amdahl.known().unwrap(), curve.usl.known().unwrap());
    assert!(near(usl.contention.value, amdahl.serial.value, 1e-6));
    assert_eq!((usl.coherence.value, usl.optimum), (0.0, None));
}

#[test]
fn perfect_scaling_has_no_limit() {
    let curve = Made { noise: 0.0, ..Made::new(&[1, 2, 4, 8]) }.curve(amdahl(0.0));
    let law = curve.amdahl.known().unwrap();
    assert_eq!((law.serial.value, law.limit()), (0.0, None));
    assert!(near(law.predicted(100.0), 100.0, 1e-6));
}

#[test]
fn a_part_that_would_be_negative_is_none_and_the_others_make_up_for_it() {
    let workers = [1.0f64, 2.0, 4.0, 8.0];
    let times = |n: f64| n.powf(-1.03);
    let curve = Made { noise: 0.0, ..Made::new(&[1, 2, 4, 8]) }.curve(times);
    let law = curve.amdahl.known().unwrap();
    // Nearest to times t is b / n with b = sum(1 / (n t)) / sum(1 / (n t)^2).
    let sum = |power: i32| workers.iter().map(|n| (n * times(*n)).powi(-power)).sum::<f64>();
    assert!(law.serial.value == 0.0 && near(law.one, sum(2) / sum(1), 1e-9), "{law:?}");
    assert!(!law.within_noise());
}

#[test]
fn what_one_worker_costs_is_not_called_serial() {
    let curve = Made::new(&[1, 2, 4, 8]).curve(|n| 1.5 * amdahl(0.1)(n));
    let law = curve.amdahl.known().unwrap();
    assert!(near(law.serial.value, 0.1, 0.02) && near(law.one, 1.0 / 1.5, 0.02), "{law:?}");
    assert!(curve.points[1].karp_flatt.unwrap().fraction > 0.5, "it is in what blocking is compared with");
}

#[test]
fn points_beyond_the_claimed_cores_are_shown_but_not_fitted() {
    let made = Made { claimed_cores: 4, ..Made::new(&[1, 2, 3, 4, 8, 16]) };
    let curve = made.curve(|n| amdahl(0.05)(n.min(4.0)));
    assert_eq!(curve.points.len(), 6);
    assert!(holds(curve.amdahl.known().unwrap().serial, 0.05));
    let all = Made { claimed_cores: 16, ..made }.curve(|n| amdahl(0.05)(n.min(4.0)));
    assert!(!all.amdahl.known().is_some_and(|law| law.within_noise()), "{:?}", all.amdahl);
}

#[test]
fn intervals_mostly_hold_the_truth() {
    let curves: Vec<_> = (0..40)
        .map(|seed| Made { seed, noise: 0.02, ..Made::new(&[1, 2, 3, 4, 6, 8]) }.curve(usl(0.08, 0.01)))
        .collect();
    let laws: Vec<_> = curves.iter().filter_map(|curve| curve.usl.known()).collect();
    let counted = |test: &dyn Fn(usize) -> bool| (0..laws.len()).filter(|index| test(*index)).count();
    assert_eq!(laws.len(), 40);
    assert!(counted(&|index| holds(laws[index].contention, 0.08)) >= 34);
    assert!(counted(&|index| holds(laws[index].coherence, 0.01)) >= 34);
    let optimum = (0.92f64 / 0.01).sqrt();
    assert!(counted(&|index| laws[index].optimum.is_some_and(|found| holds(found, optimum))) >= 34);
    assert!(counted(&|index| laws[index].within_noise()) >= 34);
}

#[test]
fn an_optimum_is_rarely_seen_where_there_is_none() {
    let curves = (0..40).map(|seed| Made { seed, ..Made::new(&[1, 2, 4, 8]) }.curve(amdahl(0.1)));
    let seen = curves.filter(|curve| curve.usl.known().is_some_and(|law| law.optimum.is_some())).count();
    assert!(seen <= 4, "{seen} of 40");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn amdahl_finds_the_serial_part(made in made(), serial in 0.0f64..0.8) {
        let curve = made.curve(amdahl(serial));
        let law = curve.amdahl.known().expect("the noise is small");
        prop_assert!(near(law.serial.value, serial, 3.0 * made.noise + 1e-6), "{law:?}");
        prop_assert!(near(law.one, 1.0, 3.0 * made.noise + 1e-6), "{law:?}");
        prop_assert!(holds(law.serial, law.serial.value));
    }

    #[test]
    fn usl_finds_contention_and_coherence(made in made(), sigma in 0.0f64..0.3, kappa in 0.0f64..0.05) {
        let curve = made.curve(usl(sigma, kappa));
        let law = curve.usl.known().expect("the noise is small");
        prop_assert!(near(law.contention.value, sigma, 8.0 * made.noise + 1e-6), "{law:?}");
        prop_assert!(near(law.coherence.value, kappa, 2.0 * made.noise + 1e-6), "{law:?}");
        for parameter in [Some(law.contention), Some(law.coherence), law.optimum].into_iter().flatten() {
            prop_assert!(holds(parameter, parameter.value));
        }
    }

    #[test]
    fn karp_and_flatt_find_the_serial_part_everywhere(serial in 0.0f64..=1.0, workers in 2usize..1000) {
        let made = Made { noise: 0.0, ..Made::new(&[1, workers]) };
        let curve = made.curve(amdahl(serial));
        prop_assert_eq!(curve.points[0].karp_flatt, None);
        let found = curve.points[1].karp_flatt.unwrap();
        let [low, high] = found.ci95.unwrap();
        prop_assert!(near(found.fraction, serial, 1e-9) && low <= found.fraction && found.fraction <= high);
    }
}
