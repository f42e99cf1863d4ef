//! What no run may bring about: a claim without the numbers for it, or a sentence that is none.

use proptest::prelude::*;

use super::*;

/// Marks that the page's words do without.
const LOUD: [char; 2] = ['!', '—'];

fn claims_a_gain(verdict: &Verdict) -> bool {
    verdict.findings.iter().any(|finding| finding.text.contains("sooner"))
}

#[test]
fn equal_distributions_are_hardly_ever_called_different() {
    let mut random = proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
    let mut noisy = || (0..7).map(|_| 75.0 + f64::from(random.next_u32() % 5_000) / 100.0).collect::<Vec<_>>();
    let mut claims = || {
        let (baseline, own) = (noisy(), noisy());
        let threads = measured("threads", 2, own, &baseline, 5.0);
        let blocking = measured("blocking", 1, baseline.clone(), &baseline, 100.0);
        let run = Results { measurements: vec![blocking, threads], ..Results::default() };
        claims_a_gain(&verdict("mandelbrot", &run, &conditions()))
    };
    let claimed = (0..200).filter(|_| claims()).count();
    assert!(claimed <= 2, "{claimed} of 200 pairs that differ by noise of 25 % only");
}

fn samples(middle: f64) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(middle * 0.9..middle * 1.1, 1..12)
}

fn any_run() -> impl Strategy<Value = Results> {
    let makespans = prop::collection::vec((1.0f64..1e4).prop_flat_map(samples), 4);
    (makespans, 1usize..9, 0.0f64..300.0).prop_map(|(makespans, workers, freeze)| {
        let of = |(id, samples): (&str, &Vec<f64>)| {
            let workers = if id == "threads" || id == "processes" { workers } else { 1 };
            measured(id, workers, samples.clone(), &makespans[0], freeze)
        };
        let measurements = ["blocking", "event-loop", "threads", "processes"].into_iter().zip(&makespans).map(of);
        Results { measurements: measurements.collect(), ..Results::default() }
    })
}

fn workload() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["mandelbrot", "proxy", "hash-chain"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_chain_of_steps_never_gains(run in any_run()) {
        prop_assert!(!claims_a_gain(&verdict("hash-chain", &run, &conditions())));
    }

    #[test]
    fn no_gain_without_intervals_that_lie_apart(run in any_run(), workload in workload()) {
        let said = verdict(workload, &run, &conditions());
        for finding in said.findings.iter().filter(|finding| finding.text.contains("sooner")) {
            let own = run.get(finding.strategy.as_ref().unwrap()).unwrap();
            let (mine, base) = (own.ci95_ms.unwrap(), run.baseline().unwrap().ci95_ms.unwrap());
            prop_assert!(mine[1] < base[0], "{}", finding.text);
            prop_assert!(own.speedup.unwrap().ci95.unwrap()[0] > 1.1, "{}", finding.text);
        }
    }

    #[test]
    fn every_sentence_is_one(run in any_run(), workload in workload()) {
        let said = verdict(workload, &run, &conditions());
        for Finding { id, text, .. } in said.findings.iter().chain(&said.caveats) {
            prop_assert!(text.starts_with(char::is_uppercase), "{text}");
            prop_assert!(text.ends_with('.') && !text.ends_with(".."), "{text}");
            prop_assert!(!text.contains(LOUD) && !text.contains("NaN"), "{text}");
            prop_assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{id}");
        }
    }

    #[test]
    fn durations_have_a_unit_and_few_digits(milliseconds in 0.001f64..1e6) {
        let said = wording::duration(milliseconds);
        prop_assert!(said.ends_with(" ms") || said.ends_with(" s"));
        prop_assert!(said.len() <= 8, "{said}");
    }
}
