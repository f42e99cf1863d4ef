//! What is measured by each cost, in words.

use strategies::costs::CostId;

use super::Message;
use super::decimal;
use super::message::messages;

messages! {
    THREAD_START = "Starting a thread, when a pool starts";
    POOL_START = "Starting the whole pool of threads";
    PROCESS_START = "Starting a process (a worker with a memory of its own)";
    MESSAGE_EMPTY = "A message to a process and back, empty";
    MESSAGE_COPIED = "A megabyte to a process and back, copied";
    MESSAGE_TRANSFERRED = "A megabyte to a process and back, given away";
    YIELD_PROMISE = "Giving way: a promise that is kept already";
    YIELD_MESSAGE = "Giving way: a message to oneself";
    YIELD_SCHEDULER = "Giving way: scheduler.yield";
    YIELD_TIMEOUT = "Giving way: a timer of 0 ms";
    HANDOVER = "Handing a lock from one thread to another";
    TASK = "A task through the pool of threads";
    MEMORY = "A megabyte to or from memory, while all threads move some";
}

/// What is measured.
pub fn what(id: CostId) -> Message {
    match id {
        CostId::ThreadStart => THREAD_START,
        CostId::PoolStart => POOL_START,
        CostId::ProcessStart => PROCESS_START,
        CostId::MessageEmpty => MESSAGE_EMPTY,
        CostId::MessageCopied => MESSAGE_COPIED,
        CostId::MessageTransferred => MESSAGE_TRANSFERRED,
        CostId::YieldPromise => YIELD_PROMISE,
        CostId::YieldMessage => YIELD_MESSAGE,
        CostId::YieldScheduler => YIELD_SCHEDULER,
        CostId::YieldTimeout => YIELD_TIMEOUT,
        CostId::Handover => HANDOVER,
        CostId::Task => TASK,
        CostId::Memory => MEMORY,
    }
}

/// Microseconds in the unit that suits them.
pub fn time(us: f64) -> String {
    match us {
        us if us >= 1000.0 => format!("{} ms", decimal(us / 1000.0, if us >= 10_000.0 { 1 } else { 2 })),
        us if us >= 1.0 => format!("{} µs", decimal(us, if us >= 10.0 { 0 } else { 1 })),
        us => format!("{} ns", decimal(us * 1000.0, 0)),
    }
}
