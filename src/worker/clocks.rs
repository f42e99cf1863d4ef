//! The clocks of a pool's threads: set by their run worker's clock, which was set by the page's.
//!
//! Threads share this worker's memory, so all their clocks are read together, between two readings of this worker's.

use strategies::trace::{Clock, ClockReading, is_rough, offset};

use crate::link::{BROWSER_CLOCK, set_clock};

/// Sets the clocks of all threads when they start. One reading is enough if they agree: each wakes all threads, which
/// on a busy machine takes a millisecond or two.
pub(super) fn set_threads(step: f64) {
    let mut threads: Vec<Vec<ClockReading>> = look().into_iter().map(|exchange| vec![exchange]).collect();
    while threads.iter().any(|exchanges| is_rough(exchanges, step)) {
        threads.iter_mut().zip(look()).for_each(|(exchanges, exchange)| exchanges.push(exchange));
    }
    add(&threads.iter().map(|exchanges| offset(exchanges, step)).collect::<Vec<_>>());
}

/// How far the threads' clocks and this worker's have drifted apart at most, in milliseconds; 0 if they have not. If
/// they have, all are set again.
pub(super) fn compare_threads(step: f64) -> f64 {
    let threads = look();
    let apart = threads.iter().map(|exchange| exchange.apart(step)).fold(0.0, f64::max);
    if apart > 0.0 {
        add(&threads.iter().map(|exchange| exchange.offset(step)).collect::<Vec<_>>());
    }
    apart
}

/// One reading of each thread's clock.
fn look() -> Vec<ClockReading> {
    let sent = BROWSER_CLOCK.now();
    let theirs = strategies::on_every_thread(|_| BROWSER_CLOCK.now());
    let received = BROWSER_CLOCK.now();
    theirs.into_iter().map(|theirs| ClockReading { sent, theirs, received }).collect()
}

fn add(offsets: &[f64]) {
    if offsets.iter().any(|offset| *offset != 0.0) {
        strategies::on_every_thread(|at| set_clock(offsets[at]));
    }
}
