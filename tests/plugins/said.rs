//! Copied into the scratch tree beside the words' tests: the finding of an added rule is put into the words in the
//! rule's own file.

#[allow(dead_code)]
#[path = "verdict/made.rs"]
mod made;

use lab::experiment::{ClaimedCores, from_query};
use lab::report::Machine;
use lab::verdict::{Evidence, Verdict};
use strategies::Isolation;

#[test]
fn what_was_added_is_told() {
    let (experiment, _, problems) = from_query("workload=primes", ClaimedCores(2));
    assert_eq!(problems, []);
    let machine = Machine {
        claimed_cores: 2,
        isolation: Isolation::Headers.into(),
        timer_resolution_ms: 0.005,
        engine: "Made 1".into(),
        calibration_ms: None,
        hidden: false,
        out_of_view: false,
        on_battery: None,
        another_instance: Some(false),
    };
    let told = |blocking, threads| {
        let runs = made::runs(blocking, &[("threads", 2, threads)]);
        let evidence = Evidence { experiment: &experiment, runs: &runs, scaling: &[], machine: &machine };
        let found = Verdict::of(&evidence).findings.into_iter().filter(|finding| finding.rule == "within-a-frame");
        found.map(|finding| words::finding(&finding)).collect::<Vec<_>>()
    };
    assert_eq!(told(3.0, 1.5), ["Two threads took 1.5 ms, less than a frame of a fast screen."]);
    assert_eq!(told(30.0, 15.0), [""; 0]);
}
