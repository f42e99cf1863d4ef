//! What runs in workers: a run worker with its threads or processes, and a process.

mod clocks;
mod front;
mod owner;
mod process;
mod process_pool;
mod relay;
mod role;
mod run_worker;
mod traps;
