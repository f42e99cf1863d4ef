//! What each cost measures, in words.

use strategies::costs::CostId;

use super::Message;
use super::decimal;
use super::message::messages;

messages! {
    COST_OPERATION = "A simple operation that needs the one before (about a cycle)";
    COST_CHASE_4_KIB = "A random cache line out of 4 KiB";
    COST_CHASE_16_KIB = "A random cache line out of 16 KiB";
    COST_CHASE_64_KIB = "A random cache line out of 64 KiB";
    COST_CHASE_256_KIB = "A random cache line out of 256 KiB";
    COST_CHASE_1_MIB = "A random cache line out of 1 MiB";
    COST_CHASE_4_MIB = "A random cache line out of 4 MiB";
    COST_CHASE_16_MIB = "A random cache line out of 16 MiB";
    COST_CHASE_64_MIB = "A random cache line out of 64 MiB";
    COST_CHASE_256_MIB = "A random cache line out of 256 MiB";
    COST_THREAD_START = "Starting a thread, when a pool starts";
    COST_POOL_START = "Starting the whole pool of threads";
    COST_PROCESS_START = "Starting a process (a worker with a memory of its own)";
    COST_MESSAGE_EMPTY = "A message to a process and back, empty";
    COST_MESSAGE_COPIED = "A megabyte to a process and back, copied";
    COST_MESSAGE_TRANSFERRED = "A megabyte to a process and back, transferred";
    COST_YIELD_PROMISE = "Giving way: a promise that is already resolved";
    COST_YIELD_MESSAGE = "Giving way: a message to oneself";
    COST_YIELD_SCHEDULER = "Giving way: scheduler.yield";
    COST_YIELD_TIMEOUT = "Giving way: a timer of 0 ms";
    COST_HANDOVER = "Handing a lock from one thread to another";
    COST_TASK = "A task through the pool of threads";
    COST_MEMORY = "A megabyte to or from memory, while all threads move some";
    COST_FETCH_NETWORK = "A small file from the page’s own host, past the browser’s cache";
    COST_FETCH_CACHE = "The same file from the browser’s cache";
}

/// What this cost measures.
pub fn what(id: CostId) -> Message {
    match id {
        CostId::Operation => COST_OPERATION,
        CostId::Chase4KiB => COST_CHASE_4_KIB,
        CostId::Chase16KiB => COST_CHASE_16_KIB,
        CostId::Chase64KiB => COST_CHASE_64_KIB,
        CostId::Chase256KiB => COST_CHASE_256_KIB,
        CostId::Chase1MiB => COST_CHASE_1_MIB,
        CostId::Chase4MiB => COST_CHASE_4_MIB,
        CostId::Chase16MiB => COST_CHASE_16_MIB,
        CostId::Chase64MiB => COST_CHASE_64_MIB,
        CostId::Chase256MiB => COST_CHASE_256_MIB,
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
        CostId::FetchNetwork => COST_FETCH_NETWORK,
        CostId::FetchCache => COST_FETCH_CACHE,
    }
}

/// Microseconds in the unit that suits them.
pub fn time(us: f64) -> String {
    match us {
        us if us >= 1000.0 => format!("{} ms", decimal(us / 1000.0, if us >= 10_000.0 { 1 } else { 2 })),
        us if us >= 1.0 => format!("{} µs", decimal(us, if us >= 10.0 { 0 } else { 1 })),
        us => format!("{} ns", decimal(us * 1000.0, if us >= 0.0995 { 0 } else { 2 })),
    }
}
