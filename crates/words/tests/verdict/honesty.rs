//! What no run may bring about: a claim without the numbers for it, or a sentence that is not one.

use lab::report::Measured;
use proptest::prelude::*;
use strategies::Parallelism;

use super::made::*;
use super::*;

/// Punctuation that the page's texts do not use.
const LOUD: [char; 2] = ['!', '—'];

fn claims_a_gain(verdict: &Verdict) -> bool {
    verdict.findings.iter().any(|finding| finding.text.contains("times as fast") || finding.rule == "more-done")
}

#[test]
fn equal_distributions_are_hardly_ever_called_different() {
    let mut random = proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
    let mut noisy = || (0..7).map(|_| 75.0 + f64::from(random.next_u32() % 5_000) / 100.0).collect::<Vec<_>>();
    let mut claims = || {
        let (baseline, own) = (noisy(), noisy());
        let threads = measured("threads", 2, own, &baseline, 5.0);
        let blocking = measured("blocking", 1, baseline.clone(), &baseline, 100.0);
        claims_a_gain(&verdict("mandelbrot", &[blocking, threads], &machine()))
    };
    let claimed = (0..200).filter(|_| claims()).count();
    assert!(claimed == 0, "{claimed} of 200 pairs that differ by noise of 25 % only");
}

fn samples(middle: f64) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(middle * 0.9..middle * 1.1, 1..12)
}

fn any_run() -> impl Strategy<Value = Vec<Run>> {
    let makespans = prop::collection::vec((1.0f64..1e4).prop_flat_map(samples), 8);
    (makespans, 1usize..9, 0.0f64..300.0).prop_map(|(makespans, workers, freeze)| {
        let of = |(id, samples): (&str, &Vec<f64>)| {
            let workers = if id == "blocking" || id == "event-loop" { 1 } else { workers };
            measured(id, workers, samples.clone(), &makespans[0], freeze)
        };
        let ids =
            ["blocking", "event-loop", "threads", "gil", "async-pool", "offload", "offload-gil", "offload-processes"];
        ids.into_iter().zip(&makespans).map(of).collect()
    })
}

/// The run of this strategy.
fn of<'a>(runs: &'a [Run], strategy: &str) -> Measured<'a> {
    let run = runs.iter().find(|run| run.strategy == strategy).expect("it ran");
    run.measured().expect("it was measured")
}

fn workload() -> impl Strategy<Value = &'static str> {
    let every_nature = vec!["mandelbrot", "proxy", "hash-chain", "crawler", "activity", "grain", "stream", "counter"];
    prop::sample::select(every_nature)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_chain_of_steps_never_gains(run in any_run()) {
        prop_assert!(!claims_a_gain(&verdict("hash-chain", &run, &machine())));
    }

    #[test]
    fn no_gain_without_intervals_that_lie_apart(run in any_run(), workload in workload()) {
        let said = verdict(workload, &run, &machine());
        for finding in said.findings.iter().filter(|finding| finding.text.contains("times as fast")) {
            let own = of(&run, finding.about.as_ref().unwrap()).numbers;
            let (mine, base) = (own.ci95_ms.unwrap(), of(&run, "blocking").numbers.ci95_ms.unwrap());
            prop_assert!(mine[1] < base[0], "{}", finding.text);
            prop_assert!(own.speedup_ci95.unwrap()[0] > 1.1, "{}", finding.text);
        }
    }

    #[test]
    fn one_at_a_time_is_never_called_parallel(run in any_run(), workload in workload()) {
        for finding in verdict(workload, &run, &machine()).findings {
            if ["parallel-speed-up", "more-done", "waits-and-parallelism"].contains(&finding.rule.as_str()) {
                let own = of(&run, finding.about.as_ref().unwrap());
                let parallel = own.parallelism(&experiment(workload)) == Parallelism::Full;
                prop_assert!(parallel && own.run.workers > 1, "{}", finding.text);
                prop_assert!(workload != "hash-chain" && workload != "proxy", "{workload}: {}", finding.text);
            }
        }
    }

    #[test]
    fn every_sentence_is_one(run in any_run(), workload in workload()) {
        let said = verdict(workload, &run, &machine());
        for Finding { rule, text, .. } in said.findings.iter().chain(&said.caveats) {
            prop_assert!(text.starts_with(char::is_uppercase), "{text}");
            prop_assert!(text.ends_with('.') && !text.ends_with(".."), "{text}");
            prop_assert!(!text.contains(LOUD) && !text.contains("NaN"), "{text}");
            prop_assert!(rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{rule}");
        }
    }

    #[test]
    fn durations_have_a_unit_and_few_digits(milliseconds in 0.001f64..1e6) {
        let said = words::duration(milliseconds);
        prop_assert!(said.ends_with(" ms") || said.ends_with(" s"));
        prop_assert!(said.len() <= 8, "{said}");
    }
}
