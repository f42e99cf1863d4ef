//! What the stories about random input share: random text and JSON, and checks that must pass afterwards.

use browsers::{Browser, Page};
use fastrand::Rng;
use lab::experiment::KEYS;
use serde_json::Value;

use crate::experiments::{STRATEGIES, runs_well};

/// The number of random inputs of each story.
pub const MANY: usize = 1000;

/// The key of a random setting: of an experiment, except `autorun`, of strategies, or of a workload.
pub fn key(random: &mut Rng) -> &'static str {
    let common = KEYS.into_iter().filter(|key| *key != "autorun");
    let workloads = workloads::ALL.iter().flat_map(|workload| workload.info().params);
    let own = strategies::params().iter().chain(workloads).map(|param| param.key);
    let keys: Vec<_> = common.chain(own).collect();
    pick(random, &keys)
}

/// A random item of `among`.
pub fn pick<T: Copy>(random: &mut Rng, among: &[T]) -> T {
    *random.choice(among).expect("there is something to pick")
}

/// Random characters, fewer than `most`: control characters, percent signs, anything in Unicode.
pub fn noise(random: &mut Rng, most: usize) -> String {
    let letter = |random: &mut Rng| match random.u8(0..4) {
        0 => pick(random, &['%', '&', '=', '+', '#', '?', ',', ';', '\u{0}', '"', '\'', '\\']),
        1 => random.char('\u{80}'..='\u{10FFFF}'),
        _ => random.char(' '..='~'),
    };
    (0..random.usize(0..most)).map(|_| letter(random)).collect()
}

/// Random JSON, nested at most `depth` levels deep.
pub fn junk(random: &mut Rng, depth: usize) -> Value {
    match random.u8(0..if depth == 0 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i64(..).into(),
        3 => (random.f64() * 1e300).into(),
        4 => "x".repeat(random.usize(0..300)).into(),
        5 => noise(random, 12).into(),
        6 => (0..random.usize(0..5)).map(|_| junk(random, depth - 1)).collect(),
        _ => Value::Object((0..random.usize(0..5)).map(|_| (noise(random, 6), junk(random, depth - 1))).collect()),
    }
}

/// Checks that nothing was thrown, that the browser logged no severe error, and that every strategy still runs.
pub async fn is_as_good_as_ever(browser: &Browser, page: &Page<'_>) {
    assert_eq!(page.errors().await, [""; 0]);
    assert_eq!(browser.complaints().await, [""; 0]);
    runs_well(page, &STRATEGIES).await;
}
