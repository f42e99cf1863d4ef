//! If the samples do not determine a law, the reason is given as data; `words` makes a clause of it.

use lab::measure::scaling::{CannotTell, Curve, FARTHEST, LawParameter};

use crate::made::{Made, amdahl, usl};

/// Why Amdahl's and Gunther's laws cannot be determined.
fn refused(curve: &Curve) -> [Option<CannotTell>; 2] {
    [curve.amdahl.refused(), curve.usl.refused()]
}

#[test]
fn a_law_takes_one_number_of_workers_more_than_it_has_parameters() {
    let few = |have, need| Some(CannotTell::TooFewCounts { have, need });
    let cases: [(&[usize], usize, _); 5] = [
        (&[1], 8, [few(1, 3), few(1, 4)]),
        (&[1, 2], 8, [few(2, 3), few(2, 4)]),
        (&[1, 2, 4], 8, [None, few(3, 4)]),
        (&[1, 2, 4, 8], 2, [few(2, 3), few(2, 4)]),
        (&[2, 3, 4, 8], 0, [few(0, 3), few(0, 4)]),
    ];
    for (workers, claimed_cores, expected) in cases {
        let curve = Made { claimed_cores, ..Made::new(workers) }.curve(amdahl(0.1));
        assert_eq!(refused(&curve), expected, "{workers:?} on {claimed_cores}");
    }
}

#[test]
fn the_same_number_twice_is_one() {
    let curve = Made { claimed_cores: 2, ..Made::new(&[1, 2, 1, 2]) }.curve(amdahl(0.1));
    assert_eq!(curve.points.iter().map(|point| point.samples_ms.len()).collect::<Vec<_>>(), [10, 10]);
    assert_eq!(curve.amdahl.refused(), Some(CannotTell::TooFewCounts { have: 2, need: 3 }));
}

#[test]
fn one_sample_shows_no_noise() {
    let curve = Made { samples: 1, ..Made::new(&[1, 2, 4, 8]) }.curve(amdahl(0.1));
    assert_eq!(refused(&curve), [Some(CannotTell::OneSample); 2]);
    assert!(curve.points.iter().all(|point| point.ci95_ms.is_none() && point.speedup.ci95.is_none()));
}

#[test]
fn flat_times_follow_no_law() {
    for noise in [0.0, 0.01, 0.03, 0.3] {
        let flat = |seed| Made { seed, noise, ..Made::new(&[1, 2, 4, 8]) }.curve(|_| 1.0);
        let refused = (0..10).filter(|seed| refused(&flat(*seed)) == [Some(CannotTell::Flat); 2]).count();
        assert!(refused >= 8, "{refused} of 10 with a noise of {noise}");
    }
    let drift = Made { noise: 0.0, ..Made::new(&[1, 2, 4, 8]) }.curve(|n| 1.0 - 0.005 * n);
    assert_eq!(refused(&drift), [Some(CannotTell::Flat); 2]);
}

#[test]
fn a_wide_interval_says_nothing() {
    type Case = (&'static [usize], f64, f64, f64, usize, LawParameter);
    // workers, noise, sigma, kappa; which law is refused, for which parameter
    let cases: [Case; 3] = [
        (&[1, 2, 3, 4], 0.2, 0.3, 0.0, 0, LawParameter::Serial),
        (&[1, 2, 3, 4], 0.15, 0.3, 0.0, 1, LawParameter::Contention),
        (&[1, 2, 4, 8, 16], 0.1, 0.0, 0.1, 1, LawParameter::Coherence),
    ];
    for (workers, noise, sigma, kappa, law, expected) in cases {
        let curve = |seed| Made { seed, noise, ..Made::new(workers) }.curve(usl(sigma, kappa));
        let wide = |why| matches!(why, Some(CannotTell::TooWide { part, .. }) if part == expected);
        let wide = (0..20).filter(|seed| wide(refused(&curve(*seed))[law])).count();
        assert!(wide >= 8, "{wide} of 20 for {expected:?}");
    }
}

#[test]
fn noise_alone_refutes_no_law() {
    let curve = |seed| Made { seed, noise: 0.15, ..Made::new(&[1, 2, 4, 8]) }.curve(amdahl(0.05));
    let laws: Vec<_> = (0..20).filter_map(|seed| curve(seed).amdahl.known().copied()).collect();
    let far = laws.iter().filter(|law| law.residual > FARTHEST && law.within_noise()).count();
    assert!(laws.len() >= 18 && far >= 10, "{} known, {far} of them far off", laws.len());
}

#[test]
fn a_law_that_does_not_describe_the_times_is_refused() {
    let retrograde = Made::new(&[1, 2, 4, 8]).curve(usl(0.1, 0.1));
    assert!(matches!(retrograde.amdahl.refused(), Some(CannotTell::PoorFit { residual, noise })
        if residual > FARTHEST && residual > noise));
    assert!(retrograde.usl.known().is_some());
    let zigzag = Made::new(&[1, 2, 3, 4, 5, 6]).curve(|n| if n % 2.0 == 0.0 { 1.0 } else { 2.0 });
    assert!(refused(&zigzag).iter().all(|why| matches!(why, Some(CannotTell::PoorFit { .. }))), "{zigzag:?}");
    let beyond_linear = Made::new(&[1, 2, 4, 8]).curve(|n| 1.0 / (n * n));
    assert!(refused(&beyond_linear).iter().all(|why| matches!(why, Some(CannotTell::PoorFit { .. }))));
}
