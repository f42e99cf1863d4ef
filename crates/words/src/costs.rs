//! What is measured by each cost, in words.

use strategies::costs::CostId;

use super::Message;
use super::decimal;
use super::message::messages;

messages! {
    COST_THREAD_START = "Starting a thread, when a pool starts";
    COST_POOL_START = "Starting the whole pool of threads";
    COST_PROCESS_START = "Starting a process (a worker with a memory of its own)";
    COST_MESSAGE_EMPTY = "A message to a process and back, empty";
    COST_MESSAGE_COPIED = "A megabyte to a process and back, copied";
    COST_MESSAGE_TRANSFERRED = "A megabyte to a process and back, given away";
    COST_YIELD_PROMISE = "Giving way: a promise that is kept already";
    COST_YIELD_MESSAGE = "Giving way: a message to oneself";
    COST_YIELD_SCHEDULER = "Giving way: scheduler.yield";
    COST_YIELD_TIMEOUT = "Giving way: a timer of 0 ms";
    COST_HANDOVER = "Handing a lock from one thread to another";
    COST_TASK = "A task through the pool of threads";
    COST_MEMORY = "A megabyte to or from memory, while all threads move some";
}

/// What is measured.
pub fn what(id: CostId) -> Message {
    match id {
        CostId::ThreadStart => COST_THREAD_START,
        CostId::PoolStart => COST_POOL_START,
        CostId::ProcessStart => COST_PROCESS_START,
        CostId::MessageEmpty => COST_MESSAGE_EMPTY,
        CostId::MessageCopied => COST_MESSAGE_COPIED,
        CostId::MessageTransferred => COST_MESSAGE_TRANSFERRED,
        CostId::YieldPromise => COST_YIELD_PROMISE,
        CostId::YieldMessage => COST_YIELD_MESSAGE,
        CostId::YieldScheduler => COST_YIELD_SCHEDULER,
        CostId::YieldTimeout => COST_YIELD_TIMEOUT,
        CostId::Handover => COST_HANDOVER,
        CostId::Task => COST_TASK,
        CostId::Memory => COST_MEMORY,
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
