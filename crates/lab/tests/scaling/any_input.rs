//! Whatever the samples are: no panic, no NaN and no infinity, and every interval holds its value.

use lab::measure::scaling::{Curve, ParameterEstimate};
use proptest::prelude::*;

use crate::made::{Made, usl};

/// Numbers of workers, among them 0 and absurdly many.
fn workers() -> impl Strategy<Value = usize> {
    prop_oneof![8 => 1usize..40, 1 => Just(0), 1 => Just(usize::MAX), 1 => any::<usize>()]
}

/// Times from a nanosecond to thirty years, evenly over their orders of magnitude.
fn time() -> impl Strategy<Value = f64> {
    prop_oneof![(-6.0f64..12.0).prop_map(|order| 10f64.powf(order)), Just(1e-6), Just(1e12), 1.0f64..2.0]
}

/// Everything else that a float can be.
fn any_time() -> impl Strategy<Value = f64> {
    prop_oneof![20 => time(), 1 => any::<f64>(), 1 => Just(0.0), 1 => Just(f64::NAN), 1 => Just(f64::MIN_POSITIVE)]
}

fn sweep(time: impl Strategy<Value = f64>) -> impl Strategy<Value = Vec<(usize, Vec<f64>)>> {
    prop::collection::vec((workers(), prop::collection::vec(time, 0..6)), 0..8)
}

/// JSON has no NaN and no infinity: either would be read as missing.
fn is_sound(curve: &Curve) -> bool {
    let json = serde_json::to_string(curve).expect("plain data");
    let estimates =
        curve.usl.known().into_iter().flat_map(|law| [Some(law.contention), Some(law.coherence), law.optimum]);
    let estimates = estimates.flatten().chain(curve.amdahl.known().map(|law| law.serial));
    let holds =
        |value: f64, interval: Option<[f64; 2]>| interval.is_none_or(|[low, high]| low <= value && value <= high);
    serde_json::from_str::<Curve>(&json).is_ok()
        && estimates.into_iter().all(|ParameterEstimate { value, ci95 }| holds(value, Some(ci95)))
        && curve.points.iter().all(|point| {
            holds(point.median_ms, point.ci95_ms)
                && holds(point.speedup.value, point.speedup.ci95)
                && point.karp_flatt.is_none_or(|found| holds(found.fraction, found.ci95))
        })
        && curve.knee.ci95.is_none_or(|[low, high]| low <= curve.knee.workers && curve.knee.workers <= high)
        && curve.points.iter().any(|point| point.workers == curve.knee.best)
        && [0.0, 1.0, 2.5, 1e6, f64::NAN].iter().all(|workers| {
            let amdahl = curve.amdahl.known().is_none_or(|law| law.predicted(*workers).is_finite());
            amdahl && curve.usl.known().is_none_or(|law| law.predicted(*workers).is_finite())
        })
}

#[test]
fn without_points_or_baseline_there_is_no_curve() {
    let point = (1, vec![1.0, 2.0]);
    let of = |sweep: &[(usize, Vec<f64>)], baseline: &[f64]| Curve::of("threads", sweep, baseline, 4);
    assert_eq!(of(&[], &[1.0]), None);
    assert_eq!(of(&[(1, vec![])], &[1.0]), None);
    assert_eq!(of(&[(0, vec![1.0])], &[1.0]), None);
    for none in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-7, 1e13] {
        assert_eq!(of(&[(1, vec![1.0, none])], &[1.0]), None, "{none}");
        assert_eq!(of(std::slice::from_ref(&point), &[1.0, none]), None, "{none}");
    }
    assert_eq!(of(std::slice::from_ref(&point), &[]), None);
    assert_eq!(of(&[point, (2, vec![0.0])], &[1.0]).unwrap().points.len(), 1);
}

#[test]
fn a_curve_survives_json() {
    let curve = Made { noise: 0.0, ..Made::new(&[1, 2, 4, 8]) }.curve(usl(0.0, 0.0));
    let json = serde_json::to_value(&curve).unwrap();
    assert_eq!(serde_json::from_value::<Curve>(json.clone()).unwrap(), curve);
    assert_eq!(json["amdahl"]["known"]["serial"]["ci95"], serde_json::json!([0.0, 0.0]));
    assert_eq!(json["knee"]["claim"], "consistent");
    let json = serde_json::to_value(Made::new(&[1, 2]).curve(usl(0.0, 0.0))).unwrap();
    assert_eq!(json["usl"], serde_json::json!({"refused": {"too-few-counts": {"have": 2, "need": 4}}}));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_times_give_sound_numbers(
        sweep in sweep(time()),
        baseline in prop::collection::vec(time(), 1..6),
        claimed_cores in workers(),
    ) {
        let curve = Curve::of("threads", &sweep, &baseline, claimed_cores);
        prop_assert_eq!(curve.is_some(), sweep.iter().any(|(workers, samples)| *workers > 0 && !samples.is_empty()));
        prop_assert!(curve.is_none_or(|curve| is_sound(&curve)));
    }

    #[test]
    fn any_floats_give_sound_numbers_or_none(
        sweep in sweep(any_time()),
        baseline in prop::collection::vec(any_time(), 0..6),
    ) {
        prop_assert!(Curve::of("threads", &sweep, &baseline, 16).is_none_or(|curve| is_sound(&curve)));
    }

    #[test]
    fn the_order_of_the_points_does_not_matter(mut sweep in sweep(time())) {
        sweep.sort_by_key(|(workers, _)| *workers);
        sweep.dedup_by_key(|(workers, _)| *workers);
        let forth = Curve::of("threads", &sweep, &[1.0, 2.0], 16);
        sweep.reverse();
        prop_assert_eq!(Curve::of("threads", &sweep, &[1.0, 2.0], 16), forth);
    }
}
