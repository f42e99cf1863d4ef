//! How often chance is called a gain: next to never, whatever the noise; and how often a gain is then missed.
//!
//! A page is run by thousands of people. If even one in a hundred runs in which nothing differs, on one core for
//! example, claimed a parallel speed-up, many people would learn something false.

use lab::experiment::DEFAULT_SAMPLES;
use lab::measure::{NOTABLE, median};

use super::made::*;
use super::*;

/// SplitMix64.
struct Random(u64);

impl Random {
    /// 0 to 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as f64 / u64::MAX as f64
    }

    /// Nearly normal, with variance 1.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[(self.uniform() * choices.len() as f64) as usize % choices.len()]
    }
}

/// How long a sample takes, in milliseconds, that takes 100 ms on a quiet machine; `at` is when in the run it is taken,
/// 0 to 1.
type Noise = fn(&mut Random, f64) -> f64;

const QUIET: Noise = |random, _| 100.0 * (0.02 * random.normal()).exp();
const USUAL: Noise = |random, _| 100.0 * (0.05 * random.normal()).exp();
const NOISY: Noise = |random, _| 100.0 * (0.3 * random.normal()).exp();
const WILD: Noise = |random, _| 100.0 * (0.6 * random.normal()).exp();
/// Other programs interrupt one sample of seven.
const INTERRUPTED: Noise =
    |random, at| USUAL(random, at) * if random.uniform() < 0.15 { 1.5 + 2.0 * random.uniform() } else { 1.0 };
/// Pareto's distribution, with infinite variance.
const HEAVY: Noise = |random, _| 100.0 * random.uniform().max(1e-6).powf(-0.5);
/// The machine grows hot.
const DRIFTING: Noise = |random, at| USUAL(random, at) * (1.0 + 0.4 * at);
/// Power saving begins half-way.
const STEPPED: Noise = |random, at| USUAL(random, at) * if at > 0.5 { 1.6 } else { 1.0 };
/// Slow cores and fast ones.
const TWO_KINDS: Noise = |random, at| QUIET(random, at) * if random.uniform() < 0.5 { 1.35 } else { 1.0 };
/// A clock with a step of a tenth of the sample.
const COARSE: Noise = |random, at| (QUIET(random, at) / 10.0 + random.uniform()).floor() * 10.0;

const ALL: [Noise; 10] = [QUIET, USUAL, NOISY, WILD, INTERRUPTED, HEAVY, DRIFTING, STEPPED, TWO_KINDS, COARSE];

/// Samples as a run takes them, each `speedup` times as fast.
fn samples(random: &mut Random, noise: Noise, count: usize, speedup: f64) -> Vec<f64> {
    (0..count).map(|at| noise(random, at as f64 / count as f64) / speedup).collect()
}

const OTHERS: [&str; 5] = ["event-loop", "threads", "processes", "gil", "offload"];

/// Whether strategies with two workers were seen to compute with both at once.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    AtOnce,
    InTurns,
}

/// How many strategies are said to be sooner in a race in which all but blocking are `speedup` times as fast.
fn claims(random: &mut Random, noise: Noise, count: usize, speedup: f64, seen: Seen) -> usize {
    let baseline = samples(random, noise, count, 1.0);
    let middle = median(&baseline).unwrap();
    let others = OTHERS.map(|id| (id, samples(random, noise, count, speedup)));
    // An interval contains its median, so no other strategy can be called sooner, and the others need not be resampled.
    let ahead = others.into_iter().filter(|(_, own)| middle > NOTABLE * median(own).unwrap());
    let workers = |id| if id == "event-loop" { 1 } else { 2 };
    let mut run: Vec<_> = ahead.map(|(id, own)| measured(id, workers(id), own, &baseline, 8.0)).collect();
    if run.is_empty() {
        return 0;
    }
    if seen == Seen::InTurns {
        run.iter_mut().for_each(|own| had(own, 1.0, 0.0));
    }
    run.push(measured("blocking", 1, baseline.clone(), &baseline, 100.0));
    let said = verdict("mandelbrot", &run, &machine());
    let gain = |said: &&Finding| {
        ["parallel-speed-up", "larger-share", "sooner", "not-parallelism"].contains(&said.rule.as_str())
    };
    said.findings.iter().chain(&said.caveats).filter(gain).count()
}

#[test]
fn a_thousand_runs_without_a_difference_claim_none() {
    let mut random = Random(1);
    let mut claimed = 0;
    for _ in 0..1000 {
        let (noise, count) = (random.one_of(&ALL), random.one_of(&[2, 3, 5, 7, 9, 9, 15]));
        claimed += claims(&mut random, noise, count, 1.0, Seen::InTurns);
    }
    assert!(claimed <= 1, "{claimed} of 5000 comparisons");
}

