//! Cancelling ends every strategy soon, wherever it is at that moment, and never leaves anything waiting.

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use strategies::Failure;

use testkit::made::{Act, Act::*, Made};
use testkit::{Setup, variants};

/// No strategy may go on for longer. Steps and waits below take a millisecond, so most of it is for a busy machine.
const SOON: Duration = Duration::from_secs(5);

/// Half a second of work and waiting for four workers.
fn long() -> Vec<Vec<Vec<Act>>> {
    let task = || [Spin(300), Wait(1), Spin(300)].into_iter().cycle().take(60).chain([Spin(1)]).collect();
    vec![(0..20).map(|_| task()).collect(), vec![vec![Spin(300)]; 20]]
}

#[test]
fn after_any_step() {
    for (id, strategy_params) in variants() {
        for after in [0, 1, 7, 100] {
            let made = Made::cancelling(after, long());
            let began = Instant::now();
            let setup =
                Setup { strategy_params: strategy_params.clone(), cancel: made.cancel(), ..Setup::new(made.job()) };
            let outcome = setup.perform(id).outcome;
            assert_eq!(outcome, Err(Failure::Cancelled), "{id} after {after} steps");
            assert!(began.elapsed() < SOON, "{id} after {after} steps");
            assert!(after > 0 || made.did().is_empty(), "{id}: began though it was cancelled");
        }
    }
}

/// Cancels from another thread, as the page does.
#[test]
fn at_any_time() {
    let variants = variants();
    let mut noise = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..50 {
        noise ^= noise << 13;
        noise ^= noise >> 7;
        noise ^= noise << 17;
        let (id, strategy_params) = &variants[round % variants.len()];
        let cancel: &AtomicU32 = Box::leak(Box::new(AtomicU32::new(0)));
        let made = Made::phases(long());
        let setup = Setup { strategy_params: strategy_params.clone(), cancel, ..Setup::new(made.job()) };
        let after = Duration::from_micros(noise % 60_000);
        let flag = thread::spawn(move || {
            thread::sleep(after);
            cancel.store(1, SeqCst);
            Instant::now()
        });
        let outcome = setup.perform(id).outcome;
        let cancelled = flag.join().expect("it only sleeps");
        // on a fast machine the work may be over before
        assert!(
            outcome.as_ref().is_err_and(|failure| *failure == Failure::Cancelled) || outcome.is_ok(),
            "{outcome:?}"
        );
        assert!(cancelled.elapsed() < SOON, "{id}, round {round}");
    }
}
