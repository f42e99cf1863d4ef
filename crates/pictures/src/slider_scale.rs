//! A slider's steps: every number up to a hundred, then every number of two significant figures. A range from 1 to
//! 100,000 has as many steps as a slider has pixels, and each of them is a number that people would choose.

use workloads::Param;

/// Numbers of one power of ten: 10 to 99.
const STEPS: u32 = 90;
/// From here on numbers have more than two figures.
const HUNDRED: u32 = 100;

/// The step of the greatest number on the scale that is not above `number`.
pub fn step(number: u32) -> u32 {
    let (mut figures, mut zeros) = (number, 0);
    while figures >= HUNDRED {
        figures /= 10;
        zeros += 1;
    }
    zeros * STEPS + figures
}

/// The number at a step.
pub fn number(step: u32) -> u32 {
    let zeros = step.saturating_sub(HUNDRED - STEPS) / STEPS;
    (step - zeros * STEPS).saturating_mul(10u32.saturating_pow(zeros))
}

/// The first and the last step of a parameter. Their numbers may lie beyond its range, and are then to be clamped to
/// it.
pub fn steps(param: &Param) -> [u32; 2] {
    let last = step(param.max);
    [step(param.min), if number(last) < param.max { last + 1 } else { last }]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_numbers_are_their_own_steps() {
        assert!((0..200).all(|at| at > 100 || number(at) == at && step(at) == at));
        assert_eq!([100, 101, 189, 190, 191].map(number), [100, 110, 990, 1_000, 1_100]);
    }

    #[test]
    fn a_range_begins_and_ends_at_a_step() {
        for workload in workloads::ALL {
            for param in workload.info().params.iter().filter(|param| param.words.is_empty()) {
                let [first, last] = steps(param).map(number);
                assert!(first <= param.min && param.max <= last, "{}: {first} to {last}", param.key);
                assert!(steps(param)[1] - steps(param)[0] <= 700, "{}: too many steps", param.key);
            }
        }
    }

    proptest! {
        #[test]
        fn a_step_is_found_again(at in 0u32..762) {
            prop_assert_eq!(step(number(at)), at);
        }

        #[test]
        fn a_step_is_near_its_number(wanted in 0u32..2_000_000_000) {
            let near = number(step(wanted));
            prop_assert!(near <= wanted && f64::from(wanted - near) <= f64::from(wanted) * 0.1);
        }
    }
}