#[test]
fn no_kind_of_noise_is_called_a_gain_with_the_usual_number_of_samples() {
    for (kind, noise) in ALL.into_iter().enumerate() {
        let mut random = Random(kind as u64);
        let claimed: usize = (0..200).map(|_| claims(&mut random, noise, DEFAULT_SAMPLES, 1.0, Seen::InTurns)).sum();
        assert!(claimed <= 1, "noise {kind}: {claimed} of 1000 comparisons");
    }
}

/// Work that finishes no sooner though several lanes compute at once is rare: the memory bandwidth must be used up, or
/// copying must cost as much as is gained. Next to nothing is claimed there, either, though samples only need to make a
/// gain likely.
#[test]
fn what_is_seen_to_compute_at_once_and_gains_nothing_is_hardly_ever_called_a_gain() {
    for (kind, noise) in ALL.into_iter().enumerate() {
        for count in [5, DEFAULT_SAMPLES] {
            let mut random = Random(kind as u64);
            let claimed: usize = (0..200).map(|_| claims(&mut random, noise, count, 1.0, Seen::AtOnce)).sum();
            assert!(claimed <= 5, "noise {kind}, {count} samples: {claimed} of 1000 comparisons");
        }
    }
}

#[test]
fn a_gain_is_seen_where_the_machine_is_not_too_noisy() {
    // noise, samples, speed-up, and how many of 100 comparisons must see it
    let cases: [(Noise, usize, f64, usize); 6] = [
        (QUIET, 3, 1.8, 90),
        (QUIET, 7, 1.3, 95),
        (USUAL, 7, 1.8, 95),
        (USUAL, 15, 1.3, 95),
        (DRIFTING, 7, 1.8, 60),
        (INTERRUPTED, 9, 1.9, 30),
    ];
    for (noise, count, speedup, expected) in cases {
        let mut random = Random(5);
        let seen: usize = (0..20).map(|_| claims(&mut random, noise, count, speedup, Seen::InTurns)).sum();
        assert!(seen >= expected, "{seen} of 100 with {count} samples and a speed-up of {speedup}");
    }
}

/// By time alone hardly any of these gains could be seen: half of the samples take a third more, or all from some
/// moment on.
#[test]
fn a_gain_that_is_seen_is_told_with_five_samples_on_an_unsteady_machine() {
    for (noise, expected) in [(TWO_KINDS, 40), (USUAL, 98), (STEPPED, 40)] {
        let told = |seen| -> usize {
            let mut random = Random(8);
            (0..20).map(|_| claims(&mut random, noise, 5, 1.85, seen)).sum()
        };
        let [alone, supported] = [Seen::InTurns, Seen::AtOnce].map(told);
        assert!(supported >= expected && supported >= alone, "{supported} of 100, {alone} of them by time alone");
    }
}

/// A program that wakes up for a moment is no reason to run everything again.
#[test]
fn one_interrupted_sample_hides_no_gain() {
    for interrupted in [true, false] {
        let mut random = Random(3);
        let mut take = |speedup, interrupted: bool| {
            let mut taken = samples(&mut random, QUIET, DEFAULT_SAMPLES, speedup);
            taken[4] *= if interrupted { 3.0 } else { 1.0 };
            taken
        };
        let (baseline, own) = (take(1.0, interrupted), take(1.8, !interrupted));
        let blocking = measured("blocking", 1, baseline.clone(), &baseline, 100.0);
        let threads = measured("threads", 2, own, &baseline, 8.0);
        let said = verdict("mandelbrot", &[blocking, threads], &machine()).findings;
        assert!(said.iter().any(|said| said.rule == "parallel-speed-up"), "{said:?}");
    }
}

#[test]
fn the_best_of_a_sweep_on_one_core_is_no_gain() {
    let mut random = Random(9);
    let mut ends = 0;
    for at in 0..60 {
        let mut take = || samples(&mut random, ALL[at % ALL.len()], 7, 1.0);
        let (baseline, points) = (take(), [1, 2, 3, 4].map(|workers| (workers, take())));
        let (runs, curves) = sweep("threads", &baseline, &points, 2);
        let said = judge("mandelbrot", &runs, &curves, &machine());
        assert!(!said.findings.iter().any(|said| said.text.contains("times as fast")), "{at}: {said:?}");
        let one = |text: &str| text.starts_with("One thread") && text.contains("enough for this work here");
        ends += usize::from(said.findings.iter().any(|said| one(&said.text)));
    }
    assert!(ends >= 6, "{ends} of 60: a quiet machine shows that one thread is enough");
}
