//! The knee is where the gain ends, and it says whether there are as many cores as are claimed.

use lab::measure::scaling::{Claim, Knee};
use proptest::prelude::*;

use crate::made::{Made, amdahl, usl};

/// Perfect scaling up to `cores` cores, and nothing beyond.
fn cores(cores: f64) -> impl Fn(f64) -> f64 {
    move |workers| 1.0 / workers.min(cores)
}

#[test]
fn the_knee_is_compared_with_the_claim() {
    // workers, actual cores, claimed cores; the knee, and what it says of the claim
    let cases: [(&[usize], f64, usize, usize, Claim); 10] = [
        (&[1, 2, 4, 8], 4.0, 8, 4, Claim::Fewer),
        (&[1, 2, 4, 8], 4.0, 4, 4, Claim::Consistent),
        (&[1, 2, 4, 8], 8.0, 4, 8, Claim::More),
        (&[1, 2, 4, 8], 8.0, 8, 8, Claim::Consistent),
        (&[1, 2, 4, 8], 6.0, 6, 8, Claim::Consistent), // the gain ends between 4 and 8
        (&[1, 2, 4, 8], 4.0, 6, 4, Claim::Consistent), // nothing was measured from 5 to 6
        (&[1, 2, 4, 8], 8.0, 16, 8, Claim::Unknown),
        (&[1, 2, 4], 1.0, 16, 1, Claim::Fewer),
        (&[4], 4.0, 8, 4, Claim::Unknown),
        (&[4], 4.0, 4, 4, Claim::Consistent),
    ];
    for (workers, there, claimed_cores, knee, claim) in cases {
        let found = Made { claimed_cores, ..Made::new(workers) }.curve(cores(there)).knee;
        let open = Some(&knee) == workers.last();
        assert_eq!((found.workers, found.claim, found.open), (knee, claim, open), "{workers:?} {there} {found:?}");
        assert_eq!(found.ci95, Some([knee, knee]));
    }
}

#[test]
fn where_more_workers_harm_the_knee_comes_before_the_best() {
    let knee = Made { noise: 0.0, ..Made::new(&[1, 2, 3, 4, 5, 6, 7, 8, 16]) }.curve(usl(0.1, 0.03)).knee;
    assert_eq!(knee, Knee { workers: 4, ci95: Some([4, 4]), best: 5, open: false, claim: Claim::Fewer });
}

#[test]
fn noise_widens_the_interval_instead_of_moving_the_claim() {
    let made = |seed| Made { noise: 0.1, seed, ..Made::new(&[1, 2, 4, 8, 16]) };
    let knees: Vec<_> = (0..20).map(|seed| made(seed).curve(amdahl(0.2)).knee).collect();
    assert!(knees.iter().all(|knee| knee.claim == Claim::Consistent), "{knees:?}");
    assert!(knees.iter().any(|knee| knee.ci95.is_some_and(|[low, high]| low < high)));
}

#[test]
fn one_sample_gives_a_knee_without_an_interval() {
    let knee = Made { samples: 1, ..Made::new(&[1, 2, 4, 8]) }.curve(cores(4.0)).knee;
    assert_eq!(knee, Knee { workers: 4, ci95: None, best: knee.best, open: false, claim: Claim::Unknown });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn saturation_is_found(there in 1usize..9, claimed_cores in 1usize..10, seed in any::<u64>()) {
        let made = Made { claimed_cores, seed, ..Made::new(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) };
        let knee = made.curve(cores(there as f64)).knee;
        prop_assert_eq!((knee.workers, knee.open), (there, false));
        let claim = match claimed_cores {
            fewer if fewer < there => Claim::More,
            same if same == there => Claim::Consistent,
            _ => Claim::Fewer,
        };
        prop_assert_eq!(knee.claim, claim, "{:?}", knee);
    }
}
