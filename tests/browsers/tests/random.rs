//! What the stories about random input share: random text and JSON, and what must hold after all of it.

use browsers::{Browser, Page};
use fastrand::Rng;
use lab::experiment::KEYS;
use serde_json::Value;

use crate::experiments::{STRATEGIES, runs_well};

/// How many random inputs each story has.
pub const MANY: usize = 1000;

/// A setting's key: an experiment's, but for `autorun`, or the strategies', or some workload's.
pub fn key(random: &mut Rng) -> &'static str {
    let common = KEYS.into_iter().filter(|key| *key != "autorun");
    let workloads = workloads::ALL.iter().flat_map(|workload| workload.info().params);
    let own = strategies::params().iter().chain(workloads).map(|param| param.key);
    let keys: Vec<_> = common.chain(own).collect();
    pick(random, &keys)
}

/// One of these.
pub fn pick<T: Copy>(random: &mut Rng, among: &[T]) -> T {
    *random.choice(among).expect("there is something to pick")
}

/// Any characters, fewer than `most`: controls, percent signs, whatever Unicode has.
pub fn noise(random: &mut Rng, most: usize) -> String {
    let letter = |random: &mut Rng| match random.u8(0..4) {
        0 => pick(random, &['%', '&', '=', '+', '#', '?', ',', ';', '\u{0}', '"', '\'', '\\']),
        1 => random.char('\u{80}'..='\u{10FFFF}'),
        _ => random.char(' '..='~'),
    };
    (0..random.usize(0..most)).map(|_| letter(random)).collect()
}

/// Any JSON, nested at most so deep.
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

/// Nothing was thrown, the browser has nothing to complain of, and every strategy still runs.
pub async fn is_as_good_as_ever(browser: &Browser, page: &Page<'_>) {
    assert_eq!(page.errors().await, [""; 0]);
    assert_eq!(browser.complaints().await, [""; 0]);
    runs_well(page, &STRATEGIES).await;
}
